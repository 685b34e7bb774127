import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'

export type Variables = Readonly<Record<string, string>>
export type Ended = Readonly<{
  code: number | null
  signal: NodeJS.Signals | null
  stdout: string
  stderr: string
  ms: number
}>

export type Running = Readonly<{
  pid: number
  child: ChildProcess
  ended: Promise<Ended>
  /** Resolves with all output so far once it holds that text; rejects when the program ends before. */
  said(text: string | RegExp): Promise<string>
}>

export type StartOptions = Readonly<{
  env?: Variables
  /** Files of this folder that are loaded into the process before dist/. */
  preload?: readonly string[]
  node?: string
  folder?: string
}>

/** A caller's repository with a home, places for files and nothing of this machine's environment but its programs. */
export type Site = Readonly<{
  base: string
  /** The caller's repository. */
  folder: string
  env: Variables
  /** A new folder below the base. */
  place(name?: string): string
  /** Writes files into the repository and commits them; the new commit. */
  commit(files: Readonly<Record<string, string>>): string
  start(entry: Entry, args: readonly string[], options?: StartOptions): Running
  /** dist/cli.js to its end. */
  cli(args: readonly string[], options?: StartOptions): Promise<Ended>
  /** Ends what was started and removes the folder. */
  remove(): Promise<void>
}>
export type Entry = 'cli.js' | 'index.js' | 'post.js'

export function makeSite(files: Readonly<Record<string, string>> = {}): Site {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'e2e-')))
  const folder = join(base, 'shop')
  const env = { PATH: process.env['PATH'] ?? '', HOME: join(base, 'home'), TMPDIR: join(base, 'tmp'), LANG: 'C.UTF-8' }
  const running = new Set<Running>()
  let places = 0
  for (const path of [folder, env.HOME, env.TMPDIR]) mkdirSync(path)
  git(folder, env, 'init', '--quiet', '--initial-branch=main')

  const start: Site['start'] = (entry, args, options = {}) => {
    const one = startNode([resolve('dist', entry), ...args], { folder, ...options, env: { ...env, ...options.env } })
    running.add(one)
    void one.ended.then(() => running.delete(one))
    return one
  }
  const site: Site = {
    base,
    folder,
    env,
    place: (name = 'place') => {
      places += 1
      const path = join(base, `${name}-${places}`)
      mkdirSync(path)
      return path
    },
    commit: written => {
      write(folder, written)
      git(folder, env, 'add', '--all')
      git(folder, env, 'commit', '--quiet', '--allow-empty', '--message=release')
      return git(folder, env, 'rev-parse', 'HEAD').trim()
    },
    start,
    cli: (args, options) => start('cli.js', args, options).ended,
    remove: async () => {
      for (const { child } of running) child.kill('SIGKILL')
      await Promise.all([...running].map(({ ended }) => ended))
      rmSync(base, { recursive: true, force: true, maxRetries: 5 })
    }
  }
  site.commit(files)
  return site
}

const HERE = resolve('__tests__/e2e/support')

function startNode(args: readonly string[], { folder, env = {}, preload = [], node }: StartOptions): Running {
  const imports = preload.flatMap(file => ['--import', pathToFileURL(join(HERE, file)).href])
  const began = Date.now()
  const child = spawn(node ?? process.execPath, [...imports, ...args], {
    cwd: folder,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    // As the runner and a terminal do it: signals that are sent to the group reach all of it.
    detached: true
  })
  const text = { stdout: '', stderr: '' }
  const listeners = new Set<() => void>()
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', chunk => {
      text[stream] += chunk
      for (const listener of listeners) listener()
    })
  }
  const ended = new Promise<Ended>(done => {
    // What it left running may hold the pipes for long; what it said itself has come by then.
    child.once('exit', (code, signal) => {
      const finish = () => done({ code, signal, ...text, ms: Date.now() - began })
      const late = setTimeout(finish, 500)
      child.once('close', () => {
        clearTimeout(late)
        finish()
      })
    })
  })
  const said: Running['said'] = wanted =>
    new Promise((found, failed) => {
      const look = () => {
        const all = text.stdout + text.stderr
        if (typeof wanted === 'string' ? !all.includes(wanted) : !wanted.test(all)) return
        listeners.delete(look)
        found(all)
      }
      listeners.add(look)
      look()
      void ended.then(() => failed(new Error(`it ended without saying ${wanted}:\n${text.stdout}${text.stderr}`)))
    })
  return { pid: child.pid ?? 0, child, ended, said }
}

const WHO = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', '-c', 'commit.gpgsign=false']

export const git = (folder: string, env: Variables, ...args: readonly string[]): string =>
  execFileSync('git', [...WHO, ...args], { cwd: folder, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

export function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text, { mode: path.endsWith('.sh') ? 0o755 : 0o644 })
  }
}

/** Throws with all that it said when a program did not end with that code. */
export function mustEnd(ended: Ended, code: number): Ended {
  if (ended.code === code) return ended
  throw new Error(`expected exit ${code}, found ${ended.code ?? ended.signal}:\n${ended.stdout}${ended.stderr}`)
}

/** The head that a run printed last, as `verify --head` takes it. */
export function printedHead(text: string): string {
  const heads = [...text.matchAll(/\b[\w-]+:\d+:[0-9a-f]{64}\b/g)].map(([head]) => head)
  const last = heads.at(-1)
  if (last === undefined) throw new Error(`no head was printed:\n${text}`)
  return last
}

/** Runs them all, so many at a time. */
export async function inParallel<T>(width: number, items: readonly T[], work: (item: T) => Promise<void>) {
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: width }, worker))
}

export const nap = (ms: number): Promise<void> => new Promise(resolve => setTimeout(resolve, ms))

/** Looks again until it holds. */
export async function until(holds: () => boolean, what: string, withinMs = 10_000): Promise<void> {
  for (const over = Date.now() + withinMs; !holds(); await nap(10))
    if (Date.now() > over) throw new Error(`not within ${withinMs} ms: ${what}`)
}
