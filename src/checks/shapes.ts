import { z } from 'zod'
import { type Parsed, parseComparison, parseCondition, type Unit } from '../core/condition.js'
import { namesIn } from '../core/interpolate.js'

/*
 * Pieces of the kinds' shapes. A spec is parsed twice, before interpolation and after it: what still holds a `${NAME}`
 * is let through the first time and judged the second time. No message repeats what it found, since that may have come
 * from the environment by then; the loader adds it where it may.
 */

/** A text that says something. `expected` completes the message, as in "a path". */
export const text = (expected: string) => z.string(`expected ${expected}`).min(1, `expected ${expected}`)

/** A text of a grammar of its own: `problem` says what is wrong with it, or nothing. */
export const checkedText = (expected: string, problem: (text: string) => string | undefined) =>
  text(expected).superRefine((value, context) => {
    const message = value !== '' && namesIn(value).length === 0 ? problem(value) : undefined
    if (message !== undefined) context.addIssue({ code: 'custom', message })
  })

/** A text that a pattern describes. */
export const patternText = (expected: string, pattern: RegExp) =>
  checkedText(expected, value => (pattern.test(value) ? undefined : `expected ${expected}`))

/** One of several forms, told apart by their type. Where a form is meant but not well formed, its own problem is told. */
export const oneOf = <const Forms extends readonly [z.ZodType, ...z.ZodType[]]>(forms: Forms, expected: string) =>
  z.union(forms, { error: issue => (isMeant(issue) ? undefined : `expected ${expected}`) })

/** One of a few words. Not an enum: the loader would take that to be meant where a map stands. */
export const word = (...words: readonly string[]) => {
  const expected = `expected ${words.join(' or ')}`
  return checkedText(words.join(' or '), value => (words.includes(value) ? undefined : expected)).meta({
    enum: [...words]
  })
}

/** A shape whose keys have to fit together; `problem` is asked once each of them is right by itself. */
export const consistent = <Whole extends z.ZodType>(
  shape: Whole,
  problem: (whole: z.infer<Whole>) => string | undefined
): Whole =>
  shape.refine(whole => problem(whole) === undefined, {
    error: ({ input }) => problem(input as z.infer<Whole>),
    when: ({ issues }) => issues.length === 0
  })

/** A map of rules of which at least one has to be there. */
export const someOf = <Keys extends z.ZodRawShape>(keys: Keys, expected: string) =>
  consistent(z.strictObject(keys), map =>
    Object.values(map).some(value => value !== undefined) ? undefined : `expected ${expected}`
  )

/** One or several; an empty list asserts nothing and is refused. */
export const oneOrMore = <T extends z.ZodType>(one: T, expected: string) =>
  oneOf([one, z.array(one).min(1, `expected ${expected}`)], `${expected}, or a list of them`)

/** A map with at least one entry. */
export const mapOf = <T extends z.ZodType>(value: T, expected: string) =>
  z.record(z.string(), value, `expected ${expected}`).refine(map => Object.keys(map).length > 0, `expected ${expected}`)

/** `"> 0"`, `/regex/`, `== ok`, or the value itself. */
export const condition = () =>
  oneOf(
    [checkedText('a condition', value => problemOf(parseCondition(value))), z.number(), z.boolean()],
    'a condition such as "> 0" or /regex/, or a value'
  )

/** `"> 2GB"`: an operator and an amount in one of the units. */
export const comparison = (units: readonly Unit[], example: string) =>
  checkedText(`a condition such as "${example}"`, value => problemOf(parseComparison(value, units)))

/** How many: a number, or a condition about one. */
export const count = () => oneOf([z.int().nonnegative(`expected ${COUNT}`), checkedText(COUNT, countProblem)], COUNT)

const COUNT = 'a number or a condition such as ">= 1"'

/** Why a text is not a number of things. */
export function countProblem(value: string): string | undefined {
  const parsed = parseCondition(value, ['count'])
  if ('problem' in parsed) return parsed.problem
  const { condition } = parsed
  const numeric = condition.kind === 'order' || (condition.kind === 'equal' && /^\d+$/.test(condition.text.trim()))
  return numeric ? undefined : `expected ${COUNT}`
}

const problemOf = (parsed: Parsed): string | undefined => ('problem' in parsed ? parsed.problem : undefined)

// A union says only that no form fits; the loader looks into those whose own type fits.
function isMeant(issue: object): boolean {
  const forms = 'errors' in issue ? (issue.errors as readonly (readonly Inner[])[]) : []
  return forms.some(problems => !problems.some(({ code, path }) => code === 'invalid_type' && path?.length === 0))
}

type Inner = Readonly<{ code?: string; path?: readonly PropertyKey[] }>
