import { execFileSync } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { PassThrough } from 'node:stream'
import { afterAll } from '@jest/globals'
import { type Answer, resultOfFault } from '../../src/app/answer.js'
import { parseArguments } from '../../src/app/arguments.js'
import type { Host } from '../../src/app/host.js'
import { obey } from '../../src/app/obey.js'
import { NOTHING_ASKED, type Request, requestFromInputs } from '../../src/app/request.js'
import type { Word } from '../../src/app/runner.js'
import { session } from '../../src/app/session.js'
import { settled } from '../../src/app/settled.js'
import type { Shop } from '../../src/app/shop.js'
import { openShop } from '../../src/app.js'
import type { ExecutionRecord } from '../../src/core/execution.js'
import type { Clock, Interview, Ledger, Liveness } from '../../src/core/ports.js'
import type { Reason } from '../../src/core/reasons.js'
import type { Result } from '../../src/core/result/result.js'
import { openFileLedger } from '../../src/ledger/file.js'
import { PLAIN } from '../../src/report/layout.js'
import { openLiveness } from '../../src/shell/liveness.js'
import { openTerminal } from '../../src/terminal/terminal.js'
import { fakeClock } from '../fakes/clock.js'

/**
 * A repository, a ledger in a folder and a world in which commands leave marks, each under one temporary folder. Every
 * command goes through a whole session, as from the command line or from a step of the action.
 */
export type Stand = Readonly<{
  folder: string
  ledger: string
  env: Record<string, string>
  /** One command line, such as `rollback --to ID`; a word with blanks stands between single quotes. */
  does(line: string, more?: Doing): Promise<Done>
  /** One step of the action, with its inputs. */
  step(inputs: Record<string, string>, more?: Doing): Promise<Done>
  /** The last step of a job: settles what the step before has left, and says how it stands. */
  settle(word: Word, inputs: Record<string, string>, more?: Doing): Promise<Result>
  /** One command with other parts than the real ones, such as `dying`. */
  through(line: string, change: (shop: Shop) => Promise<Shop>): Promise<Result>
  /** Writes files of the repository and commits them; its whole SHA. */
  commit(files?: Record<string, string>): string
  checkout(commit: string): void
  /** What commands have done, oldest first, and whatever else they wrote into the world. */
  did(): readonly string[]
  world(name: string): string
  sets(name: string, text: string): void
  turn(ms: number): Promise<void>
  records(): Promise<readonly ExecutionRecord[]>
  git(...args: string[]): string
}>

export type Doing = Readonly<{
  /** Who sits at the machine; ann by default. */
  user?: string
  env?: Record<string, string>
  /** Who this process is; by default the one that runs the test. */
  liveness?: Liveness
  /** The input `members-token`. */
  membersToken?: string
  interview?: Interview
  signal?: (abort: (name: string) => void) => void
}>
export type Done = Answer & Readonly<{ result: Result; id: string; said: string; masked: readonly string[] }>

/** Marks in the world: `did` is a line of its log, `live` is what runs. */
export const DEPLOY = `echo "deploy $DEPLOY_COMMIT" >> "$WORLD/log"; echo "$DEPLOY_COMMIT" > "$WORLD/live"`
export const UNDO = `echo "undo $DEPLOY_COMMIT to $DEPLOY_PREVIOUS_COMMIT" >> "$WORLD/log"; echo "$DEPLOY_PREVIOUS_COMMIT" > "$WORLD/live"`
/** Passes when what should be live is, and nobody has broken it. */
export const ALIVE = `test "$(cat "$WORLD/live")" = "$DEPLOY_COMMIT"; ! grep -qs "$DEPLOY_COMMIT" "$WORLD/broken"`

export const CHECKLIST = `
name: shop
stages:
  deploy:
    - run: '${DEPLOY}'
      id: release
      undo: '${UNDO}'
  smoke-test:
    - run: '${ALIVE}'
      id: alive
`

const stands: string[] = []
afterAll(() => {
  for (const root of stands) rmSync(root, { recursive: true, force: true })
})

/** A stand whose repository has one commit with this checklist. */
export function openStand(checklist: string | null = CHECKLIST, at = '2026-01-05T10:00:00.000Z'): Stand {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'app-test-')))
  stands.push(root)
  const [folder, world, ledger] = [join(root, 'shop'), join(root, 'world'), join(root, 'ledger')]
  for (const made of [folder, world]) mkdirSync(made)
  const env: Record<string, string> = { PATH: process.env['PATH'] ?? '', HOME: root, WORLD: world }
  const clock = jumpingClock(at)
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@example.com', ...args], {
      cwd: folder,
      env: { PATH: env['PATH'], HOME: root, GIT_CONFIG_NOSYSTEM: '1' },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore']
    }).trim()
  git('init', '--quiet', '--initial-branch=main')
  let made = 0
  const commit = (files: Record<string, string> = {}) => {
    for (const [path, text] of Object.entries({ release: `${++made}`, ...files })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true })
      writeFileSync(join(folder, path), text)
    }
    git('add', '.')
    git('commit', '--quiet', '-m', 'a release')
    return git('rev-parse', 'HEAD')
  }
  commit(checklist === null ? {} : { 'deploy-checklist.yml': checklist })
  const host = (more: Doing): Host => ({
    folder,
    env: { ...env, ...more.env },
    gitHubToken: more.env?.['GITHUB_TOKEN'] ?? '',
    ...(more.membersToken !== undefined && { membersToken: more.membersToken }),
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: new PassThrough().resume() as unknown as NodeJS.WriteStream,
    clock,
    ...(more.liveness !== undefined && { liveness: more.liveness }),
    user: more.user ?? 'ann',
    home: root,
    temporary: root,
    random: bytes =>
      [...crypto.getRandomValues(new Uint8Array(bytes))].map(byte => byte.toString(16).padStart(2, '0')).join(''),
    installation: root
  })
  const obeyed = async (request: Request, more: Doing): Promise<Done> => {
    await clock.turn(1000)
    const [said, masked]: [string[], string[]] = [[], []]
    const terminal = openTerminal({
      stdout: { write: text => said.push(text) > 0 },
      isTTY: false,
      columns: () => 120,
      clock,
      colour: false
    })
    const interview = more.interview ?? { ask: async () => undefined }
    const voice = { terminal, interview, layout: PLAIN, onMask: (value: string) => void masked.push(value) }
    const listen = (abort: (name: string) => void) => {
      more.signal?.(abort)
      return () => {}
    }
    const { answer, record } = await session(host(more), request, voice, listen, () => {})
    return { ...answer, id: record?.id ?? '', said: said.join(''), masked }
  }
  return {
    ...{ folder, ledger, env, commit, git },
    does: async (line, more = {}) =>
      await obeyed(requestOf(/ --ledger /.test(line) ? line : `${line} --ledger file:${ledger}`), more),
    step: async (inputs, more = {}) => {
      const actions = { ...IN_ACTIONS, RUNNER_TEMP: root, ...more.env }
      return await obeyed(requestFromInputs(inputs, ''), { ...more, env: actions })
    },
    settle: async (word, inputs, more = {}) => {
      const actions = { ...IN_ACTIONS, RUNNER_TEMP: root, ...more.env }
      const stdout = new PassThrough().resume() as unknown as NodeJS.WriteStream
      const quiet = { ...host({ ...more, env: actions }), stdout }
      return await settled(word, () => requestFromInputs(inputs, ''), quiet)
    },
    through: async (line, change) => {
      const request = requestOf(`${line} --ledger file:${ledger}`)
      const terminal = openTerminal({
        stdout: { write: () => true },
        isTTY: false,
        columns: () => 120,
        clock,
        colour: false
      })
      const surface = {
        terminal,
        interview: { ask: async () => undefined },
        signal: new AbortController().signal,
        onMask: () => {},
        onOpened: () => {}
      }
      const shop = openShop(host({}), request, surface)
      try {
        return (await obey(request, await change(shop), PLAIN)).result
      } catch (error) {
        return resultOfFault(error)
      } finally {
        await shop.close()
      }
    },
    checkout: wanted => void git('checkout', '--quiet', wanted),
    did: () =>
      read(join(world, 'log'))
        .split('\n')
        .filter(line => line !== ''),
    world: name => read(join(world, name)).trim(),
    sets: (name, text) => appendFileSync(join(world, name), `${text}\n`),
    turn: ms => clock.turn(ms),
    records: async () => {
      const store = openFileLedger({ folder: ledger, clock, liveness: openLiveness() })
      const { records } = await store.list({}, { limit: 100 })
      await store.close()
      return records
    }
  }
}

/** What a refusal says, for one comparison. */
export const refusal = ({ result: { status, reason, exitCode } }: Done): readonly [string, Reason, number] => [
  status,
  reason,
  exitCode
]

export const IN_ACTIONS = {
  GITHUB_ACTIONS: 'true',
  GITHUB_RUN_ID: '77',
  GITHUB_RUN_ATTEMPT: '1',
  GITHUB_ACTOR: 'bea',
  GITHUB_TRIGGERING_ACTOR: 'cy',
  GITHUB_REPOSITORY: 'org/shop',
  GITHUB_EVENT_NAME: 'push',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_SERVER_URL: 'https://github.example'
}

function requestOf(line: string): Request {
  const words = [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
  const asked = parseArguments(words)
  return 'request' in asked ? asked.request : NOTHING_ASKED
}

const read = (path: string): string => (existsSync(path) ? readFileSync(path, 'utf8') : '')

const LONG_MS = 5_000

/** Stands until it is turned, but for short pauses: those pass at once, or next to nothing would (steps of a poll). */
function jumpingClock(at: string): Clock & Readonly<{ turn(ms: number): Promise<void> }> {
  const clock = fakeClock({ at })
  const sleep = async (ms: number, signal?: AbortSignal) => {
    if (ms >= LONG_MS) return await clock.sleep(ms, signal)
    if (ms < 250) return await new Promise<void>(resolve => setTimeout(resolve, Math.min(ms, 25)))
    await clock.turn(ms)
  }
  return { now: clock.now, sleep, turn: clock.turn }
}

/** A process that dies at its `n`th write of events, after it or before it, and is seen to be dead by every later one. */
export const dying =
  (n: number, when: 'before' | 'after' = 'after', process: object = { startedAt: '1' }) =>
  async (shop: Shop): Promise<Shop> => {
    const dead = { ...(await shop.liveness.self()), ...process }
    const ledger = dyingLedger(await shop.ledger(), n, when)
    return { ...shop, ledger: async () => ledger, liveness: { ...shop.liveness, self: async () => dead } }
  }

/** The store as a process sees it that dies at its `n`th write of events. */
function dyingLedger(ledger: Ledger, n: number, when: 'before' | 'after'): Ledger {
  let writes = 0
  const dead = new Error('killed')
  return {
    ...ledger,
    append: async change => {
      writes++
      if (writes > n || (writes === n && when === 'before')) throw dead
      const written = await ledger.append(change)
      if (writes === n) throw dead
      return written
    }
  }
}
