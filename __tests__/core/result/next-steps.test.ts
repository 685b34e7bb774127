import { expect, test } from '@jest/globals'
import { nextSteps } from '../../../src/core/result/next-steps.js'
import type { Told } from '../../../src/core/result/verdict-line.js'

const key = { repository: 'o/shop', checklist: 'shop', environment: 'production' }
const told = (status: string, purpose: string) =>
  ({
    ...{ status, reason: 'unknown_effect', wayBack: null, previous: null, rollback: null, waitingFor: [] },
    execution: { id: 'e5', key, purpose, undoesExecutionId: 'e4', rolledBack: false },
    stages: [{ name: 'rollback', items: [{ effect: 'action', deed: 'undo', outcome: 'pass' }] }]
  }) as unknown as Told

test.each([
  ['WAITING', 'deploy', /x run --resume --environment production/],
  ['WAITING', 'rollback', /x rollback e4/],
  ['CANCELLED', 'rollback', /x rollback e4|Nothing was touched/]
])('%s of a %s is gone on with by its own command', (status, purpose, step) => {
  expect(nextSteps(told(status, purpose), { program: 'x' }).join('\n')).toMatch(step)
})
