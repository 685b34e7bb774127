import { execFile } from 'node:child_process'
import { appendFile, chmod, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { Shell } from '../../src/core/ports.js'
import { compareListings, type Listing } from '../../src/database/file-listing.js'
import { type BackupBench, backupBench, realShell } from '../fakes/backup.js'

let bench: BackupBench
const PLAIN = { backup: { files: ['config.json', '.env', 'data'] } }

async function fill(): Promise<void> {
  const { folder } = bench
  await mkdir(join(folder, 'data', 'deep', 'empty'), { recursive: true })
  await writeFile(join(folder, 'config.json'), '{}')
  await writeFile(join(folder, '.env'), 'SECRET=s3cret', { mode: 0o600 })
  await writeFile(join(folder, 'data', 'a file with\na newline, "quotes" and ünïcode'), 'x')
  await writeFile(join(folder, 'data', '-rf'), 'y')
  await writeFile(join(folder, 'data', 'deep', 'run.sh'), '#!/bin/sh\n')
  await chmod(join(folder, 'data', 'deep', 'run.sh'), 0o750)
  await symlink('../config.json', join(folder, 'data', 'link'))
}

const open = async (ports = {}) => {
  bench = await backupBench(() => 'unused', { ports })
  await fill()
}

beforeEach(() => open())
afterEach(() => bench.remove())

const trials = async () => (await readdir(tmpdir())).filter(name => name.startsWith('deploy-checklist-files-'))

test('files and folders are archived, unpacked again and found identical; the archive brings everything back', async () => {
  const { outcome, receipt } = await bench.run(PLAIN)
  expect({ outcome, receipt }).toMatchObject({
    outcome: 'pass',
    receipt: { subject: 'files', proof: 'identical', details: { files: 6 } }
  })
  const [archive = '', manifest = ''] = await bench.stored()
  for (const name of [archive, manifest]) expect((await stat(join(bench.store, name))).mode & 0o777).toBe(0o600)
  const back = join(bench.folder, 'back')
  await mkdir(back)
  await promisify(execFile)('tar', ['-xpzf', receipt?.location ?? '', '-C', back])
  const there = join(back, bench.folder)
  expect(await readFile(join(there, '.env'), 'utf8')).toBe('SECRET=s3cret')
  expect((await stat(join(there, 'data/deep/run.sh'))).mode & 0o777).toBe(0o750)
  expect(await readlink(join(there, 'data/link'))).toBe('../config.json')
})

test('the receipt, which others see, holds no hash of a small secret; the manifest does', async () => {
  const { receipt } = await bench.run(PLAIN)
  const manifest = JSON.parse(await readFile(`${receipt?.location}.json`, 'utf8'))
  const sha256: string = manifest.listing[join(bench.folder, '.env')].sha256
  expect(sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(JSON.stringify(receipt)).not.toContain(sha256)
})

test.each([
  ['a missing file', ['config.json', 'nowhere'], /there is no .*nowhere/],
  ['a link that leads nowhere', ['dangling'], /leads nowhere/]
])('%s fails it, and nothing stays', async (_, files, words) => {
  await symlink('gone', join(bench.folder, 'dangling'))
  await expect(bench.run({ backup: { files: [...files] } })).rejects.toMatchObject({
    reason: 'backup_failed',
    message: expect.stringMatching(words)
  })
  expect(await bench.stored()).toEqual([])
})

test('a link that is named comes with what it leads to', async () => {
  await symlink('.env', join(bench.folder, 'current'))
  const { receipt } = await bench.run({ backup: { files: ['current'] } })
  expect(receipt?.details).toEqual({ files: 2 })
})

/** The machine's tar, which something happens before: as it unpacks, or as it packs. */
const before = (flag: string, then: (archive: string) => Promise<void>): Shell => {
  const shell = realShell()
  return {
    run: async command => {
      const argv: readonly string[] = 'argv' in command.what ? command.what.argv : []
      if (argv[1] === flag) await then(argv[2] ?? '')
      return shell.run(command)
    }
  }
}

test('an archive that is damaged on the disk is noticed, and does not stay', async () => {
  const truncated = async (archive: string) => {
    const bytes = await readFile(archive)
    await writeFile(archive, bytes.subarray(0, bytes.length - 30))
  }
  await bench.remove()
  await open({ shell: before('-xpzf', truncated) })
  await expect(bench.run(PLAIN)).rejects.toMatchObject({ reason: 'backup_failed' })
  expect(await bench.stored()).toEqual([])
})

test('a file that changes meanwhile is noticed and named', async () => {
  await bench.remove()
  await open({ shell: before('-czf', () => appendFile(join(bench.folder, 'config.json'), ' ')) })
  expect(await bench.run(PLAIN)).toMatchObject({
    outcome: 'fail',
    reason: 'backup_not_proven',
    detail: expect.stringContaining('config.json: other content')
  })
  expect(await bench.stored()).toEqual([])
})

test('the unpacked copy is gone afterwards', async () => {
  const { notes, run } = bench
  await run(PLAIN)
  const trial = String(notes[0]?.['trial'])
  expect((await trials()).map(name => join(tmpdir(), name))).not.toContain(trial)
})

test('keep: 1 leaves the newest archive of the same files', async () => {
  await bench.run({ backup: { files: ['config.json'] }, keep: 1 })
  await bench.run({ ...PLAIN, keep: 1 })
  const { receipt } = await bench.run({ ...PLAIN, keep: 1 })
  const left = (await bench.stored()).filter(name => name.endsWith('.tar.gz'))
  expect(left).toHaveLength(2)
  expect(left.map(name => join(bench.store, name))).toContain(receipt?.location)
})

test('an interrupted archive is removed with its copy, a proven one is taken as it is', async () => {
  const { receipt } = await bench.run(PLAIN)
  expect(await bench.probe(PLAIN, bench.notes)).toMatchObject({ took: 'effect', finding: { receipt } })
  expect(await bench.finish(PLAIN, bench.notes)).toMatchObject({ outcome: 'pass', receipt })
  const trial = join(bench.folder, 'trial')
  await mkdir(join(trial, 'x'), { recursive: true })
  await writeFile(join(bench.store, 'half.tar.gz.partial'), 'x')
  const note = { archive: join(bench.store, 'half.tar.gz'), trial }
  expect(await bench.probe(PLAIN, [note])).toMatchObject({ took: 'no-effect' })
  // Not by a person's word either.
  expect(await bench.finish(PLAIN, [note])).toMatchObject({ outcome: 'fail', reason: 'backup_not_proven' })
  expect(await bench.stored()).not.toContain('half.tar.gz.partial')
})

test.each(['kept', '/', '/dev/shm/kept', '/mnt/kept'])('on a runner whose disk goes %s is no store', async store => {
  const spec = { backup: { ...PLAIN.backup, store } }
  expect(await bench.guard(spec, { diskDisappears: true })).toMatchObject([{ reason: 'no_lasting_store' }])
})

test('on a runner whose disk goes a mounted place is a store, wherever it is mounted', async () => {
  const mounted = join(bench.folder, 'kept')
  const spec = { backup: { ...PLAIN.backup, store: 'kept' } }
  const freeSpace = async (path: string) => ({ bytes: 1e9, device: path.startsWith(mounted) ? 99 : 1 })
  const other = await backupBench(() => '', { ports: { freeSpace } })
  const { execution } = other.context()
  const here = { diskDisappears: true, execution: { ...execution, folder: bench.folder } }
  expect(await other.guard(spec, here)).toEqual([])
  expect(await other.guard(PLAIN, here)).toMatchObject([{ reason: 'no_lasting_store' }])
  await other.remove()
})

test('a store that cannot be written is said before anything starts, and when it comes to be so afterwards', async () => {
  const spec = { backup: { ...PLAIN.backup, store: 'config.json/kept' } }
  const words = { reason: 'missing_right', message: expect.stringContaining('cannot be made or written') }
  expect(await bench.guard(spec)).toMatchObject([words])
  expect((await bench.guard(spec))[0]?.message).toContain('config.json is no folder')
  await expect(bench.run(spec)).rejects.toMatchObject(words)
})

const file = { kind: 'file', mode: 0o644, bytes: 1, sha256: 'a' } as const
const folder = { kind: 'folder', mode: 0o755 } as const

test.each<[string, Listing, Listing, readonly string[]]>([
  ['nothing', { a: file }, { a: file }, []],
  [
    'content',
    { a: file },
    { a: { ...file, sha256: 'b' } },
    ['a: other content; it may have changed while it was archived']
  ],
  ['a mode', { a: file }, { a: { ...file, mode: 0o600 } }, ['a: mode 644 came back as 600']],
  ['a missing one', { a: file }, {}, ['a: missing in the archive']],
  ['one too many', {}, { a: file }, ['a: only in the archive']],
  ['a kind', { a: file }, { a: folder }, ['a: a file came back as a folder']],
  ['a link', { a: { kind: 'link', to: 'x' } }, { a: { kind: 'link', to: 'y' } }, ['a: leads elsewhere']]
])('what differs between files and their copy: %s', (_, source, copy, expected) => {
  expect(compareListings(source, copy)).toEqual(expected)
})
