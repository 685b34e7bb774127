import { z } from 'zod'
import { parseCondition } from '../core/condition.js'
import { boundedMatch } from './bounded-match.js'
import { excerpt } from './excerpt.js'
import { checkedText, oneOf, oneOrMore, someOf } from './shapes.js'

const PIECE = 'a text that is contained, or a /regex/'
const piece = () => oneOrMore(checkedText(PIECE, problemOfPiece), PIECE)

/** What a text is held against: what it contains, as text or /regex/, and what it must not. All of it has to hold. */
export const textMatcher = () =>
  oneOf(
    [
      piece(),
      someOf(
        {
          contains: piece().optional().describe('Text or /regex/ that must occur, or a list of them.'),
          not: piece().optional().describe('Text or /regex/ that must not occur, or a list of them.'),
          equals: z.string().optional().describe('The whole text; white space around it does not count.')
        },
        'contains, not or equals'
      )
    ],
    'a text that is contained, a /regex/, a list of them, or {contains, not, equals}'
  )

export type TextMatcher =
  | string
  | readonly string[]
  | Readonly<{
      contains?: string | readonly string[] | undefined
      not?: string | readonly string[] | undefined
      equals?: string | undefined
    }>

/** What the text lacks, each as `expected …, found …`; empty when it holds. `what` names the text: `stdout`. */
export function mismatches(
  matcher: TextMatcher,
  found: string,
  what: string,
  show: (found: string) => string = excerpt
): readonly string[] {
  const { contains, not, equals } = typeof matcher === 'object' && !isList(matcher) ? matcher : { contains: matcher }
  const missing = listOf(contains).filter(one => !occurs(one, found))
  const unwanted = listOf(not).filter(one => occurs(one, found))
  return [
    ...missing.map(one => `expected ${what} to contain ${one}, found ${show(found)}`),
    ...unwanted.map(one => `expected ${what} without ${one}, found ${show(found)}`),
    ...(equals === undefined || found.trim() === equals.trim()
      ? []
      : [`expected ${what} to be "${equals.trim()}", found ${show(found)}`])
  ]
}

function occurs(wanted: string, found: string): boolean {
  const pattern = patternOf(wanted)
  return pattern === undefined ? found.includes(wanted) : boundedMatch(pattern, found)
}

function patternOf(wanted: string): RegExp | undefined {
  if (!wanted.startsWith('/')) return undefined
  const parsed = parseCondition(wanted)
  return 'condition' in parsed && parsed.condition.kind === 'pattern' ? parsed.condition.pattern : undefined
}

function problemOfPiece(wanted: string): string | undefined {
  const parsed = wanted.startsWith('/') ? parseCondition(wanted) : undefined
  return parsed !== undefined && 'problem' in parsed ? parsed.problem : undefined
}

const isList = (matcher: object): matcher is readonly string[] => Array.isArray(matcher)
const listOf = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value
