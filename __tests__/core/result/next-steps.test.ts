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

test.each([
  ['what was to be restored', { restored: ['main', 'log'] }, 'again: x rollback e4 --restore main --restore log'],
  [
    'what it was refused for, said as such',
    { restored: ['main'], wouldLose: ['main'] },
    'again, which gives up the rows that were counted: x rollback e4 --restore main --accept-loss main'
  ]
])('the line after a rollback that stopped asks again for %s', (_, more, line) => {
  const rollback = { verified: false, cause: 'ok', remains: [], ...more }
  const stuck = { ...told('FAILED', 'rollback'), rollback } as unknown as Told
  expect(nextSteps(stuck, { program: 'x' }).at(-1)).toBe(`Then try the way back ${line}`)
})

test('a rollback that was cut off is gone on with by what it was asked for', () => {
  const cut = { ...told('CANCELLED', 'rollback'), rollback: { verified: undefined, restored: ['main'] } }
  expect(nextSteps(cut as unknown as Told, { program: 'x' }).join()).toMatch(/x rollback e4 --restore main/)
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
