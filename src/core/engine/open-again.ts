import type { Finding } from '../item.js'
import { type Back, probeBench, type RollbackOrder, type RollbackTools } from './rollback-order.js'
import { contextOf, fill, guarded } from './run-item.js'
import type { Shift } from './run-stage.js'
import { type DeedState, mayRunAgain, type State } from './state.js'

/**
 * A backup that was cut off may have left its database shut to everybody. Before anything is undone its kind puts that
 * right, and a way back that could not see to it stops: nobody could reach what it would call verified.
 */
export async function openAgain(order: RollbackOrder, shift: Shift, tools: RollbackTools): Promise<Back | undefined> {
  for (const deed of brokenBackups(order.undoing)) {
    const { outcome, detail } = await cleanedUp(deed, order, shift, tools)
    if (outcome !== 'pass')
      return {
        kind: 'stuck',
        detail: `${deed.item} did not end well, and what it left could not be put right: ${detail}`
      }
    shift.workshop.say(deed.item, `it did not end well; before anything is undone: ${detail}`)
  }
  return undefined
}

/** What an earlier process has settled as without effect, it has put right already. */
const brokenBackups = ({ deeds }: State): readonly DeedState[] =>
  [...deeds.values()].filter(
    deed =>
      deed.stage === 'backup' &&
      deed.deed === 'run' &&
      deed.intended &&
      deed.settled?.outcome !== 'pass' &&
      !mayRunAgain(deed)
  )

/** Asked of the kind itself: neither an item's own `probe` nor a person opens a database. */
async function cleanedUp(
  { item: id, notes }: DeedState,
  order: RollbackOrder,
  shift: Shift,
  tools: RollbackTools
): Promise<Finding> {
  const { workshop, journal } = shift
  const item = order.undoing.plan.stages.backup.find(found => found.id === id)
  const kind = item && workshop.kinds.get(item.kind)
  // A command that saves something closes nothing that we know of.
  if (item === undefined || kind?.onlySaves !== true || kind.probe === undefined) return NOTHING
  const bench = { ...probeBench(order, shift, tools), stage: 'backup' as const }
  return await guarded(workshop, id, async () => {
    const filled = fill(item, kind, bench)
    if ('outcome' in filled) return filled
    const context = { ...contextOf(item, 'run', bench, workshop, journal, workshop.signal), notes }
    const { took, detail } = (await kind.probe?.(filled.spec, context)) ?? { took: 'unknown', detail: '' }
    return { outcome: took === 'unknown' ? 'unknown' : 'pass', detail }
  })
}

const NOTHING: Finding = { outcome: 'pass', detail: 'it is a command, and closes nothing' }
