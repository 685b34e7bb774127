import { describe, expect, test } from '@jest/globals'
import { ChecklistError } from '../../src/core/errors.js'
import type { Finding, ItemContext } from '../../src/core/item.js'
import type { JsonObject } from '../../src/core/json.js'
import type { Command, Exit, Shell } from '../../src/core/ports.js'
import { directKind } from '../../src/deploy/direct.js'
import { item } from '../fakes/engine.js'

const RUN = { deploy: 'direct', run: './switch.sh' } as const
const WELL: Finding = { outcome: 'pass', detail: '200' }

/** Runs the kind with a program that ends so, and nested checks that find this. */
async function deployed(
  exit: Partial<Exit>,
  spec: object = {},
  finds: (raw: JsonObject) => Finding = () => WELL,
  signal = new AbortController().signal
) {
  const commands: Command[] = []
  const said: string[] = []
  const notes: JsonObject[] = []
  const shell: Shell = {
    run: async command => {
      commands.push(command)
      command.onStart?.({ pid: 7, startedAt: '5' })
      command.onLine?.('a line', 'stdout')
      return { kind: 'exited', code: 0, byItself: true, stdout: '', stderr: '', durationMs: 1_500, ...exit }
    }
  }
  const context = {
    item: item('deploy', { named: 'x' }),
    names: { DEPLOY_COMMIT: 'c' },
    execution: { folder: '/work' },
    timeoutMs: 2_000,
    signal,
    say: (line: string) => said.push(line),
    began: async (program: JsonObject) => void notes.push({ program }),
    check: async (raw: JsonObject) => finds(raw)
  } as unknown as ItemContext
  const kind = directKind({ shell, baseEnv: { PATH: '/bin' } })
  return { finding: await kind.run({ ...RUN, ...spec }, context), commands, said, notes }
}

test('the command gets its names as its environment, its words are shown, and the program is noted', async () => {
  const { finding, commands, said, notes } = await deployed({})
  expect(finding).toEqual({ outcome: 'pass', detail: 'exit 0 after 1.5 s' })
  expect(commands).toMatchObject([
    {
      what: { text: './switch.sh', shell: 'sh' },
      env: { PATH: '/bin', DEPLOY_COMMIT: 'c' },
      folder: '/work',
      onAbort: 'interrupt'
    }
  ])
  expect([said, notes]).toEqual([['a line'], [{ program: { pid: 7, startedAt: '5' } }]])
})

test.each<[string, Partial<Exit>, object]>([
  [
    'it fails, and its last word is told',
    { code: 3, stderr: 'one\nlast\n' },
    { outcome: 'fail', detail: 'expected exit 0, found 3: last' }
  ],
  ['it fails without a word', { code: 3 }, { outcome: 'fail', detail: 'expected exit 0, found 3' }],
  [
    'it takes too long',
    { kind: 'timed-out', code: 143, byItself: false },
    { outcome: 'fail', detail: 'no end within 2.0 s' }
  ],
  [
    'it is cut off by a cancel',
    { kind: 'aborted', code: 137, byItself: false },
    { outcome: 'unknown', reason: 'cancelled' }
  ],
  [
    'it is cancelled and says itself that it failed',
    { kind: 'aborted', code: 1, byItself: true },
    { outcome: 'fail', detail: 'expected exit 0, found 1' }
  ]
])('%s', async (_, exit, expected) => {
  expect((await deployed(exit)).finding).toMatchObject(expected)
})

test('one that its stage had no more time for failed, and what to change is told', async () => {
  const over = new ChecklistError('FAILED', 'cancelled', { message: 'no end within 2.0 s', hint: 'Raise the stage.' })
  const { finding } = await deployed(
    { kind: 'aborted', code: 137, byItself: false },
    {},
    () => WELL,
    AbortSignal.abort(over)
  )
  expect(finding).toEqual({ outcome: 'fail', detail: 'no end within 2.0 s', hint: 'Raise the stage.' })
})

describe('health and revision', () => {
  const BOTH = { health: { http: 'GET /health' }, revision: { http: 'GET /version' } }
  test('are looked at in this order, once the command has ended well', async () => {
    const { finding, said } = await deployed({}, BOTH)
    expect(finding.detail).toBe('exit 0 after 1.5 s; health: 200; revision: 200')
    expect(said.slice(1)).toEqual(['looking at its health', 'looking at its revision'])
  })
  test.each(['health', 'revision'])('a %s that does not hold is the finding', async name => {
    const bad: Finding = { outcome: 'fail', detail: '500', hint: 'look' }
    const finds = (raw: JsonObject) => (raw['http'] === `GET /${name === 'health' ? 'health' : 'version'}` ? bad : WELL)
    expect((await deployed({}, BOTH, finds)).finding).toEqual({
      outcome: 'fail',
      detail: `its ${name}: 500`,
      hint: 'look'
    })
  })
  test.each<[string, Finding, object, object]>([
    ['that hold', WELL, BOTH, { outcome: 'pass', detail: 'health: 200; revision: 200' }],
    ['that do not', { outcome: 'fail', detail: '500' }, BOTH, { outcome: 'fail', detail: 'its health: 500' }],
    ['of which there are none', WELL, {}, { outcome: 'pass', detail: '' }]
  ])('%s are what finishes one that was cut off, without its command', async (_, found, spec, expected) => {
    const kind = directKind({ shell: { run: () => Promise.reject(new Error('no shell')) }, baseEnv: {} })
    const context = { say: () => {}, check: async () => found } as unknown as ItemContext
    expect(await kind.finish?.({ ...RUN, ...spec }, context)).toMatchObject(expected)
  })
  test('are not looked at after a command that failed', async () => {
    const seen: JsonObject[] = []
    await deployed({ code: 1 }, BOTH, raw => {
      seen.push(raw)
      return WELL
    })
    expect(seen).toEqual([])
  })
})

test.each<[object, boolean]>([
  [RUN, true],
  [{ deploy: 'rolling', run: 'x' }, false],
  [{ deploy: 'direct', run: '' }, false],
  [{ deploy: 'direct' }, false],
  [{ ...RUN, health: 'GET /health' }, false]
])('%j is well formed: %s', (raw, good) => {
  const kind = directKind({ shell: { run: async () => Promise.reject(new Error()) }, baseEnv: {} })
  expect(kind.shape.safeParse(raw).success).toBe(good)
  expect([kind.effect, kind.turn(RUN), kind.subject(RUN)]).toEqual(['action', 'barrier', 'direct'])
})
