import { expect, test } from '@jest/globals'
import { tell } from '../../src/app/notify-tell.js'
import type { Destination } from '../../src/core/notify/notifier.js'
import { createRedactor } from '../../src/core/redact/redact.js'
import { openHttp } from '../../src/network/http.js'
import { message } from '../notify/messages.js'
import { openReceiver } from '../notify/receivers.js'

const SECRET = 'of the house'

function telling(values: Record<string, string> = {}) {
  const redactor = createRedactor([SECRET])
  const masked: string[] = []
  const mask = (value: string) => {
    redactor.add(value)
    masked.push(value)
  }
  return { http: openHttp(), values, redactor, mask, masked, over: new AbortController().signal }
}
const slack: Destination = { kind: 'slack', url: '${HOOK}' }
const loud = message({ headline: `it said ${SECRET}`, why: encodeURIComponent(SECRET), next: [SECRET] })

test('nothing secret is told, whatever a message was made of', async () => {
  const hook = await openReceiver()
  const with_ = telling({ HOOK: `${hook.url}/services/T0/B0/key` })
  expect(await tell(slack, async () => loud, with_)).toBeUndefined()
  expect(hook.got[0]?.body).toContain('it said ***')
  expect(hook.got[0]?.body).not.toMatch(/of the house|of%20the%20house/)
  expect(with_.masked).toEqual([`${hook.url}/services/T0/B0/key`, '/services/T0/B0/key'])
})

test('what is wrong is an answer without anything secret, never a fault', async () => {
  const with_ = telling({ HOOK: 'not an address of the house' })
  expect(await tell(slack, async () => loud, with_)).toMatchObject({
    to: 'slack',
    problem: 'the address for slack is no web address'
  })
  const broken = async () => {
    throw new Error(`a bug in ${SECRET}`)
  }
  expect(await tell(slack, broken, with_)).toMatchObject({
    problem: 'a bug in ***',
    hint: expect.stringMatching(/fault/)
  })
})

test('what has nothing to say is not sent', async () => {
  const hook = await openReceiver()
  expect(await tell(slack, async () => undefined, telling({ HOOK: hook.url }))).toBeUndefined()
  expect(hook.got).toEqual([])
})

test('a process that has to end waits for nobody', async () => {
  const hook = await openReceiver(() => 'hang')
  const over = new AbortController()
  setTimeout(() => over.abort(), 100)
  const began = performance.now()
  const untold = await tell(slack, async () => loud, { ...telling({ HOOK: hook.url }), over: over.signal })
  expect(untold?.problem).toMatch(/^127\.0\.0\.1:\d+ did not take the message for slack in time$/)
  expect(performance.now() - began).toBeLessThan(2_000)
})
