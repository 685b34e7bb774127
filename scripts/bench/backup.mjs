import { spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findProgram } from '../find-program.mjs'
import { root } from '../install-if-needed.mjs'
import { interleaved, median, workspace } from './measure.mjs'

const NEEDED = ['initdb', 'pg_dump', 'pg_restore', 'pgbench', 'psql']
const GOALS = { whole: 5, load: 1.8 }
// A server as one runs it for data that counts; only its memory is fitted to what a small machine has.
const DURABLE = {
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  wal_level: 'replica',
  max_wal_senders: '10',
  autovacuum: 'on',
  shared_buffers: '512MB'
}

/** A backup through the product, proven by a restore that is compared, against one that nobody has tried. */
export async function backup({ rounds = 3, scale = 8 }) {
  const missing = NEEDED.filter(name => findProgram(name) === undefined)
  if (missing.length > 0) {
    const note = `not measured: this machine lacks ${missing.join(', ')} (apt-get install postgresql postgresql-contrib)`
    return [{ what: 'proven backup', note }]
  }
  const { startServer } = await import(pathToFileURL(join(root, 'dist', 'bundle.js')).href)
  const bin = dirname(realpathSync(findProgram('initdb')))
  const server = await startServer({ bin, signal: new AbortController().signal, listen: 'loopback', settings: DURABLE })
  const place = workspace(CHECKLIST)
  const store = mkdtempSync(join(place.folder, 'store-'))
  try {
    const gigabytes = fill(server.url, scale)
    const ours = place.run('--json')
    const plain = join(place.folder, 'plain.dump')
    const taken = interleaved({
      rounds,
      contenders: {
        plain: { argv: [findProgram('pg_dump'), '-Fc', '-Z1', '-f', plain, '-d', server.url] },
        ours: { ...ours, env: { ...ours.env, DATABASE_URL: server.url, STORE: store } }
      }
    })
    return rowsOf(taken, `${gigabytes} GB (pgbench -s ${scale}, ${availableParallelism()} cores)`)
  } finally {
    await server.stop()
    place.remove()
    rmSync(store, { recursive: true, force: true })
  }
}

const CHECKLIST = `name: bench
secrets: [DATABASE_URL]
databases: { main: { url: "\${DATABASE_URL}", store: "\${STORE}" } }
stages:
  preflight:
    - env: [STORE]
  backup:
    - { backup: main, keep: 1 }
`

function rowsOf({ plain, ours }, size) {
  const seconds = ours.runs.map(({ said }) => JSON.parse(said).receipts[0].seconds)
  const part = name => median(seconds.map(each => each[name])) * 1000
  const load = { wall: part('dump') }
  const inner = ['dump', 'restore', 'compare'].map(name => `${name} ${(part(name) / 1000).toFixed(1)} s`).join(', ')
  return [
    { ...row(`proven backup ÷ pg_dump -Fc -Z1, ${size}`, plain, ours, GOALS.whole), note: inner },
    row('load on the source ÷ pg_dump -Fc -Z1', plain, load, GOALS.load)
  ]
}

function row(what, other, ours, goal) {
  const ratio = ours.wall / other.wall
  return { what, other, ours, ratio, goal: `≤ ${goal}`, holds: ratio <= goal }
}

function fill(url, scale) {
  const run = (name, ...args) => {
    const { status, stdout, stderr } = spawnSync(findProgram(name), args, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`${name}: ${stderr}`)
    return stdout.trim()
  }
  run('pgbench', '--initialize', '--quiet', '--foreign-keys', `--scale=${scale}`, url)
  run('psql', '--no-psqlrc', '--command=CHECKPOINT', url)
  const bytes = run('psql', '--no-psqlrc', '-At', '--command=SELECT pg_database_size(current_database())', url)
  return (Number(bytes) / 2 ** 30).toFixed(2)
}
