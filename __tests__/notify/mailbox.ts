import { afterAll } from '@jest/globals'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { pair } from '../network/certificates.js'

export type Mail = Readonly<{ from: string; to: readonly string[]; text: string }>
export type Mailbox = Readonly<{ port: number; got: readonly Mail[]; logins: readonly string[] }>

/** How the server is: encrypted from the first byte, whom it knows, whom it takes mail for. */
export type Manners = Readonly<{
  secure?: boolean
  starttls?: boolean
  user?: Readonly<{ name: string; password: string }>
  takes?: (address: string) => boolean
  /** Leaves the mail without an answer. */
  hangs?: boolean
}>

const opened: SMTPServer[] = []
afterAll(async () => {
  await Promise.all(opened.map(server => new Promise<void>(resolve => server.close(resolve))))
})

/** A mail server of one's own on the loopback. */
export async function openMailbox({
  secure = false,
  starttls = false,
  user,
  takes = () => true,
  hangs = false
}: Manners = {}): Promise<Mailbox> {
  const got: Mail[] = []
  const logins: string[] = []
  const options: SMTPServerOptions = {
    ...{ secure, authOptional: user === undefined, allowInsecureAuth: true, closeTimeout: 100, logger: false },
    ...pair('self-signed'),
    disabledCommands: [...(starttls ? [] : ['STARTTLS']), ...(user === undefined ? ['AUTH'] : [])],
    onAuth: ({ username = '', password }, _, done) => {
      logins.push(username)
      if (username === user?.name && password === user.password) return done(null, { user: username })
      // As careless servers do, it says what it was told.
      done(new Error(`535 no ${username} ${password}`))
    },
    onRcptTo: ({ address }, _, done) => done(takes(address) ? null : new Error(`550 no ${address}`)),
    onData: (stream, { envelope: { mailFrom, rcptTo } }, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        if (hangs) return
        const text = Buffer.concat(parts).toString('utf8')
        got.push({ from: mailFrom === false ? '' : mailFrom.address, to: rcptTo.map(({ address }) => address), text })
        done()
      })
    }
  }
  const server = new SMTPServer(options)
  server.on('error', () => {})
  opened.push(server)
  const port = await new Promise<number>(resolve => {
    const listening = server.listen(0, '127.0.0.1', () => {
      const address = listening.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  return { port, got, logins }
}
