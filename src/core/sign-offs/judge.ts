import type { SignOff } from '../item.js'
import { isSameLogin } from '../login.js'
import { didYouMean } from '../nearest.js'
import type { Command, Misread } from './commands.js'
import type { Question, Standing } from './questions.js'
import type { Signer } from './signer.js'

/** Whether somebody is whom an item asks for, as far as GitHub told. What it did not tell is no yes. */
export type Right = 'yes' | 'no' | Readonly<{ unknown: string; hint: string }>

/** What becomes of one word on one item. `again`: it stands in the ledger already, from the same place. */
export type Ruling = Readonly<{ item: string }> &
  (
    | Readonly<{ kind: 'recorded'; signOff: SignOff }>
    | Readonly<{ kind: 'again'; signOff: SignOff }>
    | Readonly<{ kind: 'refused'; why: string }>
  )

/** The items that a command is about; where it names none, what was expected, with the nearest right word. */
export function aimedAt({ do: what, target }: Command, questions: readonly Question[]): readonly Question[] | Misread {
  return what === 'sign' ? ofRole(target, questions) : ofId(target, questions)
}

function ofId(target: string, questions: readonly Question[]): readonly Question[] | Misread {
  const wanted = target.toLowerCase()
  const exact = questions.filter(({ id }) => id.toLowerCase() === wanted)
  const named = exact.length > 0 ? exact : questions.filter(({ id }) => shortOf(id).toLowerCase() === wanted)
  if (named.length === 1) return named
  const ids = questions.map(({ id }) => id)
  if (named.length > 1)
    return { problem: `expected the whole id, found ${target}, which is ${named.map(({ id }) => id).join(' and ')}` }
  const meant = didYouMean(target, target.includes('/') ? ids : ids.map(shortOf))
  return { problem: `expected ${listed(ids)}, found ${target}${meant}` }
}

function ofRole(target: string, questions: readonly Question[]): readonly Question[] | Misread {
  const roles = [...new Set(questions.map(({ by }) => by).filter(by => by !== ''))]
  const found = questions.filter(({ by }) => by !== '' && isSameLogin(by, target))
  if (found.length > 0) return found
  if (roles.length === 0) return { problem: `expected /done ID: no item asks for a role, found /sign ${target}` }
  return { problem: `expected a role: ${listed(roles)}, found ${target}${didYouMean(target, roles)}` }
}

const shortOf = (id: string): string => id.slice(id.indexOf('/') + 1)
const MOST_LISTED = 12
const listed = (words: readonly string[]): string =>
  words.length > MOST_LISTED
    ? `${words.slice(0, MOST_LISTED).join(', ')} …`
    : words.join(', ') || 'nothing: no item waits'

/** A word as it would be kept: who said it, where, when. */
export type Word = Readonly<{ who: string; words: string; as: 'done' | 'na'; said: string; at: string }>

/**
 * Whether the word counts. What a process has settled stays so; until then a later word takes the place of an earlier
 * one. `starter` is who started the execution.
 */
export function ruleOn(
  { who, words, as, said, at }: Word,
  { id, second, ...question }: Question,
  { standing, right, starter }: Readonly<{ standing: Standing; right: Right; starter: string }>
): Ruling {
  const refused = (why: string): Ruling => ({ item: id, kind: 'refused', why })
  if (standing.is === 'settled') return refused(`it is settled already${byWhom(standing)}`)
  if (second && isSameLogin(who, starter)) return refused(`${who} started this; it has to be somebody else`)
  if (right === 'no') return refused(`${who} is not ${whom(question.signer, question.by)}`)
  if (right !== 'yes') return refused(`${right.unknown}. ${right.hint}`)
  const signOff: SignOff = { item: id, who, words, claimed: false, at, as, said }
  const before = standing.is === 'said' ? standing.word : undefined
  const isAgain = before !== undefined && isSameLogin(before.who, who) && before.said === said && before.as === as
  return isAgain ? { item: id, kind: 'again', signOff: before } : { item: id, kind: 'recorded', signOff }
}

const byWhom = ({ word, outcome }: Extract<Standing, { is: 'settled' }>): string =>
  `${word === undefined ? '' : ` by ${word.who}`} (${outcome})`

/** Whom an item asks for, in words. */
export function whom(signer: Signer, by: string): string {
  if (signer.kind === 'anybody') return 'somebody who may write to this repository'
  return signer.kind === 'team' ? `an active member of ${signer.name} (${by})` : `${signer.name} (${by})`
}
