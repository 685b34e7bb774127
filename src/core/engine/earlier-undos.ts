import type { PlannedItem } from '../item.js'
import { shellNames } from '../names.js'
import { deedKey, type State } from './state.js'

/**
 * The undone execution with what its own rollback and later ones of it, oldest first, have taken back: that is not taken
 * back twice. An item's newest undo decides. Where it depends on what should be live it counts only if it led to the
 * execution `to`: after a way to another release it is that one which runs, or half of it.
 */
export function withEarlierUndos(undone: State, later: readonly State[], to: string): State {
  const items = Object.values(undone.plan.stages).flat()
  const leading = new Set(items.filter(leadsSomewhere(undone)).map(({ id }) => id))
  const deeds = new Map([...undone.deeds].filter(([, { deed }]) => deed === 'run'))
  for (const { rollback, deeds: did } of [undone, ...later])
    for (const deed of [...did.values()].filter(({ deed }) => deed === 'undo')) {
      const key = deedKey(deed.stage, deed.item, deed.deed)
      const counts = deed.settled?.outcome === 'pass' && (rollback?.toExecution === to || !leading.has(deed.item))
      if (counts) deeds.set(key, deed)
      else deeds.delete(key)
    }
  return { ...undone, deeds }
}

/** A script may read DEPLOY_PREVIOUS_COMMIT without its command saying so: of deploy every undo is taken to. */
const leadsSomewhere =
  ({ plan }: State) =>
  (item: PlannedItem): boolean =>
    plan.stages.deploy.includes(item) || shellNames(item.undo ?? '').includes('DEPLOY_PREVIOUS_COMMIT')
