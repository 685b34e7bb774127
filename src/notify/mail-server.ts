import { refused } from '../core/errors.js'

/** How a mail server is reached. `tls`: from the first byte, by STARTTLS or not at all, or not at all. */
export type MailServer = Readonly<{
  host: string
  port: number
  tls: 'implicit' | 'starttls' | 'none'
  auth: Readonly<{ user: string; pass: string }> | undefined
}>

const LOOPBACK = /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/
const FORM = 'It looks like smtps://USER:PASSWORD@HOST or smtp://USER:PASSWORD@HOST:587, special signs in it as %XX.'

/**
 * `smtps://` is encrypted from the first byte (port 465), `smtp://` by STARTTLS, which is demanded (port 587). What is not
 * encrypted has to be asked for with `?tls=none`, but on this machine. Never says what stands in the address.
 */
export function readMailServer(address: string): MailServer {
  const url = URL.canParse(address) ? new URL(address) : undefined
  const isSecure = url?.protocol === 'smtps:'
  if (url === undefined || url.hostname === '' || !(isSecure || url.protocol === 'smtp:'))
    throw refused('usage', 'the address of the mail server cannot be read', FORM)
  const { hostname, port, username, password, searchParams } = url
  const tls = searchParams.get('tls') ?? (LOOPBACK.test(hostname) ? 'none' : 'starttls')
  if (tls !== 'none' && tls !== 'starttls')
    throw refused('usage', 'the mail server’s `tls` is neither starttls nor none', 'Leave it out, or write ?tls=none.')
  const auth = username === '' ? undefined : { user: decoded(username), pass: decoded(password) }
  return {
    host: hostname.replace(/^\[(.*)\]$/, '$1'),
    port: port === '' ? (isSecure ? 465 : 587) : Number(port),
    tls: isSecure ? 'implicit' : tls,
    auth
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text // a bare percent sign
  }
}
