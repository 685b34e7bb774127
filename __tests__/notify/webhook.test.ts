import { createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { openHttp } from '../../src/network/http.js'
import { openWebhook } from '../../src/notify/webhook.js'
import { message } from './messages.js'
import { bodiesOf, openReceiver } from './receivers.js'

const never = new AbortController().signal
const hook = (url: string, secret?: string) => openWebhook({ http: openHttp(), url, secret })

test('it is signed over exactly what is sent', async () => {
  const receiver = await openReceiver()
  await hook(receiver.url, 'of the hook é').tell(message(), never)
  const [{ headers, body, method } = { headers: {}, body: '', method: '' }] = receiver.got
  const expected = createHmac('sha256', 'of the hook é').update(Buffer.from(body, 'utf8')).digest('hex')
  expect(method).toBe('POST')
  expect(headers).toMatchObject({
    'x-deploy-checklist-signature-256': `sha256=${expected}`,
    'x-deploy-checklist-event': 'failure',
    'x-deploy-checklist-delivery': message().key,
    'content-type': 'application/json; charset=utf-8'
  })
})

test('without a secret it is not signed', async () => {
  const receiver = await openReceiver()
  await hook(receiver.url).tell(message(), never)
  expect(receiver.got[0]?.headers).not.toHaveProperty('x-deploy-checklist-signature-256')
})

test('what is sent is what docs/notifications.md says', async () => {
  const receiver = await openReceiver()
  await hook(receiver.url).tell(message(), never)
  const [body = {}] = bodiesOf(receiver)
  const { key: id, ...rest } = message()
  expect(body).toEqual({ id, ...rest })
  const documented = readFileSync('docs/notifications.md', 'utf8')
  expect(Object.keys(body).filter(name => !documented.includes(`\`${name}\``))).toEqual([])
})

test('an answer that was lost is asked for again, with the same id', async () => {
  const receiver = await openReceiver(nth => (nth === 1 ? 'cut' : { status: 204 }))
  await hook(receiver.url).tell(message(), never)
  expect(receiver.got.map(({ headers }) => headers['x-deploy-checklist-delivery'])).toEqual([
    message().key,
    message().key
  ])
})

test.each([500, 503, 429])('after %s it is tried once more, and then it is said', async status => {
  const receiver = await openReceiver(() => ({ status }))
  await expect(hook(receiver.url).tell(message(), never)).rejects.toThrow(new RegExp(`: ${status}$`))
  expect(receiver.got).toHaveLength(2)
})

test.each([400, 401, 404, 301])('%s is said at once', async status => {
  const receiver = await openReceiver(() => ({ status, headers: { location: 'https://elsewhere.example/' } }))
  await expect(hook(receiver.url).tell(message(), never)).rejects.toThrow(new RegExp(`${status}`))
  expect(receiver.got).toHaveLength(1)
})
