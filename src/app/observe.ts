import type { Journal } from '../core/engine/journal.js'
import { refused } from '../core/errors.js'
import type { Plan } from '../core/plan.js'
import type { Ledger } from '../core/ports.js'
import { FORWARD_STAGES, type ForwardStage } from '../core/stages.js'
import { create } from './begin.js'
import { demandValues } from './guards.js'
import { lastGood, type Prepared, planFor, previousOf } from './prepare.js'
import type { Shop } from './shop.js'

const TRIES = 50

/** Only the checks, without the lock, recorded as what it is. */
export async function observe(prepared: Prepared, ledger: Ledger, shop: Shop): Promise<Journal> {
  for (let tries = 1; tries <= TRIES; tries++) {
    const whole = await planFor(prepared, shop, previousOf(await lastGood(ledger, prepared.key)))
    const plan = { ...whole, stages: onlyChecks(whole.stages) }
    demandValues(plan, FORWARD_STAGES, shop, 'none')
    const survey = await ledger.survey(prepared.key)
    const begun = {
      plan,
      identity: prepared.identity,
      purpose: 'observe',
      hold: false,
      applied: survey.newest?.applied ?? {}
    } as const
    const journal = await create(begun, survey, ledger, shop)
    if (journal !== undefined) return journal
  }
  throw refused('ledger_unavailable', 'the ledger changed each time this run tried to write to it', 'Try again.')
}

// Nobody is asked for a sign-off by a run that only looks.
const onlyChecks = (stages: Plan['stages']): Plan['stages'] => {
  const checks = (stage: ForwardStage) =>
    stages[stage].filter(({ effect, kind }) => effect === 'check' && kind !== 'manual' && kind !== 'wait')
  return {
    preflight: checks('preflight'),
    backup: checks('backup'),
    migrate: checks('migrate'),
    deploy: checks('deploy'),
    'smoke-test': checks('smoke-test'),
    monitor: checks('monitor')
  }
}
