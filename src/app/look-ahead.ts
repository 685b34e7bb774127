import { benchFor, builtIns, liveOf } from '../core/engine/bench.js'
import type { Journal } from '../core/engine/journal.js'
import { leftBehind } from '../core/engine/left-behind.js'
import { runItems } from '../core/engine/run-stage.js'
import type { PlannedItem } from '../core/item.js'
import { asked, resolveNames } from '../core/names.js'
import type { Plan } from '../core/plan.js'
import type { ForwardStage } from '../core/stages.js'
import type { Shop } from './shop.js'
import { workshopFor } from './workshop.js'

/**
 * Runs these items of a stage before the gate; `others` are run here too, by another call. True when nothing blocks so
 * far; one that failed is the end of its stage.
 */
export async function lookAhead(
  journal: Journal,
  items: readonly PlannedItem[],
  stage: ForwardStage,
  shop: Shop,
  others: readonly PlannedItem[] = []
): Promise<boolean> {
  const { plan } = journal.state
  const workshop = workshopFor(plan, shop)
  const errand = { folder: shop.host.folder, acceptedLoss: [], ahead: true } as const
  const bench = benchFor(stage, journal, workshop, errand, { plan, live: liveOf(plan) })
  const began = shop.clock.now().getTime()
  const passed = await runItems(items, { bench, workshop, journal }, stage === 'preflight')
  if (shop.signal.aborted) {
    const why = `the run was cancelled (${String(shop.signal.reason)})`
    await journal.commit(...leftBehind(journal.state, why, why))
    return true
  }
  const here = new Set([...items, ...others].map(({ id }) => id))
  const later = plan.stages[stage].map(({ id }) => id).filter(id => !here.has(id))
  if (later.length > 0) shop.terminal.say(`Left to the job behind the gate: ${later.join(', ')}.`)
  if (passed) {
    await journal.commit()
    return true
  }
  const durationMs = shop.clock.now().getTime() - began
  journal.keep({ type: 'stage-started', stage })
  await journal.commit({ type: 'stage-ended', stage, passed, durationMs })
  return false
}

/** Items whose names have no value here; an `env` item only declares its names, and looks whether they have one. */
export function lackingIn(plan: Plan, stage: ForwardStage, { kinds, host }: Shop): readonly string[] {
  const known = builtIns('none', plan.key.environment, liveOf(plan))
  const { values, missing } = resolveNames({ plan, kinds, stages: [stage], env: host.env, builtIns: known })
  const undeclared = plan.stages[stage].filter(item =>
    asked(item, kinds, 'declares').some(name => !Object.hasOwn(values, name))
  )
  return [...missing.flatMap(({ by }) => by), ...undeclared.map(({ id }) => id)]
}
