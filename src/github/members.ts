import { unavailable } from '../core/errors.js'

/**
 * Members of an answer, read as what they should be: what is something else counts as not there, since an answer is
 * never trusted to be well formed.
 */
export type Members = Readonly<{
  text(name: string): string
  /** An id or a count: as text, since ids are only ever compared. */
  number(name: string): string
  inner(name: string): Members
  list(name: string): readonly Members[]
}>

export function membersOf(value: unknown): Members {
  const of = (name: string): unknown => (isRecord(value) ? value[name] : undefined)
  return {
    text: name => asText(of(name)),
    number: name => asNumber(of(name)),
    inner: name => membersOf(of(name)),
    list: name => listOf(of(name))
  }
}

/** The entries of a list; of anything else none. */
export const listOf = (value: unknown): readonly Members[] => (Array.isArray(value) ? value.map(membersOf) : [])

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const asText = (value: unknown): string => (typeof value === 'string' ? value : '')
const asNumber = (value: unknown): string => (typeof value === 'number' && Number.isFinite(value) ? String(value) : '')

/** The entries of a page. A page without its list is no empty one: nothing is known then. */
export function entriesIn(page: unknown, name: string): readonly Members[] {
  const list = isRecord(page) ? page[name] : undefined
  if (Array.isArray(list)) return list.map(membersOf)
  throw unavailable(
    'github_unavailable',
    `expected a list of ${name} from GitHub, found something else`,
    'Try again; look at githubstatus.com.'
  )
}
