import { expect, test } from '@jest/globals'
import type { ChecklistError } from '../../src/core/errors.js'
import type { Notifier } from '../../src/core/notify/notifier.js'
import { openEmail } from '../../src/notify/email.js'
import { readMailServer } from '../../src/notify/mail-server.js'
import { serveRaw } from '../network/local-server.js'
import { openMailbox } from './mailbox.js'
import { message } from './messages.js'

const never = new AbortController().signal
const PASSWORD = 'p@ss/w0rd é'
const address = (port: number, scheme = 'smtp', more = '') =>
  `${scheme}://robot:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}${more}`
const mail = (server: string, to: readonly string[] = ['ops@example.com']): Notifier => ({
  tell: async (...told) => await (await openEmail({ to, from: 'Deploy <deploy@example.com>', server })).tell(...told)
})
const user = { name: 'robot', password: PASSWORD }

/** What it was refused with: nothing of it may hold the password, in no form. */
async function refusal(server: string, to?: readonly string[]): Promise<ChecklistError> {
  const fault = await mail(server, to)
    .tell(message(), never)
    .then(
      () => undefined,
      (thrown: ChecklistError) => thrown
    )
  if (fault === undefined) throw new Error('it was sent')
  const said = `${fault.message} ${fault.hint}`
  const forms = [PASSWORD, encodeURIComponent(PASSWORD), Buffer.from(PASSWORD).toString('base64')]
  for (const form of [...forms, Buffer.from(`\0robot\0${PASSWORD}`).toString('base64')])
    expect(said).not.toContain(form)
  return fault
}

test('one mail to all, in text and HTML, in the thread of its execution', async () => {
  const box = await openMailbox({ user })
  await mail(address(box.port), ['ops@example.com', 'oncall@example.com']).tell(message(), never)
  expect(box.got).toHaveLength(1)
  const { from, to, text } = box.got[0] ?? { from: '', to: [], text: '' }
  expect([from, to]).toEqual(['deploy@example.com', ['ops@example.com', 'oncall@example.com']])
  const plain = text.replaceAll('=\r\n', '')
  for (const part of [
    /^Subject: shop on production: FAILED: a1b2c3d/m,
    /^Message-ID: <e1-failure-0123456789ab@example\.com>/m,
    /^References: <e1@example\.com>/m,
    /^Auto-Submitted: auto-generated/m,
    /^Content-Type: multipart\/alternative/m,
    /deploy-checklist rollback e1/,
    /&lt;b&gt;bold&lt;\/b&gt;/
  ])
    expect(plain).toMatch(part)
})

test('a line end in a headline is no header', async () => {
  const box = await openMailbox()
  const server = `smtp://127.0.0.1:${box.port}`
  await mail(server).tell(message({ headline: 'shop\r\nBcc: eve@example.com' }), never)
  expect(box.got[0]?.to).toEqual(['ops@example.com'])
  expect(box.got[0]?.text.split('\r\n\r\n')[0]).not.toMatch(/^Bcc:/m)
})

test('a wrong password is said, though the server repeats what it was told', async () => {
  const box = await openMailbox({ user: { ...user, password: 'another' } })
  const fault = await refusal(address(box.port))
  expect(fault.message).toMatch(/does not accept user and password \(535\)$/)
  expect(box.logins.length).toBeGreaterThan(0)
})

test('who is not taken is named; the others have their mail', async () => {
  const box = await openMailbox({ takes: to => to !== 'gone@example.com' })
  const server = `smtp://127.0.0.1:${box.port}`
  const fault = await refusal(server, ['ops@example.com', 'gone@example.com'])
  expect(fault.message).toMatch(/did not take the mail for gone@example\.com; the others have it/)
  expect(box.got).toHaveLength(1)
  expect((await refusal(server, ['gone@example.com'])).message).toMatch(/takes no such mail \(550\)/)
})

test('where encryption is demanded and not offered, nothing is sent, and no password', async () => {
  const box = await openMailbox({ user })
  const fault = await refusal(address(box.port, 'smtp', '?tls=starttls'))
  expect(fault.message).toMatch(/does not encrypt \(no STARTTLS\)/)
  expect([box.got, box.logins]).toEqual([[], []])
})

test.each([
  ['from the first byte', { secure: true }, 'smtps', ''],
  ['by STARTTLS', { starttls: true }, 'smtp', '?tls=starttls']
])('a certificate that proves nothing is no mail server: %s', async (_, manners, scheme, more) => {
  const box = await openMailbox({ user, ...manners })
  const fault = await refusal(address(box.port, scheme, more))
  expect(fault.message).toMatch(/^the certificate of the mail server 127\.0\.0\.1:\d+ is not trusted/)
  expect([box.got, box.logins]).toEqual([[], []])
})

test.each<[string, (server: { port: number }) => string, RegExp]>([
  ['nobody', () => address(9), /nothing listens/],
  ['what is no mail server', ({ port }) => address(port), /does not speak as a mail server does|closed the connection/]
])('%s is said', async (_, where, problem) => {
  const raw = await serveRaw(socket => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  expect((await refusal(where(raw))).message).toMatch(problem)
  await raw.close()
})

test('a server that greets nobody is left when the time is over', async () => {
  const raw = await serveRaw(() => {})
  const ended = new AbortController()
  setTimeout(() => ended.abort(), 100)
  await expect(mail(address(raw.port)).tell(message(), ended.signal)).rejects.toThrow(/did not take the mail in time/)
  await raw.close()
})

test.each<[string, object]>([
  ['smtps://mail.example.com', { port: 465, tls: 'implicit', auth: undefined }],
  ['smtp://u:p%40ss@mail.example.com', { port: 587, tls: 'starttls', auth: { user: 'u', pass: 'p@ss' } }],
  ['smtp://mail.example.com:25?tls=none', { port: 25, tls: 'none' }],
  ['smtp://localhost:2525', { port: 2525, tls: 'none' }],
  ['smtp://[::1]:2525', { host: '::1', tls: 'none' }]
])('%s is understood', (server, expected) => {
  expect(readMailServer(server)).toMatchObject(expected)
})

test.each([
  '',
  'mail.example.com',
  'https://u:secret-word@mail.example.com',
  'smtp://',
  'smtp://u:secret-word@h?tls=maybe'
])('%j is refused without being said', server => {
  expect(() => readMailServer(server)).toThrow(/mail server/)
  expect(() => readMailServer(server)).not.toThrow(/secret-word/)
})
