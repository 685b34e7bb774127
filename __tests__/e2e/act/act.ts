import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { findProgram } from '../../../scripts/find-program.mjs'
import { node24 } from '../../fakes/nodes.js'
import { type ActReport, parseActOutput, transcript } from './act-output.js'

export type ActOptions = Readonly<{
  /** File name in the caller's .github/workflows. */
  workflow: string
  /** What starts it; by hand if it is not said. */
  event?: string
  /** What GitHub says of the event. */
  payload?: object
  /** Variables that every step sees, such as GITHUB_RUN_ID. */
  env?: Readonly<Record<string, string>>
  secrets?: Readonly<Record<string, string>>
  inputs?: Readonly<Record<string, string>>
  /** Folders before Node 24 on PATH, or instead of all: `path` is then the whole of it. */
  path?: string
}>

export type ActRun = ActReport & Readonly<{ code: number | null; text: string }>

export type Running = Readonly<{
  ended: Promise<ActRun>
  /** Resolves when a step has written that text; rejects when act ends before. */
  said(text: string): Promise<void>
  /** Ctrl-C on act: it kills what runs at once, and what stands behind it in a composite never comes. */
  crash(): void
  /** The machine is gone: act and whatever it has started are killed at once, and nothing has the last word. */
  kill(): void
}>

export type Caller = Readonly<{
  folder: string
  /** Writes files into the caller's repository and commits them; the new commit. */
  commit(files: Readonly<Record<string, string>>): string
  /** Stands at an older commit, as a run that is run again does. */
  checkout(commit: string): void
  act(options: ActOptions): Promise<ActRun>
  start(options: ActOptions): Running
}>

/**
 * Another repository's view: a checkout of ours that `org/deploy-checklist@v1` stands for, and a caller's repository in
 * a folder of its own. Offline; nothing of the machine's environment comes through. Folders and processes are gone after.
 */
export async function withCaller<T>(work: (caller: Caller) => Promise<T>): Promise<T> {
  const base = mkdtempSync(join(tmpdir(), 'act-'))
  const [ours, folder] = [join(base, 'deploy-checklist'), join(base, 'shop')]
  const running = new Set<ChildProcess>()
  const last = { text: '' }
  const start = (options: ActOptions) => startAct({ base, ours, folder, options, running, last })
  try {
    for (const path of ['home', 'tmp', 'shop']) mkdirSync(join(base, path))
    // As /tmp is: where we are root, PostgreSQL runs as somebody else and must get to its folder below.
    chmodSync(base, 0o755)
    // No more of us than what the actions need: that nothing else is needed is part of what is tested.
    for (const path of ['action.yml', 'stage', 'scripts/begin.sh', 'dist', CALLED])
      cpSync(path, join(ours, path), { recursive: true })
    rewriteAll(join(ours, CALLED))
    const upload = join(base, 'upload-artifact')
    mkdirSync(upload)
    for (const repository of [ours, folder, upload]) git(repository, 'init', '--quiet', '--initial-branch=main')
    commitFiles(upload, { 'action.yml': UPLOAD_ACTION })
    commitAll(ours)
    return await work({
      folder,
      commit: files => commitFiles(folder, files),
      checkout: commit => void git(folder, 'checkout', '--quiet', commit),
      start,
      act: options => start(options).ended
    })
  } catch (error) {
    const { steps } = parseActOutput(complete(last.text))
    if (error instanceof Error)
      error.message += `\n\nThe last run of act:\n${steps.length === 0 ? last.text : transcript(steps)}`
    throw error
  } finally {
    for (const child of running) child.kill('SIGKILL')
    rmSync(base, { recursive: true, force: true, maxRetries: 5 })
  }
}

const CALLED = '.github/workflows'

/** The action that keeps files, as our workflows pin it; offline another one stands for it, which says what it was given. */
const UPLOAD = /actions\/upload-artifact@[0-9a-f]{40}/.exec(readFileSync(`${CALLED}/deploy.yml`, 'utf8'))?.[0] ?? ''
const UPLOAD_ACTION = `name: upload
description: says what would be kept
inputs: { name: { required: true, description: x }, path: { required: true, description: x } }
runs:
  using: composite
  steps:
    - shell: bash
      env: { NAME: "\${{ inputs.name }}", FILE: "\${{ inputs.path }}" }
      run: echo "kept $NAME, $(wc -c <"$FILE") bytes of it"
`

function rewriteAll(folder: string): void {
  for (const file of readdirSync(folder)) {
    const text = readFileSync(join(folder, file), 'utf8')
    writeFileSync(join(folder, file), asActKnows(text))
  }
}

/**
 * The same workflow in the words of act 0.2.87, whose schema lags behind: `$/`, this very repository at the commit that
 * runs, by its name; and no `queue`, which act would ignore with the rest of `concurrency`. Nothing else is changed.
 */
export const asActKnows = (workflow: string): string =>
  workflow
    .replaceAll('uses: $/stage', 'uses: org/deploy-checklist/stage@v1')
    .replace(/^ +queue: max\n/gm, '')
    .replaceAll(', queue: max }', ' }')

type Start = Readonly<{
  base: string
  ours: string
  folder: string
  options: ActOptions
  running: Set<ChildProcess>
  /** What the newest run has said so far. */
  last: { text: string }
}>

function startAct({ base, ours, folder, options, running, last }: Start): Running {
  const child = spawn(actProgram(), argumentsFor(ours, options), {
    cwd: folder,
    env: environmentIn(base, options),
    stdio: ['ignore', 'pipe', 'pipe']
  })
  running.add(child)
  let text = ''
  const hear = (chunk: Buffer) => {
    text += chunk
    last.text = text
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const ended = new Promise<ActRun>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', code => {
      running.delete(child)
      resolve({ code, text, ...parseActOutput(text) })
    })
  })
  const said = (wanted: string) =>
    new Promise<void>((resolve, reject) => {
      const look = () => parseActOutput(complete(text)).steps.some(({ output }) => output.includes(wanted)) && resolve()
      child.stdout.on('data', look)
      child.on('close', () => reject(new Error(`act ended and nobody said ${JSON.stringify(wanted)}:\n${text}`)))
      look()
    })
  const kill = () => killTree(child.pid ?? 0)
  return { ended, said, crash: () => child.kill('SIGINT'), kill }
}

/** Held first, so that it starts nothing while we look. */
function killTree(pid: number): void {
  process.kill(pid, 'SIGSTOP')
  for (const each of [pid, ...below(pid)]) {
    try {
      process.kill(each, 'SIGKILL')
    } catch {} // gone already
  }
}

const below = (pid: number): readonly number[] => childrenOf(pid).flatMap(child => [child, ...below(child)])

function childrenOf(pid: number): readonly number[] {
  const children = (task: string) => {
    try {
      return readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
    } catch {
      return [] // ended meanwhile
    }
  }
  return readdirSync(`/proc/${pid}/task`).flatMap(children)
}

function argumentsFor(
  ours: string,
  { workflow, event = 'workflow_dispatch', payload, env = {}, secrets = {}, inputs = {} }: ActOptions
): readonly string[] {
  const pairs = (flag: string, values: Readonly<Record<string, string>>) =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`])
  return [
    ...[event, '--json', '--platform', 'ubuntu-latest=-self-hosted', '--platform', 'ubuntu-24.04=-self-hosted'],
    ...['--workflows', `.github/workflows/${workflow}`, '--actor', 'alice', '--no-cache-server'],
    ...['--local-repository', `org/deploy-checklist@v1=${ours}`],
    ...['--local-repository', `${UPLOAD}=${join(dirname(ours), 'upload-artifact')}`],
    ...pairs('--env', { GITHUB_REPOSITORY: 'org/shop', GITHUB_TRIGGERING_ACTOR: 'alice', ...env }),
    ...(payload === undefined ? [] : ['--eventpath', written(join(dirname(ours), 'event.json'), payload)]),
    ...pairs('--secret', secrets),
    ...pairs('--input', inputs)
  ]
}

function written(file: string, payload: object): string {
  writeFileSync(file, JSON.stringify(payload))
  return file
}

const environmentIn = (base: string, { path }: ActOptions): NodeJS.ProcessEnv => ({
  HOME: join(base, 'home'),
  TMPDIR: join(base, 'tmp'),
  PATH: path ?? `${node24().folder}:/usr/local/bin:/usr/bin:/bin`,
  LANG: 'C.UTF-8'
})

function actProgram(): string {
  const found = findProgram('act')
  if (found === undefined) throw new Error('act is not here: go install github.com/nektos/act@v0.2.87')
  return found
}

function commitFiles(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), content, { mode: file.endsWith('.sh') ? 0o755 : 0o644 })
  }
  return commitAll(folder)
}

function commitAll(folder: string): string {
  git(folder, 'add', '--all')
  git(folder, '-c', 'user.name=a test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--message', 'a test')
  return git(folder, 'rev-parse', 'HEAD').trim()
}

const git = (folder: string, ...args: readonly string[]): string =>
  execFileSync('git', args, { cwd: folder, encoding: 'utf8', env: { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null' } })

const complete = (text: string): string => text.slice(0, text.lastIndexOf('\n') + 1)
