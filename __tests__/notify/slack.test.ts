import { expect, test } from '@jest/globals'
import { NOTICE_KINDS } from '../../src/core/notify/notifier.js'
import { openHttp } from '../../src/network/http.js'
import { openSlack } from '../../src/notify/slack.js'
import { slackBody } from '../../src/notify/slack-blocks.js'
import { pair } from '../network/certificates.js'
import { serveTls } from '../network/local-server.js'
import { message } from './messages.js'
import { openReceiver } from './receivers.js'

const never = new AbortController().signal
const tell = (url: string) => openSlack({ http: openHttp(), url }).tell(message(), never)

type Text = Readonly<{ type: string; text: string }>
const textsIn = (value: unknown): readonly Text[] => {
  if (typeof value !== 'object' || value === null) return []
  if ('text' in value && typeof value.text === 'string' && 'type' in value) return [value as Text]
  return Object.values(value).flatMap(textsIn)
}

test('what others wrote calls nobody and is no markup', () => {
  const { text, blocks } = slackBody(message())
  expect(text).toContain('&lt;!channel&gt; &amp; @everyone')
  const texts = textsIn(blocks)
  expect(texts.filter(({ type }) => type === 'mrkdwn').map(({ text: shown }) => shown)).toEqual([
    '<https://github.example/octo/shop/actions/runs/77?a=1&amp;b=2|run>'
  ])
  for (const { text: shown } of texts) expect(shown).not.toMatch(/<!|<@|<b>/)
})

test('a link that would break out of its place does not', () => {
  const links = [
    { label: 'a|b>c', url: 'https://a.example/x|<!channel>' },
    { label: 'no link', url: 'javascript:alert(1)' }
  ]
  const shown = textsIn(slackBody(message({ links })).blocks).filter(({ type }) => type === 'mrkdwn')
  expect(shown.map(({ text }) => text)).toEqual(['<https://a.example/x%7C%3C!channel%3E|a b&gt;c>'])
})

test.each(NOTICE_KINDS)('%s stays within Slack’s limits, however long the words are', kind => {
  const long = '<&é'.repeat(3_000)
  const more = { headline: long, why: long, who: long, release: long, next: Array.from({ length: 80 }, () => long) }
  const { text, blocks } = slackBody(message({ kind, ...more, rollbackCommand: long }))
  expect(text.length).toBeLessThanOrEqual(3000)
  expect(blocks.length).toBeLessThanOrEqual(50)
  const limits = { header: 150, section: 3000, context: 3000 } as const
  for (const block of blocks) {
    if ('fields' in block) {
      expect(block.fields.length).toBeLessThanOrEqual(10)
      for (const field of block.fields) expect(field.text.length).toBeLessThanOrEqual(2000)
    } else
      for (const shown of textsIn(block)) {
        expect(shown.text.length).toBeLessThanOrEqual(limits[block.type as keyof typeof limits])
        // No entity is cut in two.
        expect(shown.text).not.toMatch(/&(?!amp;|lt;|gt;)/)
      }
  }
})

test.each([
  ['no_service', 404, /disabled or removed/],
  ['channel_is_archived', 410, /archived/],
  ['whatever', 403, /not valid any more/]
])('%s is said with what to do in Slack', async (body, status, hint) => {
  const receiver = await openReceiver(() => ({ status, body }))
  await expect(tell(receiver.url)).rejects.toMatchObject({ hint: expect.stringMatching(hint) })
  expect(receiver.got).toHaveLength(1)
})

test('told to come back later, it tries once more; of what it may have it is told once', async () => {
  const busy = await openReceiver(nth => ({ status: nth === 1 ? 429 : 200 }))
  await tell(busy.url)
  expect(busy.got).toHaveLength(2)
  for (const conduct of ['cut', { status: 500 }] as const) {
    const receiver = await openReceiver(() => conduct)
    await expect(tell(receiver.url)).rejects.toMatchObject({ reason: 'service_unavailable' })
    expect(receiver.got).toHaveLength(1)
  }
})

test('a certificate that proves nothing is no receiver', async () => {
  const server = await serveTls((_, response) => response.end('ok'), pair('self-signed'))
  await expect(tell(`${server.url}/T0/secret`)).rejects.toMatchObject({
    message: expect.stringMatching(/^the certificate of 127\.0\.0\.1:\d+ is self-signed$/),
    hint: expect.stringMatching(/NODE_EXTRA_CA_CERTS/)
  })
  await server.close()
})

test.each([
  ['not an address', /is no web address/],
  ['http://hooks.example.com/T0/secret', /not encrypted/],
  ['file:///etc/passwd', /not encrypted/]
])('%s is refused without being said', async (url, problem) => {
  await expect(tell(url)).rejects.toThrow(problem)
  await expect(tell(url)).rejects.not.toThrow(/secret|passwd/)
})
