import type { ShapeIssue } from '../core/item.js'
import { isObject } from '../core/json.js'
import { didYouMean } from '../core/nearest.js'
import { type Path, short } from './problems.js'

/** One thing that is wrong, below the value that was parsed. `part` says whether its key or its value is meant. */
export type Complaint = Readonly<{ path: Path; problem: string; part: 'key' | 'value' }>

const NOUNS: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list'
}

/** What a shape has to say about `raw`, as `expected …, found …`; an unknown key with the nearest known one. */
export function complaintsOf(
  issue: ShapeIssue,
  raw: unknown,
  keysAt: (path: Path) => readonly string[]
): readonly Complaint[] {
  const { path, message } = issue
  const unknown = textsIn(issue, 'keys')
  if (issue.code === 'unrecognized_keys' && unknown.length > 0) {
    const known = keysAt(path)
    return unknown.map(key => ({ path: [...path, key], problem: unknownKey(key, known), part: 'key' }))
  }
  const inner = issue.code === 'invalid_union' ? bestForm(issue) : []
  if (inner.length > 0 && (isStandard(message) || inner.some(saysMore))) {
    return inner.flatMap(each => complaintsOf({ ...each, path: [...path, ...each.path] }, raw, keysAt))
  }
  if (issue.code === 'invalid_key') {
    const [reason] = 'issues' in issue ? readIssues(issue.issues) : []
    return [{ path, problem: problemOf(reason ?? issue, String(path.at(-1))), part: 'key' }]
  }
  return [{ path, problem: problemOf(issue, valueAt(raw, path)), part: 'value' }]
}

export function unknownKey(key: string, known: readonly string[]): string {
  const meant = didYouMean(key, known)
  const all = known.length === 0 || meant !== '' ? 'a known key' : `one of ${known.join(', ')}`
  return `expected ${all}, found ${short(key)}${meant}`
}

function problemOf(issue: ShapeIssue, value: unknown): string {
  const found = describe(value)
  const { message } = issue
  const expected = isStandard(message) ? expectation(issue) : message
  const values = textsIn(issue, 'values')
  const meant = typeof value === 'string' ? didYouMean(value, values) : ''
  return /\bfound\b/.test(expected) ? expected : `${expected}, found ${found}${meant}`
}

// The package's own words begin like this; everything else was written by whoever made the shape.
const isStandard = (message: string): boolean => /^(Invalid|Too|Unrecognized)\b/.test(message)

function expectation(issue: ShapeIssue): string {
  const expected = 'expected' in issue && typeof issue.expected === 'string' ? issue.expected : undefined
  const values = textsIn(issue, 'values')
  if (values.length > 0) return `expected ${values.length === 1 ? '' : 'one of '}${values.join(', ')}`
  if (issue.code === 'invalid_type' && expected !== undefined) return `expected ${NOUNS[expected] ?? expected}`
  const rule = issue.message.replace(/^(Invalid|Too)[^:]*(: |$)/, '')
  if (rule === '') return 'expected another form'
  return rule.startsWith('expected') ? rule : `expected another form: ${rule}`
}

/** The problems of the form that was most likely meant: the one whose own type fits, and of these the nearest. */
function bestForm(issue: ShapeIssue): readonly ShapeIssue[] {
  const forms = 'errors' in issue && Array.isArray(issue.errors) ? issue.errors.map(readIssues) : []
  const fitting = forms.filter(form => !form.some(isOther))
  return fitting.toSorted((one, other) => one.length - other.length)[0] ?? []
}

// The value is not of this form at all.
const isOther = ({ code, path }: ShapeIssue): boolean =>
  path.length === 0 && (code === 'invalid_type' || code === 'invalid_value')

// A union's own words are better than the package's about one of its forms.
const saysMore = ({ path, message }: ShapeIssue): boolean => path.length > 0 || !isStandard(message)

const readIssues = (form: unknown): readonly ShapeIssue[] => (Array.isArray(form) ? form.filter(isIssue) : [])

const isIssue = (value: unknown): value is ShapeIssue =>
  typeof value === 'object' && value !== null && 'message' in value && 'path' in value

function textsIn(issue: ShapeIssue, member: string): readonly string[] {
  const list: unknown = Object.entries(issue).find(([name]) => name === member)?.[1]
  return Array.isArray(list) ? list.map(String) : []
}

function valueAt(raw: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined
    return isObject(value) ? value[String(step)] : undefined
  }, raw)
}

/** A value in words; a text only where it is short and cannot be a secret that somebody wrote down. */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (typeof value === 'object') return 'a mapping'
  if (typeof value !== 'string') return `the ${typeof value} ${value}`
  if (value === '') return 'empty text'
  return value.length > 60 || value.includes('\n') || looksSecret(value) ? 'other text' : JSON.stringify(value)
}

/** A password in an address, a token of a known make, or a long run of mixed letters and digits, as no name has it. */
export const looksSecret = (text: string): boolean =>
  /:\/\/[^/\s:@]*:(?!\$\{)[^/\s@]+@/.test(text) ||
  /\b(gh[pousr]_|github_pat_|sk[-_](live|test|proj)?|xox[abpr]-|AKIA|glpat-|eyJ)[\w-]{8,}/.test(text) ||
  /-----BEGIN [A-Z ]*KEY/.test(text) ||
  (text.match(/[A-Za-z0-9+=]{28,}/g) ?? []).some(run => /(\d.*){3}/.test(run) && /[a-z]/.test(run) && /[A-Z]/.test(run))
