import type { Checklist } from '../checklist.js'
import { timeoutOf } from '../engine/limits.js'
import { retryOf } from '../engine/poll.js'
import type { PlannedItem } from '../item.js'
import { canonical } from '../json.js'
import { FORWARD_STAGES, type ForwardStage } from '../stages.js'
import type { Weakening } from './weakening.js'

type Stages = Checklist['stages']

/** Items that are gone, block no more, are not run any more, lost their way back, have more time, or assert something else. */
export const itemsWeakened = (before: Stages, now: Stages): readonly Weakening[] =>
  FORWARD_STAGES.flatMap(stage => before[stage].flatMap(was => itemWeakened(was, now[stage], stage)))

function itemWeakened(was: PlannedItem, there: readonly PlannedItem[], stage: ForwardStage): readonly Weakening[] {
  // What was skipped before asked for nothing.
  if (was.skip !== undefined) return []
  const is = there.find(({ id }) => id === was.id) ?? there.find(item => isSame(item, was))
  const subject = was.id
  if (is === undefined) return [{ what: 'removed', subject, text: 'is removed' }]
  if (is.skip !== undefined) return [{ what: 'skipped', subject, text: `is skipped: ${is.skip}` }]
  return [
    ...(is.optional && !was.optional ? [{ what: 'optional', subject, text: 'is made optional' } as const] : []),
    ...(was.undo !== undefined && is.undo === undefined
      ? [{ what: 'without-undo', subject, text: 'has no undo any more' } as const]
      : []),
    ...(hasMoreTime(was, is, stage) ? [{ what: 'longer', subject, text: 'is given more time' } as const] : []),
    ...(isSame(is, was) && is.effect === was.effect && !undoesOtherwise(was, is)
      ? []
      : [{ what: 'altered', subject, text: 'asserts or does something else' } as const])
  ]
}

/** A check that may take longer, or that is tried again for longer. An action's time is none of what is asked. */
const hasMoreTime = (was: PlannedItem, is: PlannedItem, stage: ForwardStage): boolean =>
  was.effect === 'check' &&
  is.effect === 'check' &&
  (timeoutOf(is) > timeoutOf(was) || triedForMs(is, stage) > triedForMs(was, stage))

// By default programs are not tried again; of the other checks those over the network are, where the stage polls.
const triedForMs = (item: PlannedItem, stage: ForwardStage): number =>
  retryOf(item, stage, item.kind !== 'run')?.forMs ?? 0

const undoesOtherwise = ({ undo: before }: PlannedItem, { undo: now }: PlannedItem): boolean =>
  before !== undefined && now !== undefined && before !== now

/** The same under another name is the same item. */
const isSame = (one: PlannedItem, other: PlannedItem): boolean => essence(one) === essence(other)

const essence = ({ kind, spec, in: database, on }: PlannedItem): string =>
  canonical({ kind, spec, in: database ?? '', on: on ?? '' })
