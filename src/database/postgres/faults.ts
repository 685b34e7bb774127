import { ChecklistError, refused, unavailable } from '../../core/errors.js'
import { type Address, nameOf } from './address.js'

/** SQLSTATE of a statement's error, `55P03` for a lock that was not granted in time; also of a translated one. */
export function sqlStateOf(error: unknown): string | undefined {
  const code = codeOf(error)
  // Each has a digit in it, other than EPIPE.
  if (/^(?=.*\d)[0-9A-Z]{5}$/.test(code)) return code
  return error instanceof Error && error.cause !== undefined ? sqlStateOf(error.cause) : undefined
}

/** Faults of the connection as ChecklistErrors, without user and password; errors of a statement as they are. */
export function translated(error: unknown, address: Address): unknown {
  if (error instanceof ChecklistError) return error
  const what = `the database ${nameOf(address)}`
  const found = (why: string, hint: string) => unavailable('service_unavailable', `${what} ${why}`, hint, error)
  const state = sqlStateOf(error)
  if (state !== undefined) return ofServer(state, error, what)
  switch (codeOf(error)) {
    case 'ECONNREFUSED':
    case 'ENOENT':
      return found('cannot be reached: nothing listens there', 'Start the server, or correct host and port of the URL.')
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return found('cannot be reached: the host name does not resolve', 'Correct the host of the URL, or the DNS.')
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return found('cannot be reached: no answer', 'Look at host, port and firewall between here and the server.')
  }
  const message = wordsOf(error)
  if (/timeout/i.test(message)) {
    return found('cannot be reached: no answer in time', 'Look at host, port and firewall between here and the server.')
  }
  if (/SSL|certificate|TLS/i.test(message) || codeOf(error).startsWith('ERR_TLS')) {
    return found(
      `cannot be trusted: ${message}`,
      "Correct sslmode and sslrootcert of the URL, or the server's certificate."
    )
  }
  if (/password must be a string|client password/i.test(message)) {
    return refused('missing_right', `${what} wants a password and the URL has none`, 'Put it into the URL.', error)
  }
  return found(`broke off: ${message}`, "Look at the server's log: it may have been stopped or have crashed.")
}

function ofServer(state: string, error: unknown, what: string): unknown {
  if (state === '28P01' || state === '28000') {
    const why = state === '28P01' ? 'does not accept this user and password' : 'does not let this user in from here'
    return refused(
      'missing_right',
      `${what} ${why}`,
      "Correct the URL, or the role and the server's pg_hba.conf.",
      error
    )
  }
  if (state === '3D000') return refused('usage', `${what} does not exist`, 'Create it, or correct the URL.', error)
  if (state === '55000' && wordsOf(error).includes('not currently accepting connections')) {
    const hint = 'If an interrupted run has closed it: resume that run, or ALTER DATABASE … ALLOW_CONNECTIONS true.'
    return unavailable('service_unavailable', `${what} is closed to connections`, hint, error)
  }
  if (!state.startsWith('08') && !['53300', '57P01', '57P02', '57P03', '57P05'].includes(state)) return error
  return unavailable('service_unavailable', `${what} says: ${wordsOf(error)}`, hintFor(state), error)
}

function hintFor(state: string): string {
  if (state === '53300') return 'Close connections, or raise max_connections.'
  return state === '57P03'
    ? 'Wait until the server is up, then try again.'
    : "Look at the server's log, then try again."
}

/** What names the fault: a SQLSTATE, or one of the system such as ENOENT. */
export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string' ? error.code : ''

/** What an error says; a test's Error is not the platform's, so its class is not asked. */
export const wordsOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : String(error)
