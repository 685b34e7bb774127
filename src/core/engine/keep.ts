import type { PlannedItem } from '../item.js'
import { isObject } from '../json.js'
import type { MigrationRecord } from '../records.js'
import { databaseOf, type RollbackOrder, type RollbackTools } from './rollback-order.js'
import { contextOf, fill, guarded } from './run-item.js'
import type { Shift } from './run-stage.js'
import type { DeedState } from './state.js'
import { doneOf } from './undo.js'

/** Why an effect stays although the release goes back: the policy forbids it, or there is no undo. */
export async function reasonToKeep(
  item: PlannedItem,
  deed: DeedState,
  order: RollbackOrder,
  shift: Shift,
  tools: RollbackTools
) {
  const kind = shift.workshop.kinds.get(item.kind)
  if (item.undo === undefined && kind?.undo === undefined) return `${item.id} has no \`undo\`: what it changed stays`
  if (deed.stage !== 'migrate') return undefined
  if (item.undo === undefined && lacksDown(deed.settled?.migration))
    return `${item.id} has no \`undo\` and not every file has a down file: the schema stays`
  const { schema } = order.undoing.plan.rollback
  const how =
    item.undo === undefined ? '' : `; by hand: SCHEMA_BEFORE=${deed.settled?.migration?.before ?? '…'} ${item.undo}`
  if (schema === 'never') return `the schema stays, because the checklist says \`schema: never\`${how}`
  if (schema === 'auto' || tools.errand.acceptedLoss.includes(databaseOf(deed, order))) return undefined
  const assessed = await assess(item, deed, shift)
  if (assessed.lossless) return undefined
  return `the schema stays, because undoing ${item.id} would lose ${assessed.losses.join(', ')}${how}`
}

// A command without an `undo` has no down files either.
const lacksDown = (record: MigrationRecord | undefined): boolean => {
  if (record === undefined) return false
  const downs = record.catalog['downs']
  return record.applied.length === 0 || record.applied.some(({ file }) => !isObject(downs) || !(file in downs))
}

/** Lossless only when the kind says so; not being able to tell is not lossless. */
async function assess(item: PlannedItem, deed: DeedState, { workshop, bench, journal }: Shift) {
  const kind = workshop.kinds.get(item.kind)
  const filled = kind === undefined ? undefined : fill(item, kind, bench)
  const unknown = (why: string) => ({ lossless: false, losses: [why] })
  if (kind?.assess === undefined || filled === undefined || 'outcome' in filled) return unknown('what nobody can count')
  const context = contextOf(item, 'undo', bench, workshop, journal, workshop.signal)
  try {
    return await kind.assess(filled.spec, context, doneOf(deed))
  } catch (error) {
    const { detail } = await guarded(workshop, item.id, () => Promise.reject(error))
    return unknown(`what could not be counted (${detail})`)
  }
}
