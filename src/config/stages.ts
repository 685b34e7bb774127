import { canFail } from '../core/can-fail.js'
import type { AnyKind, PlannedItem } from '../core/item.js'
import { isObject, type Json } from '../core/json.js'
import { FORWARD_STAGES, type ForwardStage, STAGES } from '../core/stages.js'
import { listIn, memberOf } from './declarations.js'
import { type Reading, readItem } from './item.js'
import type { Path, Problems } from './problems.js'

/** An item and where it stands. */
export type Placed = Readonly<{ stage: ForwardStage; item: PlannedItem; path: Path; raw: Json }>

/** `complete`: no item was left out that might have declared or captured a name. */
export type Items = Readonly<{ placed: readonly Placed[]; complete: boolean }>

/** Every item of every stage that can be read; what is wrong with the others, and with the stages, is reported. */
export function readStages(raw: Json, reading: Reading): Items {
  const stages = memberOf(raw, 'stages')
  const placed: Placed[] = []
  let complete = true
  for (const stage of FORWARD_STAGES) {
    const { items, path } = itemsIn(stages, stage)
    const read = items.flatMap((each, index): Placed[] => {
      const place = [...path, index]
      const item = readItem(each, { stage, path: place }, reading)
      if (item === undefined && mayName(each, reading.kinds)) complete = false
      return item === undefined ? [] : [{ stage, item, path: place, raw: each }]
    })
    if (read.length === items.length) mustBeAbleToFail(stage, read, path, reading.problems)
    placed.push(...read)
  }
  idsOnce(placed, reading.problems)
  answersInTime(placed, reading.problems)
  return { placed, complete }
}

/** The raw items of a stage; those of monitor lie one level deeper. */
function itemsIn(stages: Json, stage: ForwardStage): Readonly<{ items: readonly Json[]; path: Path }> {
  if (stage !== 'monitor') return { items: listIn(stages, stage), path: ['stages', stage] }
  return { items: listIn(memberOf(stages, stage), 'items'), path: ['stages', stage, 'items'] }
}

const mayName = (raw: Json, kinds: readonly AnyKind[]): boolean =>
  isObject(raw) && kinds.some(kind => Object.hasOwn(raw, kind.name) && (kind.declares ?? kind.captures) !== undefined)

/** Checks that may all fail without consequence prove nothing; actions may be skipped, with their reasons on record. */
function mustBeAbleToFail(stage: ForwardStage, read: readonly Placed[], path: Path, problems: Problems): void {
  if (read.length === 0 || read.some(({ item }) => canFail(item))) return
  if (STAGES[stage].acts && read.every(({ item }) => item.skip !== undefined)) return
  problems.add(path, `expected an item that can fail ${stage}, found only optional or skipped ones, or a wait`, 'key')
}

/** Behind an action something is half done while a person is waited for: how long is said, and silence is a no. */
function answersInTime(placed: readonly Placed[], problems: Problems): void {
  const first = placed.findIndex(({ item }) => item.effect === 'action' && item.skip === undefined)
  if (first < 0) return
  const action = placed[first]?.item.id
  for (const { item, path } of placed.slice(first + 1)) {
    if (item.kind !== 'manual' || item.skip !== undefined || item.timeoutMs !== undefined) continue
    const problem = `expected a timeout at a manual item behind an action (${action}), found none: nobody who answers by then is a no, and with optional: true it goes on`
    problems.add([...path, 'manual'], problem)
  }
}

function idsOnce(placed: readonly Placed[], problems: Problems): void {
  const first = new Map<string, Placed>()
  for (const each of placed) {
    const other = first.get(each.item.id)
    if (other === undefined) first.set(each.item.id, each)
    else {
      const line = other.item.at.line
      problems.add(
        each.path,
        `expected an id of its own, found ${each.item.id} as in line ${line}: give one of them a name`
      )
    }
  }
}
