import { expect, test } from '@jest/globals'
import { nextSteps, rollbackCommand } from '../../../src/core/result/next-steps.js'
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

test('what only this run remembers has no rollback click, and that is said with what would have one', () => {
  const fleeting = { program: 'x', flags: '--ledger run', actions: true, fleeting: true }
  const changed = { ...told('SUCCESS', 'deploy'), stages: STAGES } as unknown as Told
  expect(rollbackCommand(changed, { program: 'x' })).toBe('x rollback e5')
  expect(rollbackCommand(changed, fleeting)).toBe('')
  expect(nextSteps(changed, { program: 'x' })).toEqual([])
  expect(nextSteps(changed, fleeting).join('\n')).toMatch(/this run only.*no rollback click.*contents: write.*env:NAME/)
})

const STAGES = [{ name: 'deploy', items: [{ effect: 'action', deed: 'run', outcome: 'pass' }] }]
