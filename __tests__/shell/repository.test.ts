import { execFileSync } from 'node:child_process'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createRedactor } from '../../src/core/redact/redact.js'
import { systemClock } from '../../src/shell/clock.js'
import { openRepository, repositoryName } from '../../src/shell/repository.js'
import { openShell } from '../../src/shell/run.js'

const env = { PATH: process.env.PATH ?? '', HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1' }
const person = ['-c', 'user.name=A', '-c', 'user.email=a@example.com']
let root: string
let origin: string

function git(folder: string, ...args: string[]): string {
  return execFileSync('git', [...person, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore']
  }).trim()
}

/** A repository with three commits, each with its own number in `release`. */
function makeRepository(name: string): string {
  const folder = join(root, name)
  mkdirSync(folder)
  git(folder, 'init', '--quiet', '--initial-branch=main')
  for (const release of ['1', '2', '3']) {
    writeFileSync(join(folder, 'release'), release)
    git(folder, 'add', '.')
    git(folder, 'commit', '--quiet', '-m', release)
  }
  return folder
}

const open = (folder: string, extra: Record<string, string> = {}) =>
  openRepository({
    folder,
    shell: openShell({ redactor: createRedactor(), clock: systemClock() }),
    env: { ...env, ...extra }
  })

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'repository-test-')))
  origin = makeRepository('origin')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

test('commit, ref and name of a clone', async () => {
  const repository = open(origin)
  expect(await repository.commit()).toBe(git(origin, 'rev-parse', 'HEAD'))
  expect(await repository.ref()).toBe('refs/heads/main')
  expect(await repository.name()).toBe('origin')
})

test('the name comes from the remote, without its password', async () => {
  const folder = makeRepository('named')
  git(folder, 'remote', 'add', 'origin', 'https://user:password@github.com/owner/name.git')
  expect(await open(folder).name()).toBe('owner/name')
})

test('a folder inside the repository will do', async () => {
  const inner = join(makeRepository('outer'), 'inner')
  mkdirSync(inner)
  expect(await open(inner).commit()).toMatch(/^[0-9a-f]{40}$/)
  expect(basename(await open(inner).name())).toBe('outer')
})

test('a checked out tag is the ref, otherwise there is none', async () => {
  const folder = makeRepository('detached')
  git(folder, 'checkout', '--quiet', '--detach', 'HEAD~1')
  expect(await open(folder).ref()).toBe('HEAD')
  git(folder, 'tag', 'v2')
  expect(await open(folder).ref()).toBe('refs/tags/v2')
})

test('dirty are changes of tracked files, staged or not; new files are not', async () => {
  const folder = makeRepository('dirty')
  const repository = open(folder)
  writeFileSync(join(folder, 'new'), 'x')
  expect(await repository.dirty()).toBe(false)
  writeFileSync(join(folder, 'release'), 'changed')
  expect(await repository.dirty()).toBe(true)
  git(folder, 'add', 'release')
  expect(await repository.dirty()).toBe(true)
})

test('a worktree has the files of its commit, and leaves nothing when it is removed', async () => {
  const folder = makeRepository('worktrees')
  const repository = open(folder)
  const first = git(folder, 'rev-parse', 'HEAD~2')
  const [one, two] = await Promise.all([repository.worktree(first), repository.worktree(first)])
  expect(one.folder).not.toBe(two.folder)
  expect(readFileSync(join(one.folder, 'release'), 'utf8')).toBe('1')
  writeFileSync(join(one.folder, 'left-by-a-build'), 'x')
  expect(readFileSync(join(folder, 'release'), 'utf8')).toBe('3')
  await one.remove()
  await two.remove()
  await two.remove()
  expect([one, two].some(tree => existsSync(join(tree.folder, '..')))).toBe(false)
  expect(existsSync(join(folder, '.git/worktrees')) ? readdirSync(join(folder, '.git/worktrees')) : []).toEqual([])
})

test('has tells of commits, not of anything else', async () => {
  const repository = open(origin)
  expect(await repository.has(git(origin, 'rev-parse', 'HEAD~1'))).toBe(true)
  expect(await repository.has('0123456789012345678901234567890123456789')).toBe(false)
  expect(await repository.has(git(origin, 'rev-parse', 'HEAD^{tree}'))).toBe(false)
  expect(await repository.has('--help')).toBe(false)
  expect(await repository.has('main')).toBe(false)
})

test('a shallow clone fetches the commit that a worktree needs', async () => {
  const clone = join(root, 'shallow')
  git(root, 'clone', '--quiet', '--depth=1', `file://${origin}`, clone)
  git(origin, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
  const first = git(origin, 'rev-parse', 'HEAD~2')
  expect(await open(clone).has(first)).toBe(false)
  const tree = await open(clone).worktree(first)
  expect(readFileSync(join(tree.folder, 'release'), 'utf8')).toBe('1')
  await tree.remove()
})

test('where a shallow clone cannot fetch it, the refusal says what to set', async () => {
  const clone = join(root, 'cut-off')
  git(root, 'clone', '--quiet', '--depth=1', `file://${origin}`, clone)
  git(clone, 'remote', 'set-url', 'origin', `file://${root}/gone`)
  await expect(open(clone).worktree(git(origin, 'rev-parse', 'HEAD~2'))).rejects.toMatchObject({
    status: 'REFUSED',
    reason: 'no_way_back',
    hint: expect.stringMatching(/fetch-depth: 0.*git fetch --unshallow/)
  })
})

test.each(['--upload-pack=touch', 'main', 'HEAD~1', ''])('%j is no commit for a worktree', async wanted => {
  await expect(open(origin).worktree(wanted)).rejects.toMatchObject({ reason: 'no_way_back' })
})

test.each<[string, (folder: string) => void, RegExp]>([
  ['a folder without git', () => {}, /is no git repository/],
  ['a repository without commits', folder => void git(folder, 'init', '--quiet'), /has no commit yet/]
])('%s is refused', async (name, prepare, message) => {
  const folder = join(root, name.replaceAll(' ', '-'))
  mkdirSync(folder)
  prepare(folder)
  const refusal = { status: 'REFUSED', reason: 'no_commit', message: expect.stringMatching(message) }
  await expect(open(folder).commit()).rejects.toMatchObject(refusal)
})

test('after a cancel git answers nothing, but a worktree can still be removed', async () => {
  const controller = new AbortController()
  const shell = openShell({ redactor: createRedactor(), clock: systemClock() })
  const repository = openRepository({ folder: origin, shell, env, signal: controller.signal })
  const tree = await repository.worktree(await repository.commit())
  controller.abort()
  const cancelled = { status: 'CANCELLED', reason: 'cancelled' }
  await expect(repository.commit()).rejects.toMatchObject(cancelled)
  await expect(repository.dirty()).rejects.toMatchObject(cancelled)
  await tree.remove()
  expect(existsSync(tree.folder)).toBe(false)
  expect(git(origin, 'worktree', 'list').split('\n')).toHaveLength(1)
})

test('outside a repository nobody says that nothing has changed', async () => {
  await expect(open(root).dirty()).rejects.toMatchObject({ reason: 'no_commit' })
})

test('variables of a hook do not lead to another repository', async () => {
  const other = makeRepository('other')
  const repository = open(origin, { GIT_DIR: join(other, '.git'), GIT_WORK_TREE: other, GIT_INDEX_FILE: '/nowhere' })
  expect(await repository.commit()).toBe(git(origin, 'rev-parse', 'HEAD'))
})

test('hooks of the repository are not run', async () => {
  const folder = makeRepository('hooked')
  writeFileSync(join(folder, '.git/hooks/post-checkout'), `#!/bin/sh\ntouch "${folder}/hook-ran"\n`, { mode: 0o755 })
  const tree = await open(folder).worktree(git(folder, 'rev-parse', 'HEAD'))
  await tree.remove()
  expect(existsSync(join(folder, 'hook-ran'))).toBe(false)
})

// Only root can give a folder away.
const asRoot = process.getuid?.() === 0 ? test : test.skip
asRoot('a clone that belongs to another user can be read', async () => {
  const folder = makeRepository('foreign')
  for (const path of ['.', '.git']) chownSync(join(folder, path), 12345, 12345)
  expect(await open(folder).commit()).toMatch(/^[0-9a-f]{40}$/)
})

test.each([
  ['https://github.com/owner/name.git', 'owner/name'],
  ['https://x-access-token:ghs_abc@github.com/owner/name', 'owner/name'],
  ['git@github.com:owner/name.git', 'owner/name'],
  ['ssh://git@host.example:2222/owner/name.git/', 'owner/name'],
  ['github.com:owner/name', 'owner/name'],
  ['https://gitlab.com/group/sub/name.git', 'group/sub/name'],
  ['/srv/git/name.git', undefined],
  ['../name', undefined],
  ['file:///srv/git/name.git', undefined],
  ['', undefined]
])('%j is named %j', (remote, expected) => {
  expect(repositoryName(remote)).toBe(expected)
})
