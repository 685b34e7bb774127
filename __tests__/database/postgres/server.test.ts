import { spawn } from 'node:child_process'
import { access, chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, unlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { withClient } from '../../../src/database/postgres/client.js'
import { startGuardian } from '../../../src/database/postgres/guardian.js'
import { chooseUser } from '../../../src/database/postgres/run-as.js'
import { startServer, withServer } from '../../../src/database/postgres/server.js'
import { PREFIX } from '../../../src/database/postgres/stale.js'
import { binOf, never } from '../../fakes/postgres-server.js'

let parent = ''
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'server-test-'))
  await chmod(parent, 0o777)
})
afterEach(() => rm(parent, { recursive: true, force: true }))

const answers = (url: string) => withClient(url, { signal: never }, ({ query }) => query('SELECT 1'))
const lives = (pid: number) =>
  access(`/proc/${pid}/cwd`).then(
    () => true,
    () => false
  )

test.each(['socket', 'loopback'] as const)(
  'a server on a %s answers, wants its password, and leaves nothing behind',
  async listen => {
    const server = await startServer({ bin: await binOf('embedded'), parent, listen, signal: never })
    expect((await answers(server.url)).rows).toEqual([['1']])
    await expect(answers(server.url.replace(/:[0-9a-f]+@/, ':wrong@'))).rejects.toMatchObject({
      reason: 'missing_right'
    })
    expect((await stat(server.folder)).mode & 0o777).toBe(0o700)
    const commandLine = await readFile(`/proc/${server.pid}/cmdline`, 'utf8')
    expect(commandLine).not.toContain(new URL(server.url).password)
    await server.stop()
    await server.stop()
    expect([await readdir(parent), await lives(server.pid)]).toEqual([[], false])
  }
)

test('a port lies below those that are given to clients', async () => {
  await withServer({ bin: await binOf('embedded'), parent, listen: 'loopback', signal: never }, async ({ url }) => {
    expect(Number(new URL(url).port)).toBeLessThan(32_768)
  })
})

test('it is stopped when the work breaks', async () => {
  const work = withServer({ bin: await binOf('embedded'), parent, signal: never }, () =>
    Promise.reject(new Error('broken'))
  )
  await expect(work).rejects.toThrow('broken')
  expect(await readdir(parent)).toEqual([])
})

test('programs without their links, in a folder that is closed to others, run from a copy', async () => {
  const bin = await binOf('embedded')
  const native = join(parent, 'closed', 'package', 'native')
  await mkdir(join(parent, 'closed'), { mode: 0o700 })
  await cp(dirname(bin), native, { recursive: true, verbatimSymlinks: true })
  const links: readonly { target: string }[] = JSON.parse(await readFile(join(native, 'pg-symlinks.json'), 'utf8'))
  for (const { target } of links) await unlink(join(native, '..', target)).catch(() => {})
  await withServer({ bin: join(native, 'bin'), parent, signal: never }, async ({ url }) => {
    expect((await answers(url)).rows).toEqual([['1']])
  })
  expect(await readdir(parent)).toEqual(['closed'])
}, 60_000)

test('a cancel while it starts leaves nothing', async () => {
  const cancel = new AbortController()
  const starting = startServer({ bin: await binOf('embedded'), parent, signal: cancel.signal })
  setTimeout(() => cancel.abort(), 100)
  await expect(starting).rejects.toMatchObject({ status: 'CANCELLED' })
  expect(await readdir(parent)).toEqual([])
})

test('what is no server is said', async () => {
  const work = startServer({ bin: '/nonexistent/bin', parent, signal: never })
  await expect(work).rejects.toMatchObject({ reason: 'service_unavailable', hint: expect.stringContaining('scratch') })
  expect(await readdir(parent)).toEqual([])
})

test('what a killed machine has left is ended and removed at the next start, and the living stay', async () => {
  const bin = await binOf('embedded')
  const left = await startServer({ bin, parent, signal: never })
  const living = await startServer({ bin, parent, signal: never })
  const owner = JSON.parse(await readFile(join(left.folder, 'owner.json'), 'utf8'))
  // As a process leaves it that is gone: the number is given to another one by now.
  await writeFile(join(left.folder, 'owner.json'), JSON.stringify({ ...owner, startedAt: '1' }))
  await writeFile(join(parent, 'bystander'), '')
  const next = await startServer({ bin, parent, signal: never })
  expect(await lives(left.pid)).toBe(false)
  const there = (await readdir(parent)).filter(name => name.startsWith(PREFIX))
  expect(there.map(name => join(parent, name)).sort()).toEqual([living.folder, next.folder].sort())
  expect((await answers(living.url)).rows).toEqual([['1']])
  await Promise.all([left.stop(), living.stop(), next.stop()])
})

test('a server ends with the process that started it, however that ends', async () => {
  const folder = join(parent, 'its-folder')
  await mkdir(folder)
  const server = spawn('sleep', ['60'])
  const ended = new Promise(resolve => server.once('close', (_, signal) => resolve(signal)))
  const guardian = startGuardian({ pid: server.pid ?? 0, folder, user: undefined })
  const done = new Promise(resolve => guardian.once('close', resolve))
  // What the end of our process does to the pipe between us.
  guardian.stdin?.destroy()
  expect(await ended).toBe('SIGQUIT')
  await done
  expect(await readdir(parent)).toEqual([])
})

const PASSWD = 'root:x:0:0::/root:/bin/sh\nnobody:x:65534:65534::/:/bin/false\npostgres:x:101:104::/var/lib:/bin/sh'

test.each([
  ['an ordinary user runs it', 1000, PASSWD, undefined],
  ['root becomes postgres', 0, PASSWD, { uid: 101, gid: 104 }],
  ['root becomes nobody', 0, PASSWD.split('\n').slice(0, 2).join('\n'), { uid: 65534, gid: 65534 }]
])('%s', (_, uid, passwd, expected) => {
  expect(chooseUser(uid, passwd)).toEqual(expected)
})

test('root without either of them is told', () => {
  expect(() => chooseUser(0, 'root:x:0:0::/root:/bin/sh')).toThrow(/neither a user postgres nor nobody/)
})
