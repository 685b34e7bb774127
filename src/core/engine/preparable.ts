import { namesIn } from '../interpolate.js'
import type { AnyKind, PlannedItem } from '../item.js'
import { asked, shellNames, textsOf } from '../names.js'

/** Kinds that are settled by somebody or by time: there is nothing to look at ahead of them. */
const NOT_AHEAD = ['manual', 'wait']

/**
 * The checks of preflight that may be looked at before the gate, in their order; what is left out is looked at behind it.
 * Left out is what lacks a value here (`lacking`, by item), what waits for a person, whatever stands behind an action,
 * since that may be what it looks at, and what needs a capture of one that was left out. With `asks` people can be asked
 * here, and are.
 */
export function preparable(
  items: readonly PlannedItem[],
  lacking: readonly string[],
  kinds: readonly AnyKind[],
  people?: 'asks'
): readonly PlannedItem[] {
  const notAhead = NOT_AHEAD.filter(kind => people === undefined || kind !== 'manual')
  const unknown = new Set<string>()
  const chosen: PlannedItem[] = []
  for (const item of items) {
    if (item.skip !== undefined) chosen.push(item)
    else if (item.effect === 'action') return chosen
    else if (notAhead.includes(item.kind) || lacking.includes(item.id) || mentions(item, unknown, kinds)) {
      for (const name of asked(item, kinds, 'captures')) unknown.add(name)
    } else chosen.push(item)
  }
  return chosen
}

const mentions = (item: PlannedItem, names: ReadonlySet<string>, kinds: readonly AnyKind[]): boolean =>
  textsOf(item, kinds).some(({ text, shell }) =>
    (shell ? shellNames(text) : namesIn(text).map(({ name }) => name)).some(name => names.has(name))
  )

/**
 * The items of backup that may be made before the gate: checks and what only saves, up to the first other action, which
 * may be what has to come before it (stopping who writes).
 */
export function savableAhead(
  items: readonly PlannedItem[],
  lacking: readonly string[],
  kinds: readonly AnyKind[]
): readonly PlannedItem[] {
  const saves = (item: PlannedItem) => kinds.find(({ name }) => name === item.kind)?.onlySaves === true
  const asChecks = items.map(item => (saves(item) ? { ...item, effect: 'check' as const } : item))
  const chosen = new Set(preparable(asChecks, lacking, kinds).map(({ id }) => id))
  return items.filter(({ id }) => chosen.has(id))
}
