import { ChecklistError, refused, unavailable } from '../core/errors.js'
import type { Http, HttpResponse } from '../core/ports.js'

/** One message as it goes out over HTTP, and what its answer means. */
export type Post = Readonly<{
  /** For messages: `slack`, `the webhook ops.example.com`. */
  to: string
  url: string
  headers: Readonly<Record<string, string>>
  body: string
  /** True where the receiver can tell that it has it already, so that an answer which was lost may be asked for again. */
  repeatable: boolean
  /** What an answer that is no yes means here, where that is known. */
  explain?: (response: HttpResponse) => string | undefined
}>

/** For one exchange; the whole of it, its second try too, ends with the caller's signal. */
const LONGEST_MS = 4_000
const HOSTS_HERE = /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/

/**
 * Posts once, and once more where that tells nobody twice: when nothing was listening, when the other side said that it
 * is too busy, or when it knows what it has. Redirects are not followed: what is secret in an address is for its host.
 */
export async function post(http: Http, message: Post, signal: AbortSignal): Promise<void> {
  const url = usable(message)
  try {
    const response = await answerTo(http, message, signal)
    if (response.status < 200 || response.status >= 300) throw said(message, url, response)
  } catch (fault) {
    if (!signal.aborted) throw isTls(fault) ? untrusted(fault) : fault
    const late = `${url.host} did not take the message for ${message.to} in time`
    throw unavailable('service_unavailable', late, 'See why it is slow, or whether a firewall stands between.', fault)
  }
}

async function answerTo(http: Http, message: Post, signal: AbortSignal): Promise<HttpResponse> {
  const first = await exchange(http, message, signal).catch((fault: unknown) => {
    if (signal.aborted || !mayAskAgain(fault, message)) throw fault
    return undefined
  })
  const isLast = first !== undefined && (!isBusy(first, message) || signal.aborted)
  return isLast ? first : await exchange(http, message, signal)
}

const exchange = (http: Http, { url, headers, body }: Post, signal: AbortSignal): Promise<HttpResponse> =>
  http.send({ method: 'POST', url, headers, body, followRedirects: false, timeoutMs: LONGEST_MS, signal })

const isBusy = ({ status }: HttpResponse, { repeatable }: Post): boolean =>
  status === 429 || status === 503 || (repeatable && status >= 500)

/** Refused before anything was sent, or to somebody who knows what they have. */
function mayAskAgain(fault: unknown, { repeatable }: Post): boolean {
  if (!(fault instanceof ChecklistError) || fault.reason !== 'service_unavailable') return false
  return repeatable ? !isTls(fault) : codeOf(fault.cause) === 'ECONNREFUSED'
}

// A certificate does not change from one moment to the next.
const isTls = (fault: unknown): fault is ChecklistError =>
  fault instanceof ChecklistError && fault.message.startsWith('the certificate of ')

// A check has `ca:` for this; who is told has the environment.
const untrusted = ({ reason, message, cause }: ChecklistError): ChecklistError =>
  unavailable(
    reason,
    message,
    'Use the name that it is for, have it replaced, or name the file of its authority in NODE_EXTRA_CA_CERTS.',
    cause
  )

const codeOf = (cause: unknown): unknown =>
  typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : ''

/** Encrypted, but on this machine. What is wrong with it is said without the address, which may be secret as a whole. */
function usable({ to, url }: Post): URL {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined)
    throw refused(
      'usage',
      `the address for ${to} is no web address`,
      'Look at the value of its name: it begins with https://.'
    )
  if (parsed.protocol === 'https:' || (parsed.protocol === 'http:' && HOSTS_HERE.test(parsed.hostname))) return parsed
  throw refused(
    'usage',
    `the address for ${to} is not encrypted (${parsed.protocol})`,
    'It has to begin with https://.'
  )
}

function said(message: Post, { host }: URL, response: HttpResponse): ChecklistError {
  const { status } = response
  const why = message.explain?.(response)
  if (status >= 300 && status < 400)
    return refused(
      'usage',
      `${host} sends ${message.to} elsewhere (${status}), and what is secret in its address is not taken there`,
      'Give the address that it leads to.'
    )
  const hint =
    why ?? (status === 401 || status === 403 || status === 404 || status === 410 ? HINTS.unknown : HINTS.other)
  return unavailable('service_unavailable', `${host} did not take the message for ${message.to}: ${status}`, hint)
}

const HINTS = {
  unknown: 'Its address is not valid any more, or not for this: make a new one, and put it into the secret.',
  other: 'Look at the log of the other side.'
} as const
