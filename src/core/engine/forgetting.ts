import type { StageName } from '../stages.js'
import type { DeedState, State } from './state.js'

/**
 * A resumed execution goes on: its pause is over, and the checks since the last action are looked at again, because
 * nobody knows how much time has passed. Dangling intents stay, they are the engine's first question.
 */
export function reopened(state: State): State {
  const keys = [...state.deeds.keys()]
  const lastAction = keys.findLastIndex(key => state.deeds.get(key)?.intended === true)
  const deeds = new Map([...state.deeds].slice(0, lastAction + 1))
  const stale = new Set(keys.slice(lastAction + 1).map(key => state.deeds.get(key)?.stage))
  const stages = new Map([...state.stages].filter(([stage]) => !stale.has(stage)))
  return { ...state, deeds, stages, stopped: pauseOver(state.stopped) }
}

/** What these stages found is forgotten, but for how often they tried; `acted` stays true. */
export function expired(state: State, old: readonly StageName[]): State {
  const forgotten = ({ settled: _, ...deed }: DeedState): DeedState => ({ ...deed, intended: false, notes: [] })
  const deeds = [...state.deeds].map(([key, deed]) => [key, old.includes(deed.stage) ? forgotten(deed) : deed] as const)
  return {
    ...state,
    deeds: new Map(deeds),
    stages: new Map([...state.stages].filter(([stage]) => !old.includes(stage)))
  }
}

/** A pause ends when somebody goes on; an end does not. */
export const pauseOver = (stopped: State['stopped']): State['stopped'] =>
  stopped?.type === 'ended' ? stopped : undefined
