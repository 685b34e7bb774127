import { expect, test } from '@jest/globals'
import { runKind } from '../../src/checks/run.js'
import { createRedactor } from '../../src/core/redact/redact.js'
import { systemClock } from '../../src/shell/clock.js'
import { openShell } from '../../src/shell/run.js'
import { lives } from '../shell/running.js'
import { runOf } from './context.js'

const shell = openShell({ redactor: createRedactor(), clock: systemClock() })
const kind = runKind({ shell, baseEnv: { PATH: '/usr/bin:/bin', BASE: 'base' } })

test('a command sees its names and nothing of this process, and its lines come live', async () => {
  const said: string[] = []
  const finding = await runOf(
    kind,
    {
      run: 'echo "$BASE $NAME $OWN ${HOME:-no home}"; exit 3',
      exit: 3,
      env: { OWN: 1 },
      stdout: { equals: 'base declared 1 no home' }
    },
    { names: { NAME: 'declared' }, say: line => said.push(line) }
  )
  expect(finding).toMatchObject({ outcome: 'pass' })
  expect(said).toEqual(['base declared 1 no home'])
})

test('a failure is told with the last line', async () => {
  expect(await runOf(kind, { run: 'echo working; echo "no such host" >&2; exit 2' })).toMatchObject({
    outcome: 'fail',
    detail: 'expected exit 0, found 2: no such host'
  })
})

test('what takes too long is ended with all that it started', async () => {
  const pids: number[] = []
  const finding = await runOf(
    kind,
    { run: 'sleep 300 & echo $!; wait' },
    { timeoutMs: 300, say: line => pids.push(Number(line)) }
  )
  expect(finding).toMatchObject({ outcome: 'fail', detail: expect.stringContaining('no end within 0.3 s') })
  expect(pids).toHaveLength(1)
  expect(pids.filter(lives)).toEqual([])
})

test.each([
  ['echo ready; exec sleep 300', 'check', 'error'],
  ['trap "exit 0" INT; echo ready; while :; do sleep 0.05; done', 'action', 'pass']
] as const)('a cancel while %s runs as a %s', async (text, effect, outcome) => {
  const cancel = new AbortController()
  const finding = runOf(kind, { run: text }, { signal: cancel.signal, item: { effect }, say: () => cancel.abort() })
  expect(await finding).toMatchObject({ outcome })
})
