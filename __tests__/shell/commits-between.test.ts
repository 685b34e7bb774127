import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createRedactor } from '../../src/core/redact/redact.js'
import { systemClock } from '../../src/shell/clock.js'
import { openRepository } from '../../src/shell/repository.js'
import { openShell } from '../../src/shell/run.js'

const env = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1' }
let root: string
let origin: string

const git = (folder: string, ...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=Ann @b', '-c', 'user.email=a@example.com', ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore']
  }).trim()

function commit(folder: string, subject: string): string {
  git(folder, 'commit', '--quiet', '--allow-empty', '--cleanup=verbatim', '-m', subject)
  return git(folder, 'rev-parse', 'HEAD')
}

const between = (folder: string, from: string, to: string, most = 3, signal?: AbortSignal) =>
  openRepository({
    folder,
    shell: openShell({ redactor: createRedactor(), clock: systemClock() }),
    env,
    ...(signal && { signal })
  }).commitsBetween({ from, to, most })

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'commits-test-')))
  origin = join(root, 'origin')
  mkdirSync(origin)
  git(origin, 'init', '--quiet', '--initial-branch=main')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

test('commits are counted, the newest are named, those that go are told apart', async () => {
  const first = commit(origin, 'one')
  git(origin, 'checkout', '--quiet', '-b', 'other')
  const aside = commit(origin, 'aside')
  git(origin, 'checkout', '--quiet', 'main')
  for (const subject of ['two', '  | a <b> @team #1  ', `long ${'x'.repeat(5000)}`, 'five']) commit(origin, subject)
  const last = git(origin, 'rev-parse', 'HEAD')
  const found = await between(origin, first, last)
  expect(found).toMatchObject({
    kind: 'counted',
    count: 4,
    gone: 0,
    newest: [{ sha: last, author: 'Ann @b', subject: 'five' }, {}, { subject: '| a <b> @team #1' }]
  })
  const [, long] = found.kind === 'counted' ? found.newest : []
  expect(long?.subject.length).toBe(300)
  expect(found.kind === 'counted' && found.newest[0]?.at).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.000Z$/)
  expect(await between(origin, last, first)).toEqual({ kind: 'counted', count: 0, newest: [], gone: 4 })
  expect(await between(origin, aside, first)).toMatchObject({ count: 0, gone: 1 })
  expect(await between(origin, last, last)).toEqual({ kind: 'counted', count: 0, newest: [], gone: 0 })
})

test('what git cannot count is not guessed', async () => {
  const [first, last] = [commit(origin, 'six'), commit(origin, 'seven')]
  const shallow = join(root, 'shallow')
  git(root, 'clone', '--quiet', '--depth=1', `file://${origin}`, shallow)
  expect(await between(shallow, first, last)).toMatchObject({
    kind: 'unknown',
    why: expect.stringContaining('shallow')
  })
  // The one commit that a way back fetched is there, and the history between is not.
  git(shallow, 'fetch', '--quiet', '--depth=1', 'origin', first)
  expect(await between(shallow, first, last)).toMatchObject({ kind: 'unknown' })
  expect(await between(origin, 'f'.repeat(40), last)).toEqual({
    kind: 'unknown',
    why: `this clone has no ${'f'.repeat(40)}`
  })
  expect(await between(origin, '--output=x', last)).toMatchObject({ kind: 'unknown' })
  expect(await between(root, first, last)).toMatchObject({ kind: 'unknown' })
})

test('a cancelled run still shows them', async () => {
  const [first, last] = [commit(origin, 'eight'), commit(origin, 'nine')]
  expect(await between(origin, first, last, 3, AbortSignal.abort())).toMatchObject({ kind: 'counted', count: 1 })
})
