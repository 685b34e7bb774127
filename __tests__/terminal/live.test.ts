import { expect, test } from '@jest/globals'
import type { EventBody } from '../../src/core/events.js'
import { openTerminal } from '../../src/terminal/terminal.js'
import { type FakeClock, fakeClock } from '../fakes/clock.js'
import { chain, ended, intent, opened, outcome, record, rolledBack, started, success } from '../report/sample.js'
import { openScreen, type Screen } from './screen.js'

function open(columns = 80, colour = false) {
  const screen = openScreen(columns)
  const clock = fakeClock()
  const terminal = openTerminal({ stdout: screen, isTTY: true, columns: screen.columns, clock, colour })
  const see = (...bodies: readonly EventBody[]) => {
    for (const event of chain(bodies)) terminal.seen(event, record)
  }
  return { screen, clock, terminal, see }
}
const moving = ({ rows }: Screen) => rows().filter(row => /[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏]/.test(row))
const settle = (clock: FakeClock) => clock.turn(0)

test('a whole run leaves its stages and items, and nothing that moved', async () => {
  const { screen, clock, terminal, see } = open(100)
  see(...success)
  await settle(clock)
  terminal.close()
  expect(moving(screen)).toEqual([])
  expect(
    screen
      .rows()
      .filter(row => /^\S/.test(row))
      .slice(1)
  ).toEqual(['preflight', 'backup', 'migrate', 'deploy', 'smoke-test'])
  expect(screen.rows()).toContain('  ✓ main                       2.1 s  restored and found identical')
  expect(screen.rows().at(-1)).toBe('')
})

test('a stage in which nothing happens leaves nothing', async () => {
  const { screen, clock, terminal, see } = open()
  see(started('backup'))
  await settle(clock)
  expect(screen.rows()).toEqual(['backup', expect.stringMatching(/ 0 ms$/)])
  see(ended('backup'))
  terminal.close()
  expect(screen.rows()).toEqual([''])
})

test('what is at work moves with its time, and stands still above it what is done', async () => {
  const { screen, clock, terminal, see } = open()
  see(opened, started('backup'), intent('backup', 'backup/main'))
  await clock.turn(3_250)
  expect(moving(screen)).toEqual([expect.stringMatching(/ main {2}3\.2 s$/)])
  terminal.progress('backup', 'backup/main', { what: 'restore', done: 12e6, total: 40e6, unit: 'bytes' })
  await clock.turn(100)
  expect(moving(screen)).toEqual([expect.stringMatching(/ main {2}3\.3 s {2}restore 12 MB of 40 MB \(30 %\)$/)])
  see(outcome({ stage: 'backup', item: 'backup/main', outcome: 'pass' }))
  expect(moving(screen)).toEqual([expect.stringMatching(/ 1 of 1 /)])
  terminal.close()
})

test('rows are counted without a total, too', async () => {
  const { screen, clock, terminal, see } = open()
  see(started('backup'), intent('backup', 'backup/main'))
  terminal.progress('backup', 'backup/main', { what: 'fingerprint', done: 1200, total: undefined, unit: 'rows' })
  await clock.turn(100)
  expect(moving(screen)[0]).toMatch(/fingerprint 1,200 rows$/)
  terminal.close()
})

test('checks count as they settle, and a check that reports progress is shown', async () => {
  const { screen, clock, terminal, see } = open()
  see(opened, started('preflight'), outcome({ stage: 'preflight', item: 'preflight/told', outcome: 'pass' }))
  expect(moving(screen)).toEqual([expect.stringMatching(/1 of 2/)])
  terminal.progress('preflight', 'preflight/big', { what: 'read', done: 5, total: 10, unit: 'items' })
  await clock.turn(100)
  expect(moving(screen)).toEqual([expect.stringMatching(/ big .*read 5 items of 10 items \(50 %\)/)])
  terminal.close()
})

test('only some of many items are shown', async () => {
  const { screen, clock, terminal, see } = open()
  see(started('deploy'), ...Array.from({ length: 9 }, (_, index) => intent('deploy', `deploy/web${index}`)))
  await clock.turn(100)
  expect(moving(screen)).toHaveLength(4)
  expect(screen.rows().at(-1)).toBe('    and 5 more')
  terminal.close()
})

test.each([[30], [12], [5], [1]])('a window made %d columns wide leaves no half lines behind', async columns => {
  const { screen, clock, terminal, see } = open(60)
  see(opened, started('deploy'), intent('deploy', 'deploy/a-rather-long-name-of-an-item'), intent('deploy', 'deploy/b'))
  await clock.turn(500)
  const fixed = screen.rows().slice(0, 1).join('').replaceAll(' ', '')
  screen.resize(columns)
  await clock.turn(500)
  expect(moving(screen).length).toBeLessThanOrEqual(2)
  terminal.close()
  expect(moving(screen)).toEqual([])
  expect(screen.rows().join('').replaceAll(' ', '')).toBe(fixed)
})

test('a window made wider is used', async () => {
  const { screen, clock, terminal, see } = open(20)
  see(started('deploy'), intent('deploy', 'deploy/a-rather-long-name-of-an-item'))
  await clock.turn(100)
  expect(moving(screen)[0]).toMatch(/…$/)
  screen.resize(80)
  await clock.turn(100)
  expect(moving(screen)[0]).toMatch(/of-an-item {2}0\.2 s$/)
  terminal.close()
})

test('output of a program stands above what moves, without what would move the cursor', async () => {
  const { screen, clock, terminal, see } = open()
  see(started('deploy'), intent('deploy', 'deploy/a'))
  await settle(clock)
  terminal.line('deploy', 'deploy/a', '\u001b[2J\u001b[31mhello\u001b[0m\r50 %\r100 %')
  terminal.say('two\nlines')
  expect(screen.rows().slice(0, -1)).toEqual(['deploy', '    │ 100 %', 'two', 'lines'])
  terminal.close()
})

test('a failure says what to do below it, and a rollback why it happens', () => {
  const { screen, terminal, see } = open(100)
  see(...rolledBack)
  terminal.close()
  const rows = screen.rows()
  expect(rows).toContain('  ✗ health                      30 s  fail')
  expect(rows).toContain('      status 500, expected 2xx')
  expect(rows).toContain('      → Look at the log of the service.')
  expect(rows).toContain('rolling back to aaaaaaa: the smoke test failed')
  expect(rows).toContain('  ✓ undo of deploy/deploy      0.4 s  redeployed aaaaaaa')
})

test.each<[EventBody, string]>([
  [{ type: 'joined', process: record.process, why: 'resume' }, 'resumed: what was done stays done'],
  [{ type: 'took-over', from: 'x1', by: 'x2' }, 'taken over from x1'],
  [{ type: 'paused', status: 'WAITING', reason: 'waiting_for_person', message: '' }, 'stopped: a person has to decide']
])('%j has its line', (body, line) => {
  const { screen, terminal, see } = open()
  see(body)
  terminal.close()
  expect(screen.rows()).toEqual([line, ''])
})

test('while something is asked nothing moves, and afterwards it goes on', async () => {
  const { screen, clock, terminal, see } = open()
  see(started('preflight'), intent('preflight', 'preflight/a'))
  await clock.turn(100)
  let answer = (_: string) => {}
  const asked = terminal.aside(
    () =>
      new Promise<string>(resolve => {
        answer = resolve
      })
  )
  expect(screen.rows()).toEqual(['preflight', ''])
  const before = screen.raw.length
  await clock.turn(1000)
  expect(screen.raw.slice(before)).toEqual([])
  expect(moving(screen)).toEqual([])
  answer('yes')
  expect(await asked).toBe('yes')
  await clock.turn(100)
  expect(moving(screen)).toHaveLength(1)
  terminal.close()
})

test('a closed terminal draws no more, lets the process end, and may be closed again', async () => {
  const { screen, clock, terminal, see } = open()
  see(started('deploy'), intent('deploy', 'deploy/a'))
  await clock.turn(100)
  terminal.close()
  terminal.close()
  const before = screen.raw.length
  await clock.turn(1000)
  expect(screen.raw.length).toBe(before)
  expect(clock.sleepers()).toBe(0)
})

test('the cursor is never hidden, so that no way to end can leave it so', async () => {
  const { screen, clock, terminal, see } = open(80, true)
  see(...rolledBack.slice(0, -1), ended('rollback'))
  await clock.turn(500)
  terminal.close()
  expect(screen.raw.join('')).not.toContain('?25')
  expect(screen.raw.join('')).toContain('\u001b[32m✓\u001b[39m')
})
