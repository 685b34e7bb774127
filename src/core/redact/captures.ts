import { SHORTEST_HIDDEN } from './secret-forms.js'

/** A value that is long enough to be a secret by itself, whatever it is called. */
const LONG = 8
const TELLING = /pass|pwd|secret|token|key|session|cred|auth/i
const NUMBER = /^-?\d+(?:\.\d+)?$/

export type Capture = Readonly<{ name: string; value: string; source: string }>

/**
 * Whether a captured value is to be hidden from now on. Nobody has declared it, so that length, name and source have to
 * tell; `plain` is what stands everywhere anyway, such as the commit: a revision that is captured is no secret.
 */
export function isHiddenCapture({ name, value, source }: Capture, plain: readonly string[]): boolean {
  if (value.length < SHORTEST_HIDDEN || plain.some(text => text.includes(value))) return false
  if (TELLING.test(name) || TELLING.test(source)) return true
  if (NUMBER.test(value)) return false
  return value.length >= LONG || /^(?:cookie|header):/.test(source)
}
