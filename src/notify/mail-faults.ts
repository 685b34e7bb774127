import { ChecklistError, refused, unavailable } from '../core/errors.js'
import type { MailServer } from './mail-server.js'

type Wording = readonly [message: string, hint: string]

/** What kept a mail from being sent, in words of ours: what the server says may repeat what it was told. */
export function mailFault({ host, port, tls }: MailServer, cause: unknown, signal: AbortSignal): ChecklistError {
  if (cause instanceof ChecklistError) return cause
  const where = `the mail server ${host}:${port}`
  const [message, hint] = signal.aborted
    ? [`${where} did not take the mail in time`, 'See why it is slow, or whether a firewall stands between.']
    : wordingOf(where, tls, codesIn(cause), numberIn(cause))
  return unavailable('service_unavailable', message, hint, cause)
}

export const someRefused = ({ host, port }: MailServer, rejected: readonly string[]): ChecklistError =>
  refused(
    'service_unavailable',
    `the mail server ${host}:${port} did not take the mail for ${rejected.join(', ')}; the others have it`,
    'Correct these addresses.'
  )

function wordingOf(where: string, tls: MailServer['tls'], codes: readonly string[], number: string): Wording {
  const known = codes.map(code => CONNECTION[code]).find(words => words !== undefined)
  if (known !== undefined) return [`${where} ${known[0]}`, known[1]]
  const certificate = codes.find(code => CERTIFICATE.test(code))
  if (certificate !== undefined)
    return [
      `the certificate of ${where} is not trusted (${certificate})`,
      'Use the name that it is for, have it replaced, or name the file of its authority in NODE_EXTRA_CA_CERTS.'
    ]
  if (codes.includes('EAUTH'))
    return [`${where} does not accept user and password${number}`, 'Put the right ones into the secret of `server`.']
  if (codes.includes('ETLS') && tls === 'starttls')
    return [
      `${where} does not encrypt (no STARTTLS)`,
      'Use smtps://, or write ?tls=none into the address where nobody can listen on the way.'
    ]
  if (codes.includes('EENVELOPE'))
    return [`${where} takes no such mail${number}`, 'Look at `from` and at the addresses.']
  if (codes.includes('EMESSAGE')) return [`${where} did not take the mail${number}`, 'Look at its log.']
  return [
    `${where} does not speak as a mail server does (${codes[0] ?? 'no code'}${number})`,
    'Correct host, port and smtp:// or smtps://.'
  ]
}

const CONNECTION: Readonly<Record<string, Wording>> = {
  ECONNREFUSED: ['is not there: nothing listens', 'Start it, or correct host and port.'],
  ECONNRESET: [
    'closed the connection',
    'Look at its log, and whether it speaks TLS on this port: smtp:// or smtps://.'
  ],
  ENOTFOUND: ['has no address', 'Correct its name, or its DNS record.'],
  EAI_AGAIN: ['could not be looked up', 'See whether this machine can use DNS.'],
  ETIMEDOUT: ['does not answer', 'See whether a firewall stands between; hosted runners cannot use port 25.'],
  EHOSTUNREACH: ['cannot be reached', 'See whether this machine has a route to it.'],
  ENETUNREACH: ['cannot be reached', 'See whether this machine has a route to it.']
}

const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_(?:VERIFY|GET)|ALTNAME/

/** Codes of an error and of what caused it, the outer one first. */
function codesIn(cause: unknown, depth = 0): readonly string[] {
  if (typeof cause !== 'object' || cause === null || depth > 3) return []
  const own = 'code' in cause && typeof cause.code === 'string' ? [cause.code] : []
  const several = 'errors' in cause && Array.isArray(cause.errors) ? codesIn(cause.errors[0], depth + 1) : []
  const told = 'message' in cause && typeof cause.message === 'string' ? inMessage(cause.message) : []
  return [...own, ...told, ...several, ...('cause' in cause ? codesIn(cause.cause, depth + 1) : [])]
}

// The library makes an error of its own out of what TLS says, and only the words are left of it.
const inMessage = (text: string): readonly string[] => (/certificate|altnames/i.test(text) ? ['CERT_NOT_TRUSTED'] : [])

const numberIn = (cause: unknown): string =>
  typeof cause === 'object' && cause !== null && 'responseCode' in cause && typeof cause.responseCode === 'number'
    ? ` (${cause.responseCode})`
    : ''
