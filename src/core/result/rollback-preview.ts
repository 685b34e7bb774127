import { deedsToUndo } from '../engine/deeds-to-undo.js'
import type { RollbackState, State } from '../engine/state.js'
import type { ExecutionRecord } from '../execution.js'
import type { Objection } from '../ports.js'
import type { Receipt } from '../records.js'
import { secondsBack } from './seconds-back.js'
import { undoOf, type WayBack, type WayBackFacts } from './way-back.js'

/** One thing that would be taken back. `undo`: how, in words or as the command's text; undefined: it stays. */
export type UndoStep = Readonly<{
  item: string
  stage: string
  undo: string | undefined
  /** On what it depends, or why it stays; absent where there is nothing to say. */
  but?: string
}>

/** What a rollback would do: from where, to what, in which order, how it is proven. */
export type RollbackPreview = Readonly<{
  undone: Pick<ExecutionRecord, 'id' | 'number' | 'key' | 'commit' | 'status'>
  /** What would be live afterwards; undefined: nothing that succeeded came before it. */
  target: Readonly<{ execution: string; commit: string; proof: readonly string[] }> | undefined
  steps: readonly UndoStep[]
  restores: readonly Receipt[]
  /** What would refuse the restores now, before anything is undone. */
  obstacles: readonly Objection[]
  acceptedLoss: readonly string[]
  wayBack: WayBack
}>

/** What is still to be taken back, in that order. A database that is restored needs no undo of its migrations. */
export function undoSteps(
  state: State,
  facts: WayBackFacts,
  { restore, acceptLoss }: Readonly<{ restore: RollbackState['restore']; acceptLoss: readonly string[] }>
): readonly UndoStep[] {
  const items = Object.values(facts.plan.stages).flat()
  return deedsToUndo(state, 'all')
    .filter(({ settled }) => !restore.includes(settled?.migration?.database ?? ''))
    .map(({ item, stage, settled }) => {
      const planned = items.find(({ id }) => id === item)
      const undo = planned && undoOf(planned, stage, facts)
      if (undo === undefined || stage !== 'migrate') return { item, stage, undo }
      return { item, stage, ...asPolicySays(undo, facts, acceptLoss.includes(settled?.migration?.database ?? '')) }
    })
}

/** A schema goes back as far as the checklist lets it (core/engine/keep.ts is the rule itself). */
function asPolicySays(
  undo: string,
  { plan: { rollback } }: WayBackFacts,
  accepted: boolean
): Omit<UndoStep, 'item' | 'stage'> {
  if (rollback.schema === 'never') return { undo: undefined, but: 'the checklist says `schema: never`' }
  return rollback.schema === 'auto' || accepted ? { undo } : { undo, but: 'only if nothing would be lost' }
}

export type PathFacts = Pick<RollbackPreview, 'target' | 'steps' | 'restores'> &
  Readonly<{ lastRollbackSeconds?: number }>

/** How this very rollback would go, where `wayBackOf` says how one could. */
export function pathBack({ target, steps, restores, lastRollbackSeconds: last }: PathFacts): WayBack {
  const to = { toCommit: target?.commit ?? '', restores: restores.map(({ subject }) => subject) }
  const unproven = whyUnproven(target, steps)
  if (unproven !== '') return { ...to, kind: 'none', seconds: null, measured: '', loss: null, because: unproven }
  if (restores.length > 0) {
    const kind = restores.some(({ proof }) => proof === 'snapshot') ? 'swap' : 'restore'
    return { ...to, ...secondsBack(restores), kind, loss: null, because: 'it was asked for by name' }
  }
  const undone = steps.filter(({ stage, undo }) => stage === 'migrate' && undo !== undefined)
  const stays = steps.filter(({ stage, undo }) => stage === 'migrate' && undo === undefined)
  const time = { seconds: last ?? null, measured: last === undefined ? '' : 'the last rollback here' }
  if (undone.length > 0) return { ...to, ...time, kind: 'undo', loss: null, because: `${namesOf(undone)} is undone` }
  const because = stays.length > 0 ? `${namesOf(stays)} stays as it is` : 'no migration to undo'
  return { ...to, ...time, kind: 'code', loss: 0, because }
}

/** Why a rollback could do what it can, and would not be called verified. */
function whyUnproven(target: RollbackPreview['target'], steps: readonly UndoStep[]): string {
  if (target === undefined) return 'nothing that succeeded came before it, so that nothing could prove it'
  if (target.proof.length === 0) return `${target.execution} stored no smoke test that could prove it`
  const deployed = steps.filter(({ stage }) => stage === 'deploy')
  return deployed.length > 0 && deployed.every(({ undo }) => undo === undefined)
    ? `${namesOf(deployed)} has no undo, so that the release stays`
    : ''
}

const namesOf = (steps: readonly UndoStep[]): string => steps.map(({ item }) => item).join(', ')
