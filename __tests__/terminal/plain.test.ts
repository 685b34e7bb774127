import { expect, test } from '@jest/globals'
import type { EventBody } from '../../src/core/events.js'
import { movesLines, painted, paintFor, wantsColour } from '../../src/terminal/paint.js'
import { openTerminal } from '../../src/terminal/terminal.js'
import { fakeClock } from '../fakes/clock.js'
import { chain, ended, intent, opened, outcome, record, rolledBack, started, success } from '../report/sample.js'

function open({ grouped = false, colour = false } = {}) {
  const written: string[] = []
  const clock = fakeClock()
  const actions = {
    start: (name: string) => void written.push(`::group::${name}\n`),
    end: () => void written.push('::endgroup::\n')
  }
  const stdout = { write: (text: string) => written.push(text) }
  const terminal = openTerminal({
    stdout,
    isTTY: false,
    columns: () => 80,
    clock,
    colour,
    ...(grouped ? { actions } : {})
  })
  const see = (...bodies: readonly EventBody[]) => {
    for (const event of chain(bodies)) terminal.seen(event, record)
  }
  return { terminal, clock, see, lines: () => written.join('').split('\n').slice(0, -1) }
}

test('each thing is one line with its time', () => {
  const { see, lines } = open()
  see(...success)
  expect(lines()).toContain('[10:00:04] backup/main pass 2.1 s restored and found identical')
  expect(lines()).toContain('[10:00:03] backup started')
  expect(lines().filter(line => !/^\[\d\d:\d\d:\d\d\] \S/.test(line))).toEqual([])
})

test('a failure has its hint in the same line', () => {
  const { see, lines } = open()
  see(...rolledBack)
  expect(lines()).toContain(
    '[10:00:09] smoke-test/health fail 30 s status 500, expected 2xx → Look at the log of the service.'
  )
  expect(lines()).toContain('[10:00:12] undo of deploy/deploy started')
})

test('in Actions each stage is a group that is closed before its verdict, and none stays open', () => {
  const { terminal, see, lines } = open({ grouped: true })
  see(opened, started('preflight'), intent('preflight', 'preflight/a'), started('backup'), intent('backup', 'backup/a'))
  terminal.close()
  terminal.close()
  expect(lines().filter(line => line.startsWith('::'))).toEqual([
    '::group::preflight',
    '::endgroup::',
    '::group::backup',
    '::endgroup::'
  ])
  const whole = open({ grouped: true })
  whole.see(...success)
  const at = whole.lines().indexOf('[10:00:02] preflight passed in 0.9 s')
  expect(whole.lines()[at - 1]).toBe('::endgroup::')
  expect(whole.lines().filter(line => line.startsWith('::group'))).toHaveLength(5)
  expect(whole.lines().filter(line => line.startsWith('::end'))).toHaveLength(5)
})

test('a stage without items is no group and no line, and one that fails is told', () => {
  const { see, lines } = open({ grouped: true })
  see(started('monitor'), ended('monitor'))
  expect(lines()).toEqual([])
  see(started('monitor'), ended('monitor', false))
  expect(lines()).toEqual([
    '::group::monitor',
    expect.stringMatching(/started$/),
    '::endgroup::',
    expect.stringMatching(/monitor failed/)
  ])
})

test('a program that prints opens the group of its stage', () => {
  const { terminal, see, lines } = open({ grouped: true })
  see(started('deploy'))
  terminal.line('deploy', 'deploy/a', 'x')
  expect(lines()).toEqual(['::group::deploy', '[10:00:00] deploy started', '[10:00:00] deploy/a | x'])
})

test.each(['::error::x', '##[error]x', '  ::set-output name=a::b', '\r::stop-commands::x'])(
  '%j of a program is no command',
  text => {
    const { terminal, see, lines } = open({ grouped: true })
    terminal.line('deploy', 'deploy/a', text)
    see(outcome({ stage: 'deploy', item: 'deploy/a', outcome: 'fail', detail: text, hint: text }))
    expect(lines().filter(line => /^\s*::/.test(line) || line.includes('##['))).toEqual([])
  }
)

test('long work is told every ten seconds', async () => {
  const { terminal, clock, lines } = open()
  for (let step = 0; step <= 25; step += 1) {
    terminal.progress('backup', 'backup/main', { what: 'dump', done: step * 1e6, total: undefined, unit: 'bytes' })
    await clock.turn(1000)
  }
  expect(lines()).toEqual(['[10:00:10] backup/main dump 10 MB', '[10:00:20] backup/main dump 20 MB'])
})

test('words of our own come as they are, and an aside is only done', async () => {
  const { terminal, lines } = open()
  terminal.say('x')
  expect(await terminal.aside(async () => 7)).toBe(7)
  expect(lines()).toEqual(['x'])
})

test.each([
  ['a terminal', { isTTY: true, env: {} }, true, true],
  ['a file', { isTTY: false, env: {} }, false, false],
  ['a dumb terminal', { isTTY: true, env: { TERM: 'dumb' } }, false, false],
  ['NO_COLOR', { isTTY: true, env: { NO_COLOR: '1', FORCE_COLOR: '1' } }, false, true],
  ['an empty NO_COLOR', { isTTY: true, env: { NO_COLOR: '' } }, true, true],
  ['FORCE_COLOR in a file', { isTTY: false, env: { FORCE_COLOR: '1' } }, true, false],
  ['FORCE_COLOR=0', { isTTY: true, env: { FORCE_COLOR: '0' } }, false, true],
  ['CI with a terminal', { isTTY: true, env: { CI: 'true' } }, true, false]
])('%s', (_, surroundings, colour, moves) => {
  expect([wantsColour(surroundings), movesLines(surroundings)]).toEqual([colour, moves])
})

test('paint is closed behind the text, and nothing is painted where there is nothing', () => {
  expect(painted('red', 'x')).toBe('\u001b[31mx\u001b[39m')
  expect(painted('red', '')).toBe('')
  expect(paintFor(false)('red', 'x')).toBe('x')
  const { see, lines } = open({ colour: true })
  see(outcome({ stage: 'deploy', item: 'a', outcome: 'fail' }))
  expect(lines()[0]).toContain('\u001b[31ma fail')
})
