import type { Socket } from 'node:net'
import type { Message, Notifier } from '../core/notify/notifier.js'
import { mailHtml, mailText } from './email-text.js'
import { mailFault, someRefused } from './mail-faults.js'
import { type MailServer, readMailServer } from './mail-server.js'

export type EmailOptions = Readonly<{
  to: readonly string[]
  from: string
  /** The server's address, password and all. */
  server: string
}>

/**
 * A mail to several people, in plain text and simple HTML. Never sent twice: what was taken cannot be called back. The
 * library is loaded here, before anybody counts the seconds.
 */
export async function openEmail({ to, from, server }: EmailOptions): Promise<Notifier> {
  const { createTransport } = await import('nodemailer')
  return {
    tell: async (message, signal) => {
      const known = readMailServer(server)
      const socket = await connect(known, signal)
      // Ended with the socket, whatever the library waits for.
      const stop = () => socket.destroy(new Error('aborted'))
      signal.addEventListener('abort', stop, { once: true })
      if (signal.aborted) stop()
      try {
        const transport = createTransport(settingsFor(known, socket))
        const { rejected = [] } = await transport.sendMail(mailOf(message, to, from))
        if (rejected.length > 0) throw someRefused(known, rejected.map(String))
      } catch (cause) {
        throw mailFault(known, cause, signal)
      } finally {
        signal.removeEventListener('abort', stop)
        socket.destroy()
      }
    }
  }
}

async function connect(server: MailServer, signal: AbortSignal): Promise<Socket> {
  const net = await import('node:net')
  const { host, port } = server
  return await new Promise<Socket>((resolve, reject) => {
    const socket = net.connect({ host, port })
    const stop = () => socket.destroy(new Error('aborted'))
    signal.addEventListener('abort', stop, { once: true })
    socket.once('error', cause => reject(mailFault(server, cause, signal)))
    socket.once('connect', () => {
      signal.removeEventListener('abort', stop)
      // The library listens from here on; without anybody listening a late error would end the process.
      socket.on('error', () => {})
      resolve(socket)
    })
    if (signal.aborted) stop()
  })
}

const settingsFor = ({ host, port, tls, auth }: MailServer, connection: Socket) => ({
  ...{ host, port, connection, secure: tls === 'implicit' },
  ...(tls === 'starttls' ? { requireTLS: true } : { ignoreTLS: true }),
  ...(auth && { auth }),
  // Said aloud, since NODE_TLS_REJECT_UNAUTHORIZED=0 of the environment would switch it off in silence.
  tls: { rejectUnauthorized: true },
  disableFileAccess: true,
  disableUrlAccess: true
})

function mailOf(message: Message, to: readonly string[], from: string) {
  const domain =
    from
      .split('@')
      .at(-1)
      ?.replace(/[^\w.-]/g, '') || 'deploy-checklist'
  return {
    from,
    to: [...to],
    subject: message.headline.slice(0, 200),
    text: mailText(message),
    html: mailHtml(message),
    messageId: `<${message.key}@${domain}>`,
    // One thread for each execution.
    references: `<${message.execution || 'test'}@${domain}>`,
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Deploy-Checklist-Event': message.kind }
  }
}
