import { spawn, spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { choosePostgres } from './demo-postgres.mjs'
import { root } from './install-if-needed.mjs'

const example = join(root, 'examples', 'quickstart')
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
    keptWords: second => keepCommands({ second, folder, repository, ledger, env: names }),
    close: options => keeper.close(options)
  }
}

/** The files of a release over those of the one before, committed. */
function layOut(number, repository, dumps) {
  cpSync(join(example, `release-${number}`), repository, { recursive: true })
  const checklist = join(repository, 'deploy-checklist.yml')
  const text = readFileSync(checklist, 'utf8')
  const weaker = text.replace(/^( +)store: .*$/m, '$&\n$1at-least: snapshot')
  if (!dumps && !text.includes('at-least:')) writeFileSync(checklist, weaker)
  git(repository, ['add', '-A'])
  git(repository, ['commit', '-q', '-m', `Release ${number}`])
}

function git(folder, args) {
  const who = ['-c', 'user.name=demo', '-c', 'user.email=demo@localhost', '-c', 'commit.gpgsign=false']
  const { status, stderr, error } = spawnSync('git', [...who, ...args], {
    cwd: folder,
    env: quietEnv(),
    encoding: 'utf8'
  })
  if (status !== 0) throw new Error(`git ${args[0]}: ${error?.message ?? stderr.trim()}`)
}

/** The caller's environment without what would make this a run of a workflow, or of another repository. */
function quietEnv() {
  const foreign = /^(GITHUB_|INPUT_|RUNNER_|ACTIONS_|GIT_|PG|DEPLOY_|npm_)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
}

async function startKeeper(folder, bin) {
  const keeper = spawn(process.execPath, [join(root, 'scripts', 'demo-keeper.mjs'), folder, bin, bundle], {
    // Out of reach of Ctrl-C, which is for the demo: the keeper ends after what it holds.
    detached: true,
    stdio: ['pipe', 'pipe', 'inherit'],
    env: quietEnv()
  })
  const ended = new Promise(resolve => keeper.on('close', resolve))
  const first = await Promise.race([new Promise(resolve => keeper.stdout.once('data', resolve)), ended])
  if (!(first instanceof Buffer)) throw new Error('PostgreSQL did not start; what it said stands above')
  const close = async ({ keep }) => {
    keeper.stdin.end(keep ? 'keep\n' : '')
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

/** Writes `demo`, a command that works on the kept folder; returns how to use it. */
function keepCommands({ second, folder, repository, ledger, env }) {
  const variables = Object.entries(env).map(([name, value]) => `export ${name}=${quoted(String(value))}`)
  writeFileSync(join(folder, 'env'), `${variables.join('\n')}\n`, { mode: 0o600 })
  const command = join(folder, 'demo')
  writeFileSync(command, commandText({ folder, repository, ledger }))
  chmodSync(command, 0o755)
  return `
The database and the service keep running: http://127.0.0.1:${env.PORT}/entries
Try there what you like, for example:

  cd ${folder}
  ./demo history
  ./demo show
  ./demo verify
  ./demo rollback ${second} --because "trying it"
  ./demo run        release 3 again, or what you commit in repository/
  ./demo stop       ends all of it and removes the folder`
}

const commandText = ({ folder, repository, ledger }) => `#!/bin/sh
# Runs deploy-checklist in this demo; \`stop\` ends the demo.
set -eu
if [ "\${1:-}" = stop ]; then
  kill "$(cat ${quoted(join(folder, 'keeper.pid'))})"
  exit
fi
. ${quoted(join(folder, 'env'))}
cd ${quoted(repository)}
exec ${quoted(process.execPath)} ${quoted(cliFile)} "$@" --ledger ${quoted(ledger)}
`

const quoted = text => `'${text.replaceAll("'", `'\\''`)}'`
