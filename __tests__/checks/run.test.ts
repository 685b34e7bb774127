import { expect, test } from '@jest/globals'
import { runKind } from '../../src/checks/run.js'
import { ChecklistError } from '../../src/core/errors.js'
import type { Command, Exit, Shell } from '../../src/core/ports.js'
import { complaints, runOf } from './context.js'

const ended: Exit = { kind: 'exited', code: 0, byItself: true, stdout: '', stderr: '', durationMs: 1_200 }

function fakeShell(exit: Partial<Exit> = {}) {
  const asked: Command[] = []
  const shell = {
    run: async command => {
      asked.push(command)
      command.onLine?.('a line', 'stdout')
      return { ...ended, ...exit }
    }
  } satisfies Shell
  return { asked, kind: runKind({ shell, baseEnv: { PATH: '/bin', NAME: 'base', TOKEN: 'base' } }) }
}

test('the command is handed on as it is written, with names over the base environment and its own over both', async () => {
  const { asked, kind } = fakeShell()
  const said: string[] = []
  await runOf(
    kind,
    { run: './deploy.sh "$NAME"', env: { MORE: 1, NAME: 'own' }, cwd: 'app', shell: 'bash' },
    { names: { NAME: 'declared', TOKEN: 't' }, folder: '/srv', timeoutMs: 7_000, say: line => said.push(line) }
  )
  expect(asked).toMatchObject([
    {
      what: { text: './deploy.sh "$NAME"', shell: 'bash' },
      env: { PATH: '/bin', NAME: 'own', TOKEN: 't', MORE: '1' },
      folder: '/srv/app',
      timeoutMs: 7_000,
      onAbort: 'end'
    }
  ])
  expect(said).toEqual(['a line'])
})

test('its own variables are known before it runs', () => {
  const { kind } = fakeShell()
  expect(kind.sets?.({ run: 'x', env: { MORE: 1, NAME: 'own' } })).toEqual(['MORE', 'NAME'])
  expect(kind.sets?.({ run: 'x' })).toEqual([])
})

test('an action may end by itself when it is interrupted', async () => {
  const { asked, kind } = fakeShell()
  await runOf(kind, { run: 'x' }, { item: { effect: 'action' } })
  expect(asked[0]?.onAbort).toBe('interrupt')
})

test.each([
  [{}, 0, 'pass'],
  [{}, 1, 'fail'],
  [{ exit: 3 }, 3, 'pass'],
  [{ exit: 3 }, 0, 'fail'],
  [{ exit: [0, 3] }, 3, 'pass'],
  [{ exit: '3' }, 3, 'pass']
])('with %j, exit %i is a %s', async (more, code, outcome) => {
  expect(await runOf(fakeShell({ code }).kind, { run: 'x', ...more })).toMatchObject({ outcome })
})

test('a failure says what was expected, and the last thing that the command said', async () => {
  const { kind } = fakeShell({ code: 2, stdout: 'working\n', stderr: 'first\nno such host\n\n' })
  expect(await runOf(kind, { run: 'x' })).toMatchObject({ detail: 'expected exit 0, found 2: no such host' })
})

test.each([
  ['ok', 'all ok', 'pass'],
  ['ok', 'all bad', 'fail'],
  ['/^v\\d+$/m', 'this is\nv12', 'pass'],
  ['/^v\\d+$/m', 'this is\nv12a', 'fail'],
  [['a', '/b/'], 'ab', 'pass'],
  [['a', '/b/'], 'a', 'fail'],
  [{ not: 'Traceback' }, 'fine', 'pass'],
  [{ not: ['/error/i', 'warn'] }, 'an ERROR', 'fail'],
  [{ contains: 'a', not: 'b' }, 'ab', 'fail'],
  [{ equals: 'v12' }, 'v12\n', 'pass'],
  [{ equals: 'v12' }, 'v12 \nx', 'fail']
])('stdout held against %j is judged', async (stdout, found, outcome) => {
  expect(await runOf(fakeShell({ stdout: found }).kind, { run: 'x', stdout })).toMatchObject({ outcome })
})

test('a pattern that would search for ever is ended', async () => {
  const { kind } = fakeShell({ stdout: `${'a'.repeat(60)}b` })
  await expect(runOf(kind, { run: 'x', stdout: '/^(a+)+$/' })).rejects.toThrow('did not come to an end')
})

test.each([
  ['its own time is over', { kind: 'timed-out', byItself: false }, undefined, 'action', 'fail'],
  ['the item is too late', { kind: 'aborted', byItself: false }, late(), 'action', 'fail'],
  ['a check that was cancelled with words', { kind: 'aborted', byItself: false }, cancelled(), 'check', 'error'],
  ['a cancelled check', { kind: 'aborted', byItself: true }, AbortSignal.abort(), 'check', 'error'],
  [
    'a cancelled action that was killed',
    { kind: 'aborted', byItself: false },
    AbortSignal.abort(),
    'action',
    'unknown'
  ],
  ['a cancelled action that ended well', { kind: 'aborted', byItself: true }, AbortSignal.abort(), 'action', 'pass'],
  ['one that ended badly', { kind: 'aborted', byItself: true, code: 130 }, AbortSignal.abort(), 'action', 'fail']
] as const)('%s', async (_, exit, signal, effect, outcome) => {
  const changes = signal === undefined ? {} : { signal }
  expect(await runOf(fakeShell(exit).kind, { run: 'x' }, { ...changes, item: { effect } })).toMatchObject({ outcome })
})

test('the limit that ended it is named, with what to change', async () => {
  const found = await runOf(fakeShell({ kind: 'aborted', byItself: false }).kind, { run: 'x' }, { signal: late() })
  expect(found).toMatchObject({
    detail: 'no end within 1 s; it was killed with all that it had started',
    hint: 'give it more'
  })
})

function cancelled(): AbortSignal {
  return AbortSignal.abort(new ChecklistError('CANCELLED', 'cancelled', { message: 'SIGTERM', hint: '' }))
}

function late(): AbortSignal {
  const over = new ChecklistError('FAILED', 'cancelled', { message: 'no end within 1 s', hint: 'give it more' })
  return AbortSignal.abort(over)
}

test.each([
  [{ run: '' }, 'run: expected a command'],
  [{ run: 'x', exit: [] }, 'exit: expected an exit code'],
  [{ run: 'x', exit: 256 }, 'exit: expected an exit code from 0 to 255'],
  [{ run: 'x', stdout: [] }, 'stdout: expected a text that is contained'],
  [{ run: 'x', stdout: '/(/' }, 'stdout: expected a regular expression'],
  [{ run: 'x', stdout: {} }, 'stdout: expected contains, not or equals'],
  [{ run: 'x', cwd: '../other' }, 'cwd: expected a path without ..'],
  [{ run: 'x', shell: 'zsh' }, 'shell: expected sh or bash']
])('%j is refused', (spec, words) => {
  expect(complaints(fakeShell().kind, spec)).toEqual([expect.stringContaining(words)])
})

test.each([
  [{ run: 'x', exit: '${CODE}', stdout: ['${WORD}', '/${A}(/'], cwd: '${DIR}', env: { A: '${B}' } }],
  [{ run: 'x', stdout: { not: '${X}' } }]
])('names that still have to be filled in are let through: %j', spec => {
  expect(complaints(fakeShell().kind, spec)).toEqual([])
})
