import { ChecklistError, messageOf, refused, unavailable } from '../core/errors.js'
import { formatDuration } from '../core/units.js'

type Wording = readonly [message: string, hint: string]

/** What Node says when no answer came, as a sentence about the server; never with more of an address than its host. */
export function notAnswered({ host }: URL, cause: unknown): ChecklistError {
  if (cause instanceof ChecklistError) return cause
  const code = codeOf(cause)
  if (
    code.startsWith('ERR_INVALID_') ||
    code === 'ERR_UNESCAPED_CHARACTERS' ||
    code === 'ERR_HTTP_INVALID_HEADER_VALUE'
  ) {
    // Node's message names the header, not its value.
    const hint = 'Look at the values that stand in its headers: a line end or a control character cannot be sent.'
    return refused('usage', `the request to ${host} cannot be sent: ${messageOf(cause)}`, hint, cause)
  }
  const [message, hint] = wordingOf(code, host, cause)
  return unavailable('service_unavailable', message, hint, cause)
}

export function timeLimitFault({ host }: URL, timeoutMs: number, cause: unknown): ChecklistError {
  const message = `no whole answer from ${host} within ${formatDuration(timeoutMs)}`
  return unavailable('service_unavailable', message, 'See why it is slow, or give the item a longer timeout.', cause)
}

export const redirectFault = ({ host }: URL, problem: string): ChecklistError =>
  unavailable('service_unavailable', `a request to ${host} ${problem}`, 'Correct the address, or the redirects there.')

function wordingOf(code: string, host: string, cause: unknown): Wording {
  const tls = TLS[code]
  if (tls !== undefined) return [`the certificate of ${host} ${tls[0]}`, tls[1]]
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return wrongHost(host, cause)
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_')) {
    return [`${host} does not speak TLS as expected (${code})`, 'Use http:// if it has no TLS, or correct the port.']
  }
  if (code.startsWith('HPE_'))
    return [`what ${host} answers is not HTTP (${code})`, 'Correct the address and its port.']
  if (code.startsWith('Z_') || code.startsWith('ERR_BR')) {
    return [`the body from ${host} cannot be decoded (${code})`, 'Look at the content-encoding that it sends.']
  }
  return CONNECTION[code]?.(host) ?? [`no answer from ${host}: ${code || messageOf(cause)}`, 'See whether it is up.']
}

const NAME_A_CA = 'Have it replaced, or name the file of its authority with "ca:".'
const INCOMPLETE = 'Have the server send the whole chain, or name the file of its authority with "ca:".'
const TLS: Readonly<Record<string, Wording>> = {
  DEPTH_ZERO_SELF_SIGNED_CERT: ['is self-signed', NAME_A_CA],
  SELF_SIGNED_CERT_IN_CHAIN: ['comes from an authority that is not trusted here', NAME_A_CA],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['comes without the chain that would prove it', INCOMPLETE],
  UNABLE_TO_GET_ISSUER_CERT: ['comes without the chain that would prove it', INCOMPLETE],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['comes from an authority that is not trusted here', INCOMPLETE],
  CERT_HAS_EXPIRED: ['has expired', 'Renew it.'],
  CERT_NOT_YET_VALID: ['is not valid yet', 'Look at its dates, and at the clock of this machine.'],
  CERT_REVOKED: ['is revoked', 'Have it replaced.'],
  CERT_SIGNATURE_FAILURE: ['is not signed by the authority that was named', NAME_A_CA]
}

function wrongHost(host: string, cause: unknown): Wording {
  const certificate = isRecord(cause) && isRecord(cause['cert']) ? cause['cert'] : {}
  const names = certificate['subjectaltname']
  const found = typeof names === 'string' && names !== '' ? `; it is for ${names}` : ''
  return [`the certificate of ${host} is for another host${found}`, 'Use the name that it is for, or have it replaced.']
}

const CONNECTION: Readonly<Record<string, (host: string) => Wording>> = {
  ECONNREFUSED: host => [`nothing listens at ${host}`, 'Start the service, or correct the address.'],
  ECONNRESET: host => [`${host} closed the connection before its answer was whole`, 'Look at its log.'],
  EPIPE: host => [`${host} closed the connection before its answer was whole`, 'Look at its log.'],
  ENOTFOUND: host => [`${host} has no address`, 'Correct the name, or its DNS record.'],
  EAI_AGAIN: host => [`the address of ${host} could not be looked up`, 'See whether this machine can use DNS.'],
  ETIMEDOUT: host => [`${host} does not answer`, 'See whether a firewall stands between.'],
  EHOSTUNREACH: host => [`${host} cannot be reached`, 'See whether this machine has a route to it.'],
  ENETUNREACH: host => [`${host} cannot be reached`, 'See whether this machine has a route to it.']
}

/** Node's code; where several addresses were tried, that of the first. */
export function codeOf(cause: unknown): string {
  if (!isRecord(cause)) return ''
  if (typeof cause['code'] === 'string') return cause['code']
  return Array.isArray(cause['errors']) ? codeOf(cause['errors'][0]) : ''
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null
