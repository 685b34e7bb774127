import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg, tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { root } from '../install-if-needed.mjs'

export const cli = join(root, 'dist', 'cli.js')

/**
 * Runs every contender once per round, in turn, so that whatever else the machine does hits all of them alike; the
 * first round only warms up. Returns per name the medians in milliseconds: wall, and CPU with that of all children; and
 * every run with what it said.
 */
export function interleaved({ rounds, contenders }) {
  const taken = Object.fromEntries(Object.keys(contenders).map(name => [name, []]))
  for (let round = 0; round <= rounds; round++) {
    for (const [name, contender] of Object.entries(contenders)) {
      const once = timed(name, contender)
      if (round > 0) taken[name].push(once)
      process.stderr.write('.')
    }
  }
  process.stderr.write('\n')
  return Object.fromEntries(
    Object.entries(taken).map(([name, runs]) => [
      name,
      { wall: median(runs.map(({ wall }) => wall)), cpu: median(runs.map(({ cpu }) => cpu)), runs }
    ])
  )
}

export const median = values => values.toSorted((a, b) => a - b)[values.length >> 1]

/** One run in milliseconds. What does not end as it should is an error: a broken contender is no fast one. */
export function timed(name, { argv, cwd, env = {}, code = 0, before }) {
  before?.()
  const folder = mkdtempSync(join(tmpdir(), 'deploy-checklist-bench-'))
  try {
    const said = join(folder, 'said')
    const script = 'TIMEFORMAT="%3R %3U %3S"; time "$@" >"$SAID" 2>"$SAID.err"'
    const { status, stderr } = spawnSync('bash', ['-c', script, 'bench', ...argv], {
      cwd,
      env: { ...quiet(), ...env, SAID: said },
      encoding: 'utf8'
    })
    const [wall, user, system] = stderr.trim().split(/\s+/).slice(-3).map(Number)
    if (status !== code)
      throw new Error(
        `${name} ended with ${status}, not ${code}: ${ending(said)}${ending(`${said}.err`)}${stderr.slice(0, 400)}`
      )
    return { wall: wall * 1000, cpu: (user + system) * 1000, said: readFileSync(said, 'utf8') }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const ending = file => (existsSync(file) ? readFileSync(file, 'utf8').slice(-1500) : '')

/** The caller's environment without what would make this a run of a workflow, and without what slows each Node's start. */
function quiet() {
  const foreign = /^(GITHUB_|INPUT_|RUNNER_|ACTIONS_|GIT_|PG|DEPLOY_|npm_|NODE_)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
}

/** A folder with a git repository that holds a checklist, and a ledger beside it. */
export function workspace(checklist) {
  const folder = mkdtempSync(join(tmpdir(), 'deploy-checklist-bench-'))
  const repository = join(folder, 'repository')
  git(folder, 'init', '--quiet', repository)
  writeFileSync(join(repository, 'deploy-checklist.yml'), checklist)
  git(repository, 'add', '.')
  git(repository, '-c', 'user.name=bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '-m', 'bench')
  const ledger = join(folder, 'ledger')
  return {
    folder,
    repository,
    /** A run of the built command line here, with a ledger that begins empty. */
    run: (...args) => ({
      argv: [cli, 'run', ...args, '--ledger', `file:${ledger}`],
      cwd: repository,
      env: { XDG_STATE_HOME: join(folder, 'state'), PATH: onPath(process.execPath) },
      before: () => rmSync(ledger, { recursive: true, force: true })
    }),
    remove: () => rmSync(folder, { recursive: true, force: true })
  }
}

// As from a terminal: by the program's own first line, with the Node that runs this.
const onPath = node => [dirname(node), process.env.PATH].join(delimiter)

function git(cwd, ...args) {
  const { status, stderr } = spawnSync('git', args, { cwd, env: quiet(), encoding: 'utf8' })
  if (status !== 0) throw new Error(`git ${args[0]}: ${stderr}`)
}

export const load = () => `load ${loadavg()[0].toFixed(1)} on ${availableParallelism()} cores`
