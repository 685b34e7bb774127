import { spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdirSync, mkdtempSync, openSync, readFileSync, symlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { keepCommands, keepPapers } from './demo-keep.mjs'
import { choosePostgres } from './demo-postgres.mjs'
import { git, layOut, quietEnv } from './demo-repository.mjs'
import { root } from './install-if-needed.mjs'

const cliFile = join(root, 'dist', 'cli.js')
const bundle = pathToFileURL(join(root, 'dist', 'bundle.js')).href

/** A folder with a server, an empty database, an empty repository and a ledger, where releases can be deployed. */
export async function openDemo() {
  const { bin, dumps, words } = choosePostgres()
  const folder = mkdtempSync(join(tmpdir(), 'deploy-checklist-demo-'))
  const [repository, home] = ['repository', 'app'].map(name => join(folder, name))
  for (const path of [repository, home]) mkdirSync(path)
  // The service finds pg in a folder above its own.
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  const keeper = await startKeeper(folder, bin)
  const port = await freePort()
  const url = await createDatabase(keeper.url)
  const ledger = `file:${join(folder, 'ledger')}`
  const names = {
    DATABASE_URL: url,
    APP_HOME: home,
    PORT: String(port),
    DEPLOY_CHECKLIST_SUMMARIES: join(folder, 'summaries')
  }
  const env = { ...quietEnv(), ...names }
  const run = watchSignals()
  git(repository, ['init', '-q', '-b', 'main'])

  const cli = (args, expected, stdout = 'inherit') =>
    run(process.execPath, [cliFile, ...args, '--ledger', ledger], { cwd: repository, env, stdout, expected })

  return {
    port,
    words: `${words}\nEverything lies in ${folder}.`,
    cancelled: run.cancelled,
    cli,
    json: async args => JSON.parse(await cli([...args, '--json'], 0, 'pipe')),
    release: async (number, expected) => {
      layOut(number, repository, dumps)
      await cli(['run', '--environment', 'production'], expected)
    },
    keptWords: second => keepCommands({ second, folder, repository, ledger, cliFile, env: names }),
    keptPapers: () => keepPapers(folder),
    close: options => keeper.close(options)
  }
}

async function startKeeper(folder, bin) {
  const log = join(folder, 'keeper.log')
  const keeper = spawn(process.execPath, [join(root, 'scripts', 'demo-keeper.mjs'), folder, bin, bundle], {
    // Out of reach of Ctrl-C, which is for the demo: the keeper ends after what it holds.
    detached: true,
    // Not our own stderr: whoever reads that to its end (`npm run demo -- --keep | tail`) would wait for the keeper.
    stdio: ['pipe', 'pipe', openSync(log, 'a')],
    env: quietEnv()
  })
  const ended = new Promise(resolve => keeper.on('close', resolve))
  const first = await Promise.race([new Promise(resolve => keeper.stdout.once('data', resolve)), ended])
  if (!(first instanceof Buffer)) throw new Error(`PostgreSQL did not start: ${readFileSync(log, 'utf8').trim()}`)
  const close = async ({ keep }) => {
    keeper.stdin.end(keep ? 'keep\n' : 'end\n')
    if (!keep) return ended
    keeper.unref()
    keeper.stdout.destroy()
  }
  return { url: JSON.parse(first.toString()).url, close }
}

async function createDatabase(url) {
  const { default: pg } = await import('pg')
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('create database guestbook')
  await client.end()
  const own = new URL(url)
  own.pathname = '/guestbook'
  return own.href
}

/** Below the range that client sockets are given out of, so that it stays free until the service takes it. */
async function freePort() {
  for (;;) {
    const port = randomInt(15_000, 30_000)
    const free = await new Promise(resolve => {
      const server = createServer().once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
    })
    if (free) return port
  }
}

/** Runs programs one after the other; after a signal, waits for the one that runs and starts no other. */
function watchSignals() {
  let signalled
  let current
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(name, () => {
      // Ctrl-C reaches the whole group by itself; the others are for us alone.
      if (name !== 'SIGINT') current?.kill('SIGTERM')
      signalled ??= 128 + constants.signals[name]
    })
  }
  const run = async (program, args, { cwd, env, stdout, expected }) => {
    if (signalled !== undefined) throw new Error('it was interrupted')
    current = spawn(program, args, { cwd, env, stdio: ['inherit', stdout, 'inherit'] })
    const text = []
    current.stdout?.on('data', chunk => text.push(chunk))
    const code = await new Promise((resolve, reject) => current.on('error', reject).on('close', resolve))
    if (signalled !== undefined) throw new Error('it was interrupted')
    if (code !== expected) throw new Error(`expected ${args[1]} to end with ${expected}, found ${code}`)
    return Buffer.concat(text).toString()
  }
  return Object.assign(run, { cancelled: () => signalled })
}
