import type { Lost, Unsent } from './wire.js'

type Fault = Readonly<{ code?: unknown; syscall?: unknown; message?: unknown; cause?: unknown }>

const UNSENT = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT']
const CERTIFICATE = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|INVALID_CA|HOSTNAME_MISMATCH)/
const CONNECTION = ['connect', 'getaddrinfo']
const WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'the connection was refused',
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name cannot be looked up',
  ECONNRESET: 'the connection was cut',
  UND_ERR_SOCKET: 'the connection was cut',
  UND_ERR_CONNECT_TIMEOUT: 'there was no connection in time'
}

/**
 * What fetch throws, as far as it says whether the request can have reached GitHub. What is not known to have stayed
 * here counts as lost. `token` never comes out: fetch quotes a header that it cannot send.
 */
export function withoutAnswer(thrown: unknown, token: string): Unsent | Lost {
  const { code, syscall, message } = innermost(thrown)
  const why = (WORDS[code] ?? (code === '' ? message : `${message} (${code})`)).replaceAll(token, '***')
  const isCertificate = CERTIFICATE.test(code)
  if (isCertificate || UNSENT.includes(code) || CONNECTION.includes(syscall))
    return { kind: 'unsent', why, final: isCertificate }
  return { kind: 'lost', why }
}

// The error that has a code is wrapped by undici, and again by octokit; `instanceof` fails across realms.
function innermost(thrown: unknown): Readonly<{ code: string; syscall: string; message: string }> {
  const fault = (typeof thrown === 'object' && thrown !== null ? thrown : { message: String(thrown) }) as Fault
  const own = { code: text(fault.code), syscall: text(fault.syscall), message: text(fault.message) || 'no answer' }
  if (own.code !== '' || fault.cause === undefined || fault.cause === null) return own
  return innermost(fault.cause)
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '')
