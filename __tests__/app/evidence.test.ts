import { expect, test } from '@jest/globals'
import type { Evidence } from '../../src/core/evidence.js'
import { openFileLedger } from '../../src/ledger/file.js'
import { openLiveness } from '../../src/shell/liveness.js'
import { fakeClock } from '../fakes/clock.js'
import { approvedBy, onGitHub } from '../fakes/on-github.js'
import { CHECKLIST, openStand, type Stand } from './stand.js'

const WITH_RULES = `${CHECKLIST}environments:
  staging: {}
  production:
    after: staging
    ci: green
    gate: { reviewers: required, prevent-self-review: true }
`

const passed = { name: 'tests', status: 'completed', conclusion: 'success', suite: '', runId: '' }
const skipped = { ...passed, name: 'docs', conclusion: 'skipped' }

async function evidenceIn({ ledger, records }: Stand): Promise<readonly (Evidence | undefined)[]> {
  const store = openFileLedger({ folder: ledger, clock: fakeClock(), liveness: openLiveness() })
  const newest = (await records()).find(({ key }) => key.environment === 'production')
  const stored = await store.read(newest?.id ?? '')
  await store.close()
  return (stored?.events ?? []).flatMap(({ body }) =>
    body.type === 'opened' || body.type === 'joined' ? [body.evidence] : []
  )
}

test('what was seen of gate, CI and the environment before is kept with the execution', async () => {
  const at = openStand(WITH_RULES)
  await at.does('run --environment staging')
  const [staged] = await at.records()
  const hub = onGitHub({ facts: { checks: [passed, skipped] }, reviews: [approvedBy('ann')] })
  const result = await at.through('run --environment production', hub)
  expect(result).toMatchObject({ status: 'SUCCESS' })
  expect(await evidenceIn(at)).toEqual([
    {
      demands: { reviewers: true },
      gate: {
        kind: 'read',
        reviewers: ['@ann'],
        preventSelfReview: true,
        preventAdminBypass: true,
        waitMs: 0,
        settingsUrl: ''
      },
      ci: { rule: 'green', passed: 1, others: 1 },
      after: {
        environment: 'staging',
        execution: {
          ...{ id: staged?.id, number: 1, status: 'SUCCESS', completedAt: staged?.completedAt, logUrl: '' },
          ...{ smokeTest: { passed: 1, of: 1 }, checkpoints: [], due: [] }
        }
      }
    }
  ])
})

test('where nothing had to be asked, nothing is kept', async () => {
  const at = openStand()
  await at.does('run')
  expect(await evidenceIn(at)).toEqual([undefined])
})
