import type { MissedDeployment, TakenDeployment } from '../deployments/deployment.js'
import type { Deed, Event, EventBody, RollbackScope } from '../events.js'
import type { Finding, Outcome, SignOff } from '../item.js'
import type { JsonObject } from '../json.js'
import type { Plan } from '../plan.js'
import type { Reason } from '../reasons.js'
import type { MigrationRecord, Receipt } from '../records.js'
import type { StageName } from '../stages.js'
import { expired, pauseOver, reopened } from './forgetting.js'
import { type Lookup, withEntry } from './lookup.js'

type OutcomeBody = Extract<EventBody, { type: 'outcome' }>
type Ended = Extract<EventBody, { type: 'ended' }>
type Paused = Extract<EventBody, { type: 'paused' }>
export type Asked = Omit<Extract<EventBody, { type: 'asked' }>, 'type'>

/** What the journal says of one deed of one item. `settled` is absent while an intent dangles. */
export type DeedState = Readonly<{
  stage: StageName
  item: string
  deed: Deed
  attempt: number
  intended: boolean
  /** How many sign-offs there were when it began: only later ones speak of it. */
  signOffsBefore: number
  notes: readonly JsonObject[]
  settled?: Readonly<{
    outcome: Outcome
    detail: string
    hint: string
    reason?: Reason
    durationMs: number
    receipt?: Receipt
    migration?: MigrationRecord
    evidence?: JsonObject
  }>
}>

export type RollbackState = Readonly<{
  scope: RollbackScope
  cause: Reason
  because: string
  toExecution: string
  toCommit: string
  restore: readonly string[]
  ended?: Readonly<{ verified: boolean; detail: string; remains: readonly string[]; durationMs: number }>
}>

/** What has happened in one execution: the fold of its events, and the only thing that decisions are made from. */
export type State = Readonly<{
  plan: Plan
  stages: Lookup<StageName, 'started' | 'passed' | 'failed'>
  /** Keyed by `deedKey`, in the order of their first event. */
  deeds: Lookup<string, DeedState>
  signOffs: readonly SignOff[]
  /** Where people settle its manual items; absent while nobody was asked. */
  asked?: Asked
  rollback: RollbackState | undefined
  /** Absent while it runs, or once it goes on again. */
  stopped: Ended | Paused | undefined
  /** True once any action's intent is there. */
  acted: boolean
  /** True once the checklist's command for calling a person was begun. */
  paged: boolean
  checkpoints: readonly Extract<EventBody, { type: 'checkpoint' }>[]
  /** What stands for it on GitHub, and the newest reason why GitHub could not be told; absent where there is none. */
  deployment?: TakenDeployment
  deploymentMissed?: MissedDeployment
}>

/** Rollback repeats items of smoke-test under its own stage, and an undo is not its item's run. */
export const deedKey = (stage: StageName, item: string, deed: Deed): string => `${stage}|${item}|${deed}`

/** The plan of one execution, without a fold; its events must begin with `opened`, which every store's read guarantees. */
export function planOf([first]: readonly Event[]): Plan {
  if (first?.body.type !== 'opened') throw new Error('the journal does not begin with its plan')
  return first.body.plan
}

/** Folds the events of one execution; they must begin as `planOf` says. */
export const stateOf = (events: readonly Event[]): State =>
  events.slice(1).reduce<State>((state, { body }) => advance(state, body), startOf(planOf(events)))

export const startOf = (plan: Plan): State => ({
  plan,
  stages: new Map(),
  deeds: new Map(),
  signOffs: [],
  rollback: undefined,
  stopped: undefined,
  acted: false,
  paged: false,
  checkpoints: []
})

/** The state after one more event. */
export function advance(state: State, body: EventBody): State {
  switch (body.type) {
    case 'joined':
      return body.why === 'resume' ? reopened(state) : { ...state, stopped: pauseOver(state.stopped) }
    case 'expired':
      return expired(state, body.stages)
    case 'deployment-taken':
      return { ...state, deployment: body }
    case 'deployment-missed':
      return { ...state, deploymentMissed: body }
    case 'stage-started':
      return { ...state, stages: withEntry(state.stages, body.stage, 'started') }
    case 'stage-ended':
      return { ...state, stages: withEntry(state.stages, body.stage, body.passed ? 'passed' : 'failed') }
    case 'intent':
      return {
        ...state,
        acted: state.acted || body.ahead !== true,
        deeds: withDeed(state, body, deed => intended(deed, body.attempt, state.signOffs.length))
      }
    case 'note':
      return { ...state, deeds: noted(state.deeds, body) }
    case 'outcome':
      return { ...state, deeds: withDeed(state, body, deed => settled(deed, body)) }
    case 'asked':
      return { ...state, asked: { issue: body.issue, url: body.url } }
    case 'signed':
      return { ...state, signOffs: [...state.signOffs, body.signOff] }
    case 'rollback-started': {
      const { type: _, ...rollback } = body
      return { ...state, rollback }
    }
    case 'rollback-ended':
      return state.rollback === undefined ? state : { ...state, rollback: { ...state.rollback, ended: body } }
    case 'ended':
    case 'paused':
      return { ...state, stopped: body }
    case 'told':
      return body.kind === 'page' ? { ...state, paged: true } : state
    case 'checkpoint':
      return { ...state, checkpoints: [...state.checkpoints, body] }
    default:
      return state
  }
}

type Named = Readonly<{ stage: StageName; item: string; deed: Deed }>

function withDeed(state: State, named: Named, change: (deed: DeedState) => DeedState): State['deeds'] {
  const { stage, item, deed } = named
  const key = deedKey(stage, item, deed)
  const before = state.deeds.get(key) ?? {
    stage,
    item,
    deed,
    attempt: 0,
    intended: false,
    signOffsBefore: 0,
    notes: []
  }
  return withEntry(state.deeds, key, change(before))
}

// A second attempt begins with a clean outcome; what the first one noted stays readable for it.
function intended({ settled: _, ...deed }: DeedState, attempt: number, signOffsBefore: number): DeedState {
  return { ...deed, attempt, intended: true, signOffsBefore }
}

function settled(deed: DeedState, body: OutcomeBody): DeedState {
  const { type: _t, stage: _s, item: _i, target: _g, attempt, deed: _d, ...rest } = body
  return { ...deed, attempt: Math.max(attempt, deed.attempt), settled: rest }
}

function noted(deeds: State['deeds'], { item, deed, data }: Extract<EventBody, { type: 'note' }>): State['deeds'] {
  const found = [...deeds].findLast(([, state]) => state.item === item && state.deed === deed)
  if (found === undefined) return deeds
  const [key, state] = found
  return withEntry(deeds, key, { ...state, notes: [...state.notes, data] })
}

/**
 * Actions whose effect nobody knows: an intent without an outcome, or one that was found interrupted and not yet
 * resolved by its probe or a person.
 */
export const unresolved = ({ deeds }: State): readonly DeedState[] =>
  [...deeds.values()].filter(({ intended, settled }) => intended && (settled === undefined || isOpen(settled)))

/** True of an outcome that leaves open whether there was an effect. */
export const isOpen = ({ outcome, evidence }: Pick<Finding, 'outcome' | 'evidence'>): boolean =>
  outcome === 'unknown' && evidence?.['took'] === undefined

/** An interrupted action that was found to have had no effect: it may be run again. */
export const mayRunAgain = ({ settled }: DeedState): boolean =>
  settled?.outcome === 'unknown' && settled.evidence?.['took'] === 'no-effect'

/** What the journal knows of one item's run in its own stage. */
export const runOf = (state: State, stage: StageName, item: string): DeedState | undefined =>
  state.deeds.get(deedKey(stage, item, 'run'))

export const receiptsOf = ({ deeds }: State): readonly Receipt[] =>
  [...deeds.values()].flatMap(({ settled, deed }) => (deed === 'run' && settled?.receipt ? [settled.receipt] : []))

export const migrationsOf = ({ deeds }: State): readonly MigrationRecord[] =>
  [...deeds.values()].flatMap(({ settled, deed }) => (deed === 'run' && settled?.migration ? [settled.migration] : []))
