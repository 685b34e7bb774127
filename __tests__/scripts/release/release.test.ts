import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'

const SCRIPT = resolve('scripts/release.mjs')
let place = ''
let clone = ''

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'release-'))
  clone = join(place, 'clone')
  mkdirSync(join(place, 'bin'))
  copyFileSync('__tests__/scripts/release/gh.mjs', join(place, 'bin', 'gh'))
  chmodSync(join(place, 'bin', 'gh'), 0o755)
  writeFileSync(join(place, 'bin', 'package.json'), '{"type":"module"}')
  writeFileSync(join(place, 'bin', 'releases.json'), '[]')
  git(place, 'init', '-q', '--bare', '-b', 'main', 'remote')
  git(place, 'clone', '-q', 'remote', 'clone')
})
afterEach(() => rmSync(place, { recursive: true }))

test('a pushed tag becomes a release with its notes and files, and v1 follows', () => {
  const commit = commitVersion('1.0.0')
  git(clone, 'push', '-q', 'origin', 'main', 'v1.0.0')
  const run = release('v1.0.0')
  expect([run.status, run.stderr]).toEqual([0, ''])
  expect(releases()).toEqual([
    {
      id: 1,
      tag_name: 'v1.0.0',
      name: 'v1.0.0',
      body: '- News of 1.0.0.',
      draft: false,
      prerelease: false,
      immutable: true,
      make_latest: 'true',
      assets: [{ name: 'a.tgz', digest: expect.stringMatching(/^sha256:/), state: 'uploaded' }]
    }
  ])
  expect(remoteTags()).toEqual({ 'v1.0.0': commit, v1: commit })

  const again = release('v1.0.0')
  expect([again.status, again.stdout]).toEqual([0, 'be done: v1 is v1.0.0\n'])

  const next = commitVersion('1.1.0')
  git(clone, 'push', '-q', 'origin', 'main', 'v1.1.0')
  expect(release('v1.1.0').status).toBe(0)
  expect(remoteTags()).toMatchObject({ 'v1.0.0': commit, 'v1.1.0': next, v1: next })
})

test('a tag with a message stands for its commit; where there is no tag, it is put where this run stands', () => {
  const commit = commitVersion('1.0.0')
  git(clone, 'tag', '-f', '-a', '-m', 'the first', 'v1.0.0')
  git(clone, 'push', '-q', 'origin', 'main', 'v1.0.0')
  expect(release('v1.0.0').status).toBe(0)
  expect(remoteTags()).toEqual({ 'v1.0.0': commit, v1: commit })

  const untagged = commitVersion('1.0.1')
  git(clone, 'push', '-q', 'origin', 'main')
  git(clone, 'tag', '-d', 'v1.0.1')
  expect(release('v1.0.1').status).toBe(0)
  expect(remoteTags()).toMatchObject({ 'v1.0.1': untagged, v1: untagged })

  // v1 may have got a message too, by hand.
  git(clone, 'tag', '-a', '-m', 'by hand', 'v1', untagged)
  git(clone, 'push', '-q', '-f', 'origin', 'v1')
  const next = commitVersion('1.0.2')
  git(clone, 'push', '-q', 'origin', 'main', 'v1.0.2')
  expect([release('v1.0.2').status, remoteTags()['v1']]).toEqual([0, next])
})

test.each(['draft', 'upload', 'publish'])('refused or cut off at %s, it is run again and goes on', call => {
  for (const [version, how] of [
    ['1.0.0', 'FAKE_GH_FAILS'],
    ['1.1.0', 'FAKE_GH_LOSES']
  ] as const) {
    const commit = commitVersion(version)
    git(clone, 'push', '-q', 'origin', 'main', `v${version}`)
    const cut = release(`v${version}`, { [how]: call })
    expect([cut.status, cut.stderr]).toEqual([
      2,
      expect.stringMatching(/^gh refused: gh: HTTP \d+.*\n.*run this again/)
    ])
    expect(remoteTags()['v1']).not.toBe(commit)
    expect(release(`v${version}`).status).toBe(0)
    expect(remoteTags()['v1']).toBe(commit)
  }
  expect(releases().map(({ tag_name, draft }) => [tag_name, draft])).toEqual([
    ['v1.0.0', false],
    ['v1.1.0', false]
  ])
})

test('the older of two releases at once is published, and leaves v1 to the newer one', () => {
  commitVersion('1.0.0')
  const newer = commitVersion('1.1.0')
  git(clone, 'push', '-q', 'origin', 'main', 'v1.0.0', 'v1.1.0')
  expect(release('v1.1.0').status).toBe(0)
  git(clone, 'checkout', '-q', 'v1.0.0')
  const run = release('v1.0.0')
  expect(run.stdout).toContain('v1 stays where it is: v1.1.0 is published too, and newer')
  expect([run.status, remoteTags()['v1']]).toEqual([0, newer])
  expect(releases().find(({ tag_name }) => tag_name === 'v1.0.0')).toMatchObject({ make_latest: 'false', draft: false })
})

test('v1 that is moved between the look and the push is looked at again, never overwritten', () => {
  const first = commitVersion('1.0.0')
  const mine = commitVersion('1.1.0')
  const theirs = commitVersion('1.2.0')
  git(clone, 'push', '-q', 'origin', 'main', 'v1.0.0', 'v1.1.0', 'v1.2.0', `${first}:refs/tags/v1`)
  git(clone, 'checkout', '-q', 'v1.1.0')
  // The other release gets in between: it moves v1 once, right before our push begins.
  const real = execFileSync('which', ['git'], { encoding: 'utf8' }).trim()
  const once = `touch ${place}/moved; "${real}" -C ${place}/remote update-ref refs/tags/v1 ${theirs}`
  const between = `case "$*" in *" push "*) [ -e ${place}/moved ] || { ${once}; } ;; esac`
  writeFileSync(join(place, 'bin', 'git'), `#!/bin/sh\n${between}\nexec "${real}" "$@"\n`, { mode: 0o755 })
  const run = release('v1.1.0')
  expect(run.stdout).toContain(`move v1 from ${first} to ${mine}\nsomebody else was at v1 meanwhile; looking again\n`)
  expect(run.stdout).toContain('v1 stays where it is: it is v1.2.0 already')
  expect([run.status, remoteTags()['v1']]).toEqual([0, theirs])
})

test('a prerelease is published as one, and moves nothing', () => {
  commitVersion('1.0.0-rc.1')
  git(clone, 'push', '-q', 'origin', 'main', 'v1.0.0-rc.1')
  expect(release('v1.0.0-rc.1').status).toBe(0)
  expect(Object.keys(remoteTags())).toEqual(['v1.0.0-rc.1'])
  expect(releases()).toMatchObject([{ prerelease: true, make_latest: 'false' }])
})

test('what is published and can still be changed stops before v1', () => {
  commitVersion('1.0.0')
  git(clone, 'push', '-q', 'origin', 'main', 'v1.0.0')
  const run = release('v1.0.0', { FAKE_GH_MUTABLE: '1' })
  expect([run.status, run.stderr]).toEqual([2, expect.stringContaining('release immutability')])
  expect(Object.keys(remoteTags())).toEqual(['v1.0.0'])
})

test('nothing is written for a commit beside the default branch, nor for a tag that stands elsewhere', () => {
  commitVersion('1.0.0')
  git(clone, 'push', '-q', 'origin', 'main', 'v1.0.0')
  git(clone, 'checkout', '-q', '-b', 'side')
  commitVersion('1.1.0')
  git(clone, 'push', '-q', 'origin', 'v1.1.0')
  expect(release('v1.1.0').stderr).toMatch(
    /^expected a commit of main, the default branch; found \w{12}, which is not on it\n/
  )
  expect(release('v1.0.0').stderr).toContain('expected v1.0.0 at ')
  expect(releases()).toEqual([])
})

test('a dry run says every step with the notes, or all that stands against them, and writes nothing', () => {
  commitVersion('1.0.0')
  git(clone, 'push', '-q', 'origin', 'main', 'v1.0.0')
  const run = release('v1.0.0', {}, ['--dry-run', '--built'])
  expect([run.status, run.stdout.match(/^ {2}- \w+/gm)]).toEqual([
    0,
    ['  - draft', '  - upload', '  - publish', '  - move', '  - be']
  ])
  expect(run.stdout).toContain('- News of 1.0.0.')
  const wrong = release('v1.0.1', {}, ['--dry-run', '--built'])
  expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringMatching(/version 1\.0\.1[\s\S]*"## 1\.0\.1"/)])
  expect([releases(), Object.keys(remoteTags())]).toEqual([[], ['v1.0.0']])
})

test('dist is compared with the sources, unless that was done before; a changed tree is not even built', () => {
  commitVersion('1.0.0')
  git(clone, 'push', '-q', 'origin', 'main', 'v1.0.0')
  expect(release('v1.0.0', {}, ['--dry-run']).status).toBe(0)
  write(
    'scripts/check-dist.mjs',
    "import { writeFileSync } from 'node:fs'\nwriteFileSync('dist/index.js', 'other')\nprocess.exit(1)\n"
  )
  const dirty = release('v1.0.0', {}, ['--dry-run'])
  expect(dirty.stderr).toContain('found nobody looked: the work tree is changed')
  git(clone, 'commit', '-qam', 'another build')
  git(clone, 'push', '-q', 'origin', 'main')
  const other = release('v1.0.0', {}, ['--dry-run']).stderr
  expect(other).toContain('found dist/index.js differ')
  // What its own build has changed is no change of the work tree.
  expect(other).not.toContain('as it was committed')
})

test('a look works without gh and without a remote; a release does not', () => {
  commitVersion('1.0.0')
  git(clone, 'push', '-q', 'origin', 'main')
  git(clone, 'remote', 'remove', 'origin')
  rmSync(join(place, 'bin', 'gh'))
  const look = release('v1.0.0', {}, ['--dry-run', '--built'])
  expect([look.status, look.stdout]).toEqual([0, expect.stringContaining('GitHub was not asked (gh is not installed)')])
  expect(release('v1.0.0').stderr).toContain('expected a remote named origin, found none')
})

/** A commit with that version in package.json and the changelog, and its tag here; the commit. */
function commitVersion(version: string): string {
  write('package.json', JSON.stringify({ version }))
  write('CHANGELOG.md', `# Changelog\n\n## Unreleased\n\n## ${version}\n- News of ${version}.\n`)
  write('scripts/check-dist.mjs', '')
  write('dist/index.js', 'built')
  git(clone, 'add', '.')
  git(clone, 'commit', '-qm', version)
  git(clone, 'tag', `v${version}`)
  return git(clone, 'rev-parse', 'HEAD').trim()
}

function write(file: string, text: string): void {
  mkdirSync(join(clone, file, '..'), { recursive: true })
  writeFileSync(join(clone, file), text)
}

function release(tag: string, env: Readonly<Record<string, string>> = {}, flags: readonly string[] = ['--built']) {
  const asset = join(place, 'a.tgz')
  writeFileSync(asset, 'the package')
  const path = [join(place, 'bin'), process.env['PATH']].join(delimiter)
  return spawnSync(process.execPath, [SCRIPT, ...flags, tag, asset], {
    cwd: clone,
    encoding: 'utf8',
    env: { ...GIT, PATH: path, HOME: place, GH_TOKEN: 'a-token', ...env }
  })
}

const GIT = {
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'a',
  GIT_AUTHOR_EMAIL: 'a@example.com',
  GIT_COMMITTER_NAME: 'a',
  GIT_COMMITTER_EMAIL: 'a@example.com'
}

function git(folder: string, ...args: readonly string[]): string {
  const env = { ...GIT, PATH: process.env['PATH'], HOME: place }
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'pipe'] })
}

const remoteTags = (): Readonly<Record<string, string>> =>
  Object.fromEntries(
    git(
      join(place, 'remote'),
      'tag',
      '--format=%(refname:short) %(if)%(*objectname)%(then)%(*objectname)%(else)%(objectname)%(end)'
    )
      .split('\n')
      .filter(line => line !== '')
      .map(line => line.split(' '))
  )

const releases = (): readonly Readonly<Record<string, unknown>>[] =>
  JSON.parse(readFileSync(join(place, 'bin', 'releases.json'), 'utf8'))
