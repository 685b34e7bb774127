import { deedKey, type State } from '../engine/state.js'
import type { PlannedItem, SignOff } from '../item.js'
import type { Plan } from '../plan.js'
import { FORWARD_STAGES } from '../stages.js'
import { type Signer, signerOf } from './signer.js'

/** A manual item, as a person is asked. */
export type Question = Readonly<{
  id: string
  text: string
  /** Role, or person, as the checklist says it; empty: nobody in particular. */
  by: string
  signer: Signer
  /** Somebody else than who started the run. */
  second: boolean
  optional: boolean
  /** How long is waited for the answer behind an action, in milliseconds. */
  limitMs?: number
}>

/** How it stands: `waits` for a word, `said` and not yet gone on with, or `settled` by a process, which is final. */
export type Standing =
  | Readonly<{ is: 'waits' }>
  | Readonly<{ is: 'said'; word: SignOff }>
  | Readonly<{ is: 'settled'; outcome: 'pass' | 'fail' | 'skip'; word: SignOff | undefined }>

/** Every manual item that is not skipped by the checklist, in the plan's order. */
export const questionsOf = (plan: Plan): readonly Question[] =>
  FORWARD_STAGES.flatMap(stage => plan.stages[stage])
    .filter(({ kind, skip }) => kind === 'manual' && skip === undefined)
    .map(item => questionOf(item, plan))

function questionOf(item: PlannedItem, { people }: Plan): Question {
  const { id, name, spec, optional, timeoutMs } = item
  return {
    id,
    text: typeof spec['manual'] === 'string' ? spec['manual'] : name,
    by: typeof spec['by'] === 'string' ? spec['by'] : '',
    signer: signerOf(item, people),
    second: spec['second'] === true,
    optional,
    ...(timeoutMs !== undefined && { limitMs: timeoutMs })
  }
}

/** From the journal alone: what the page shows, and what a word still changes. */
export function standingOf(state: State, { id, second }: Question): Standing {
  const settled = FORWARD_STAGES.map(stage => state.deeds.get(deedKey(stage, id, 'run'))?.settled).find(
    found => found !== undefined && found.outcome !== 'waiting'
  )
  // A claim is no word where it has to be somebody else's.
  const word = state.signOffs.findLast(signOff => signOff.item === id && !(second && signOff.claimed))
  if (settled !== undefined)
    return {
      is: 'settled',
      outcome: settled.outcome === 'pass' || settled.outcome === 'skip' ? settled.outcome : 'fail',
      word
    }
  return word === undefined ? { is: 'waits' } : { is: 'said', word }
}

/** Items that a process has come to and left for somebody to answer, and that nobody has answered since. */
export const leftWaiting = (state: State): readonly Question[] =>
  questionsOf(state.plan).filter(
    question =>
      FORWARD_STAGES.some(
        stage => state.deeds.get(deedKey(stage, question.id, 'run'))?.settled?.outcome === 'waiting'
      ) && standingOf(state, question).is === 'waits'
  )
