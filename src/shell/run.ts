import { constants } from 'node:os'
import type { Clock, Command, Exit, Shell } from '../core/ports.js'
import type { SearchingRedactor } from '../core/redact/redact.js'
import { harmless } from '../core/redact/workflow-commands.js'
import { AFTER_KILL_MS, endGroup, signalGroup } from './group.js'
import { NO_OUTPUT, type Output, readOutput } from './output.js'
import { processLine } from './processes.js'
import { type Started, start } from './start.js'

export type ShellOptions = Readonly<{
  redactor: SearchingRedactor
  clock: Clock
  /** True where GitHub's runner reads our output: lines of programs are made harmless then. */
  inActions?: boolean
  /** A program said `::add-mask::VALUE`. The redactor has it already; whoever else prints must be told. */
  onMask?: (value: string) => void
}>

// Why a wait of ours ends early. Without a word Node would make an error with its stack, once for each.
const OVER = 'over'
const INTERRUPT_GRACE_MS = 5000
const END_GRACE_MS = 2000
const KEPT_BYTES = 1024 * 1024

/** Runs programs on this machine (POSIX). A text for a shell runs as GitHub's steps do: its first failure ends it. */
export const openShell = (options: ShellOptions): Shell => ({
  run: async command => {
    if (command.signal.aborted) return NEVER_STARTED
    const startedAt = options.clock.now().getTime()
    const started = await start(command, options.clock)
    try {
      const result = await runToItsEnd(started, command, options)
      return { ...result, durationMs: Math.max(0, options.clock.now().getTime() - startedAt) }
    } finally {
      await started.tidy()
    }
  }
})

const NEVER_STARTED: Exit = { kind: 'aborted', code: 130, byItself: true, stdout: '', stderr: '', durationMs: 0 }

type Ending = Pick<Exit, 'code' | 'byItself'>

async function runToItsEnd(
  started: Started,
  command: Command,
  options: ShellOptions
): Promise<Omit<Exit, 'durationMs'>> {
  const { child } = started
  const [stdout, stderr] = [output('stdout', started, command, options), output('stderr', started, command, options)]
  const closed = new Promise<'closed'>(resolve => child.once('close', () => resolve('closed')))
  // A program need not read what it is given.
  child.stdin?.on('error', () => {})
  child.stdin?.end(command.input)
  // One signal for all that only waits as long as the program runs.
  const over = new AbortController()
  void started.exit.then(() => over.abort(OVER))
  void tellOnce(started, command, options.clock, over.signal)
  const kind = await whatComesFirst(started, command, options.clock, over.signal)
  const ending = kind === 'exited' ? leftAlone(await started.exit) : await stop(kind, started, command, options.clock)
  const longestMs = kind === 'exited' ? LONGEST_DRAIN_MS : QUIET_MS
  const letGo = !(await drained([stdout, stderr], { closed, longestMs, clock: options.clock }))
  child.stdin?.destroy()
  // One that even KILL did not end must not keep us from ending.
  child.unref()
  over.abort(OVER)
  return { kind, ...ending, stdout: stdout.close(), stderr: stderr.close(), ...(letGo && { letGo }) }
}

const A_MOMENT_MS = 100

/** Programs that end at once are not told of: nobody will ask whether they live. */
async function tellOnce({ pid }: Started, { onStart }: Command, clock: Clock, over: AbortSignal): Promise<void> {
  if (onStart === undefined) return
  await clock.sleep(A_MOMENT_MS, over)
  const startedAt = over.aborted ? undefined : processLine(pid)?.startedAt
  if (startedAt !== undefined) onStart({ pid, startedAt })
}

function output(stream: 'stdout' | 'stderr', { child }: Started, command: Command, options: ShellOptions): Output {
  const pipe = child[stream]
  if (pipe === null) return NO_OUTPUT
  return readOutput(pipe, {
    redactor: options.redactor,
    clock: options.clock,
    keep: command.keep ?? 'redacted',
    keepBytes: command.keepBytes ?? KEPT_BYTES,
    onLine: line => command.onLine?.(options.inActions === true ? harmless(line) : line, stream),
    onMask: options.onMask
  })
}

async function whatComesFirst(
  { exit }: Started,
  { timeoutMs, signal }: Command,
  clock: Clock,
  over: AbortSignal
): Promise<Exit['kind']> {
  let onAbort = () => {}
  const aborted = new Promise<'aborted'>(resolve => {
    onAbort = () => resolve('aborted')
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort)
  })
  const exited = exit.then(() => 'exited' as const)
  // The sleep ends with the program too, but always after it: who won is decided by then.
  const timedOut = clock.sleep(timeoutMs, over).then(() => (over.aborted ? exited : ('timed-out' as const)))
  const kind = await Promise.race([exited, aborted, timedOut])
  signal.removeEventListener('abort', onAbort)
  return kind
}

async function stop(kind: Exit['kind'], started: Started, command: Command, clock: Clock): Promise<Ending> {
  if (kind === 'aborted' && command.onAbort === 'interrupt') return interrupt(started, command, clock)
  const killed = await endGroup(started.pid, clock, command.graceMs ?? END_GRACE_MS)
  return ended(await within(AFTER_KILL_MS, started.exit, clock), killed)
}

/**
 * An action gets SIGINT and time to come to an end that it chooses. What it leaves running on purpose lives on, as after
 * any other end; but if it did not choose, nothing of the group stays behind.
 */
async function interrupt(started: Started, { graceMs = INTERRUPT_GRACE_MS }: Command, clock: Clock): Promise<Ending> {
  signalGroup(started.pid, 'SIGINT')
  signalGroup(started.pid, 'SIGCONT')
  const exit = await within(graceMs, started.exit, clock)
  if (exit !== undefined && exit.signal === null) return ended(exit, false)
  await endGroup(started.pid, clock, exit === undefined ? 0 : Math.min(graceMs, END_GRACE_MS))
  return ended(await within(AFTER_KILL_MS, started.exit, clock), true)
}

type RawExit = Awaited<Started['exit']>

const codeOf = ({ code, signal }: RawExit): number => code ?? 128 + (signal === null ? 0 : constants.signals[signal])
const leftAlone = (exit: RawExit): Ending => ({ code: codeOf(exit), byItself: true })

// A program that one of our signals ended has chosen nothing: nobody knows how far it came.
const ended = (exit: RawExit | undefined, killed: boolean): Ending =>
  exit === undefined
    ? { code: 128 + constants.signals.SIGKILL, byItself: false }
    : { code: codeOf(exit), byItself: !killed && exit.signal === null }

const QUIET_MS = 250
const LONGEST_DRAIN_MS = 5000
const STEP_MS = 25
/** Turns of the event loop in which everything that is already there is read. */
const SOON = 3
const nextTurn = () => new Promise<void>(resolve => setImmediate(resolve))

type Draining = Readonly<{ closed: Promise<'closed'>; longestMs: number; clock: Clock }>

/**
 * The program has ended, but something that it started may hold the pipes. What is still on its way is read; after a
 * quarter of a second of silence nobody waits any longer for a daemon. True if all pipes came to their end.
 */
async function drained(outputs: readonly Output[], { closed, longestMs, clock }: Draining): Promise<boolean> {
  // Nearly always the pipes end with the program, and no timer is needed to see it.
  for (let turn = 0; turn < SOON; turn++) {
    if ((await Promise.race([closed, nextTurn()])) === 'closed') return true
  }
  const received = () => outputs.reduce((sum, output) => sum + output.received(), 0)
  let before = received()
  for (let waited = 0, quiet = 0; waited < longestMs && quiet < QUIET_MS; waited += STEP_MS) {
    if ((await within(STEP_MS, closed, clock)) === 'closed') return true
    // On a busy machine the timer may be due before the pipe was looked at.
    await nextTurn()
    quiet = received() === before ? quiet + STEP_MS : 0
    before = received()
  }
  return false
}

async function within<T>(ms: number, result: Promise<T>, clock: Clock): Promise<T | undefined> {
  const over = new AbortController()
  const first = await Promise.race([result, clock.sleep(ms, over.signal).then(() => undefined)])
  over.abort(OVER)
  return first
}
