import type { RollbackScope } from '../events.js'
import type { EndStatus } from '../execution.js'
import type { PlannedItem } from '../item.js'
import type { Plan } from '../plan.js'
import { REASONS, type Reason } from '../reasons.js'
import { FORWARD_STAGES, type ForwardStage, STAGES } from '../stages.js'
import { deedsToUndo } from './deeds-to-undo.js'
import { type DeedState, type RollbackState, type State, unresolved } from './state.js'

/** How far the caller wants to go: the whole way, one stage alone, or only looking. */
export type Wish = Readonly<{
  only?: ForwardStage
  /** Only look: every stage's checks run, nothing stops and nothing rolls back; the word is the reason it ends with. */
  look?: 'observed' | 'adopted'
  /** A rollback by hand: an execution that only takes another one back. */
  rollBack?: boolean
}>

/** What the engine does next. Everything it may do stands here, and nothing is decided elsewhere. */
export type Step =
  | Readonly<{ do: 'settle'; deeds: readonly DeedState[] }>
  | Readonly<{ do: 'stage'; stage: ForwardStage }>
  | Readonly<{ do: 'roll-back'; cause: Reason; scope: RollbackScope }>
  | Readonly<{ do: 'refuse'; reason: Reason; message: string; hint: string }>
  | Readonly<{ do: 'pause'; reason: Reason; message: string }>
  | Readonly<{ do: 'page'; message: string }>
  | Readonly<{ do: 'end'; status: EndStatus; reason: Reason; message: string }>
  | Readonly<{ do: 'nothing'; because: string }>

const REASON: Readonly<Record<ForwardStage, Reason>> = {
  preflight: 'preflight_failed',
  backup: 'backup_failed',
  migrate: 'migration_failed',
  deploy: 'deploy_failed',
  'smoke-test': 'smoke_test_failed',
  monitor: 'monitor_failed'
}

/** Given the plan and what has happened: what is next? `paged` says whether a person was called. */
export function decide(state: State, wish: Wish, paged: boolean): Step {
  if (state.stopped?.type === 'ended') return nothing(`it ended ${state.stopped.status}`)
  if (state.stopped?.type === 'paused') return nothing(`it is ${state.stopped.status}`)
  const loose = unresolved(state)
  if (loose.length > 0) return { do: 'settle', deeds: loose }
  if (wish.rollBack === true && state.rollback === undefined) return { do: 'roll-back', cause: 'ok', scope: 'all' }
  if (state.rollback !== undefined) return afterRollback(state, state.rollback, wish.rollBack === true, paged)
  if (wish.look !== undefined) return looked(state, wish.look)
  const failed = FORWARD_STAGES.find(stage => state.stages.get(stage) === 'failed')
  if (failed !== undefined) return afterFailure(state, failed, paged)
  const next = FORWARD_STAGES.find(stage => state.stages.get(stage) !== 'passed')
  if (next === undefined) return success(state)
  return wish.only === undefined || wish.only === next || state.plan.stages[next].length === 0
    ? { do: 'stage', stage: next }
    : besides(wish.only, next)
}

// One stage alone was asked for, and it is not its turn: either it is done, or it is too early.
function besides(only: ForwardStage, next: ForwardStage): Step {
  if (FORWARD_STAGES.indexOf(only) < FORWARD_STAGES.indexOf(next)) return nothing(`${only} has passed`)
  const hint = `Run ${next} first; each stage needs every earlier one to have passed.`
  return {
    do: 'refuse',
    reason: 'stage_out_of_order',
    message: `${only} was asked for, but ${next} has not passed`,
    hint
  }
}

function looked(state: State, look: 'observed' | 'adopted'): Step {
  const next = FORWARD_STAGES.find(stage => !['passed', 'failed'].includes(state.stages.get(stage) ?? ''))
  if (next !== undefined) return { do: 'stage', stage: next }
  const blocked = FORWARD_STAGES.flatMap(stage => blockersOf(state, stage))
  if (blocked.length === 0) return { do: 'end', status: 'SUCCESS', reason: look, message: '' }
  const message = blocked.map(say).join('; ')
  if (look === 'observed') return { do: 'end', status: 'FAILED', reason: 'observed', message }
  return { do: 'end', status: 'REFUSED', reason: 'smoke_test_failed', message }
}

const nothing = (because: string): Step => ({ do: 'nothing', because })

function afterFailure(state: State, failed: ForwardStage, paged: boolean): Step {
  const blocked = blockersOf(state, failed)
  const message = `${failed} did not pass: ${blocked.map(say).join('; ')}`
  if (blocked.length > 0 && blocked.every(({ settled }) => settled?.outcome === 'waiting')) {
    return { do: 'pause', reason: 'waiting_for_person', message: waitingFor(blocked) }
  }
  const isOutage = untouched(state, blocked)
  const reason = isOutage ? 'service_unavailable' : causeOf(failed, blocked)
  switch (STAGES[failed].onFailure) {
    case 'stop':
      // Only backup has such deeds; what it saved is a copy and stays.
      if (deedsToUndo(state, 'migrate').length > 0) return { do: 'roll-back', cause: reason, scope: 'migrate' }
      return { do: 'end', status: isOutage ? 'UNAVAILABLE' : 'FAILED', reason, message }
    case 'undo':
      return { do: 'roll-back', cause: reason, scope: 'migrate' }
    case 'ask':
      if (state.plan.monitor?.onFailure === 'rollback') return backOrAsk(state, reason, message, paged)
      return paged ? { do: 'end', status: 'FAILED', reason, message } : { do: 'page', message }
    default:
      return backOrAsk(state, reason, message, paged)
  }
}

/** Why nothing rolls back by itself with `code: ask`. */
export const LEFT_TO_A_PERSON = 'the checklist leaves the rollback to a person (`rollback: { code: ask }`)'

/** Beside another cause, or behind an action, that something does not answer is no outage but what failed there. */
const causeOf = (failed: ForwardStage, blocked: readonly DeedState[]): Reason =>
  blocked
    .map(({ settled }) => settled?.reason)
    .find(reason => reason !== undefined && reason !== 'service_unavailable') ?? REASON[failed]

function backOrAsk({ plan }: State, cause: Reason, message: string, paged: boolean): Step {
  if (plan.rollback.code === 'auto') return { do: 'roll-back', cause, scope: 'all' }
  return handedOver(plan, cause, `${message}; ${LEFT_TO_A_PERSON}`, paged)
}

/** What ends with a person's turn calls one first, where the checklist says how. */
const handedOver = ({ monitor }: Plan, reason: Reason, message: string, paged: boolean): Step =>
  paged || monitor?.page === undefined
    ? { do: 'end', status: 'FAILED', reason, message }
    : { do: 'page', message: `${REASONS[reason]}: ${message}` }

// Nothing was touched and something outside did not answer: that is no verdict on the release.
const untouched = (state: State, blocked: readonly DeedState[]): boolean =>
  !state.acted && blocked.length > 0 && blocked.every(({ settled }) => settled?.reason === 'service_unavailable')

function afterRollback({ deeds, plan }: State, rollback: RollbackState, byHand: boolean, paged: boolean): Step {
  const { ended, scope, cause } = rollback
  if (ended === undefined) return { do: 'roll-back', cause, scope }
  if (ended.verified && byHand) return { do: 'end', status: 'SUCCESS', reason: 'ok', message: '' }
  if (ended.verified && scope === 'all')
    return { do: 'end', status: 'ROLLED_BACK', reason: cause, message: ended.detail }
  const stuck = [...deeds.values()].some(({ stage, settled }) => stage === 'rollback' && settled?.outcome !== 'pass')
  if (scope === 'all' || stuck) return handedOver(plan, 'rollback_failed', ended.detail, paged)
  return { do: 'end', status: 'FAILED', reason: cause, message: ended.detail }
}

function success(state: State): Step {
  const failed = [...state.deeds.values()].filter(({ settled }) => settled && settled.outcome !== 'pass')
  const partial = failed.some(({ settled }) => settled?.outcome !== 'skip' && settled?.outcome !== 'degraded')
  return partial
    ? { do: 'end', status: 'PARTIAL', reason: 'optional_failed', message: `optional: ${failed.map(say).join('; ')}` }
    : { do: 'end', status: 'SUCCESS', reason: 'ok', message: '' }
}

/** What kept a stage from passing: settled items that block and are not optional. */
export function blockersOf({ plan, deeds }: State, stage: ForwardStage): readonly DeedState[] {
  return plan.stages[stage].flatMap(item => {
    const run = deeds.get(`${stage}|${item.id}|run`)
    return run !== undefined && blocks(item, run) ? [run] : []
  })
}

export function blocks(item: PlannedItem, { settled }: DeedState): boolean {
  if (settled === undefined) return true
  if (['pass', 'degraded', 'skip'].includes(settled.outcome)) return false
  return !item.optional
}

const say = ({ item, settled }: DeedState): string =>
  `${item} ${settled?.outcome ?? 'unknown'} (${settled?.detail ?? ''})`
const waitingFor = (blocked: readonly DeedState[]): string =>
  `waiting for a person: ${blocked.map(({ item, settled }) => `${item} (${settled?.detail ?? ''})`).join('; ')}`
