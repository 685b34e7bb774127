import { proofOf } from '../core/can-fail.js'
import { refused } from '../core/errors.js'
import { makePlan } from '../core/plan.js'
import { create } from './begin.js'
import { demandValues } from './guards.js'
import { lastGood, planFor, prepare, previousOf } from './prepare.js'
import type { Request } from './request.js'
import { work } from './run.js'
import type { Shop } from './shop.js'

/**
 * Records a system that is live already, so that a later rollback has somewhere to go: runs today's smoke test against it,
 * refuses when that fails, and keeps it under that commit. Returns the execution's id.
 */
export async function adopt(request: Request, shop: Shop): Promise<string> {
  const commit = await wholeCommit(request.commit, shop)
  const prepared = await prepare(shop, request)
  const ledger = await shop.ledger()
  const { checklist } = prepared
  const proof = checklist.stages['smoke-test']
  if (proofOf(proof).length === 0)
    throw refused(
      'usage',
      `${prepared.file} has no smoke-test that could prove what is live`,
      'Write at least one item that can fail and asks nobody.'
    )
  const nothing = { preflight: [], backup: [], migrate: [], deploy: [], monitor: [] }
  const { monitor: _, release: __, ...rest } = checklist
  const only = { ...rest, stages: { ...nothing, 'smoke-test': proof } }
  const now = await planFor({ ...prepared, checklist: only }, shop, previousOf(await lastGood(ledger, prepared.key)))
  // Nothing is deployed, so that nobody has to agree.
  const { gate: ___, ...rules } = now.rules
  const plan = makePlan(only, { ...now, rules, commit, release: commit })
  demandValues(plan, ['smoke-test'], shop, 'none')
  const survey = await ledger.survey(prepared.key)
  if (survey.holder !== undefined)
    throw refused(
      'environment_held',
      `${prepared.key.environment} is held by ${survey.holder.id} (${survey.holder.status})`,
      'Wait for it to end.'
    )
  const begun = {
    plan,
    identity: { ...prepared.identity, commit },
    purpose: 'adopt',
    hold: true,
    applied: survey.newest?.applied ?? {}
  } as const
  const journal = await create(begun, survey, ledger, shop)
  if (journal === undefined)
    throw refused(
      'environment_held',
      'another run took the environment at the same moment',
      'Look at `deploy-checklist history` and try again.'
    )
  await work(request, journal, ledger, shop)
  return journal.record.id
}

async function wholeCommit(named: string, { repository }: Shop): Promise<string> {
  if (!/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(named)) {
    throw refused(
      'usage',
      `--commit is the whole SHA of the commit that is live, found ${JSON.stringify(named)}`,
      'Take it from where it runs, such as with `git rev-parse HEAD` on the server.'
    )
  }
  if (await repository.has(named)) return named.toLowerCase()
  throw refused(
    'no_commit',
    `the repository here has no commit ${named}`,
    'Fetch it first: a rollback has to find it too (`git fetch --unshallow`, or `fetch-depth: 0`).'
  )
}
