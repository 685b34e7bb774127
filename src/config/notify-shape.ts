import { z } from 'zod'
import { namesIn } from '../core/interpolate.js'
import { NOTICE_KINDS } from '../core/notify/notifier.js'
import { label, openText, positiveDuration, text } from './values.js'

const on = z
  .array(z.enum(NOTICE_KINDS), `expected a list of ${NOTICE_KINDS.join(', ')}`)
  .min(1, `expected at least one of ${NOTICE_KINDS.join(', ')}`)
  .optional()
  .describe('What they are told of. Default: all but start.')

const common = {
  on,
  after: positiveDuration()
    .optional()
    .describe('So long nobody may have reacted to what waits for a person, before an escalation. Default: 30m.'),
  environments: z
    .array(label('the name of an environment'))
    .min(1, 'expected at least one environment')
    .optional()
    .describe('Only deployments to these are told. Default: all.')
}

/** A value that is a secret as a whole, so that only its name may stand here; what stands there instead is not repeated. */
const byName = (what: string, example: string) =>
  z
    .string(`expected the name of ${what} such as ${example}`)
    .refine(
      value => namesIn(value).length > 0,
      `expected the name of ${what} such as ${example}, found a value; it is a secret and belongs in the environment`
    )

const LOOPBACK = /^http:\/\/(?:127(?:\.\d+){3}|localhost|\[::1\])(?::\d+)?(?:[/?#]|$)/
const PASSWORD = /^[a-z][\w+.-]*:\/\/[^/?#@]*:[^/?#@$]*@/i

const address = openText('an https address')
  .refine(
    value => /^https:\/\/\S+$/.test(value) || LOOPBACK.test(value) || value.startsWith('${'),
    'expected an https address, or its name such as ${HOOK_URL}'
  )
  .refine(
    value => !PASSWORD.test(value),
    'expected an address by name such as ${HOOK_URL}, found one with a password in it'
  )

const mailbox = () =>
  text('a mail address').regex(/^[^\s<>"]+@[^\s<>"]+$|\$\{/, 'expected a mail address such as ops@example.com')

export const notifyShape = z
  .union([
    z.strictObject({
      slack: byName('an incoming webhook', '${SLACK_WEBHOOK_URL}').describe(
        'An incoming webhook of Slack, by the name of its secret.'
      ),
      ...common
    }),
    z.strictObject({
      webhook: address.describe('An address that takes JSON by POST: docs/notifications.md has its form.'),
      secret: byName('a secret', '${HOOK_SECRET}')
        .optional()
        .describe('Signs the body: HMAC-SHA256 in a header, so that the receiver knows who sent it.'),
      ...common
    }),
    z.strictObject({
      email: z
        .union([mailbox(), z.array(mailbox()).min(1, 'expected at least one mail address')])
        .describe('Who gets a mail.'),
      from: mailbox().describe('Who it is from.'),
      server: byName('the address of a mail server', '${SMTP_URL}').describe(
        'smtps://USER:PASSWORD@HOST or smtp://… with STARTTLS, by the name of its secret.'
      ),
      ...common
    }),
    z.strictObject({
      'issue-comment': z
        .int('expected the number of an issue')
        .positive('expected the number of an issue')
        .describe('An issue or pull request of this repository; each message is a comment. Needs issues: write.'),
      ...common
    })
  ])
  .superRefine(({ on: kinds, after }, context) => {
    if (kinds !== undefined && new Set(kinds).size < kinds.length)
      context.addIssue({ code: 'custom', path: ['on'], message: 'expected each once, found one again' })
    if (after === undefined || kinds === undefined || kinds.includes('escalation')) return
    const message = 'expected escalation in `on` beside it, found after alone: nobody would be told'
    context.addIssue({ code: 'custom', path: ['after'], message })
  })

export type NotifyShape = z.infer<typeof notifyShape>
