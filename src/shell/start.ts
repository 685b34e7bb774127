import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { mkdtemp, open, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ChecklistError, messageOf, refused, unavailable } from '../core/errors.js'
import type { Clock, Command } from '../core/ports.js'

/** A program that runs. `tidy` removes what it was started with. */
export type Started = Readonly<{
  child: ChildProcess
  pid: number
  /** Resolves when the program itself has ended: its exit code, or the signal that ended it. */
  exit: Promise<Readonly<{ code: number | null; signal: NodeJS.Signals | null }>>
  tidy(): Promise<void>
}>

/** Starts the command as the leader of its own process group, so that all that it starts can be ended with it. */
export async function start(command: Command, clock: Clock): Promise<Started> {
  mustBeStartable(command)
  const { argv, tidy } = await programOf(command.what)
  try {
    return { ...(await launchPatiently(argv, command, clock)), tidy }
  } catch (error) {
    await tidy()
    throw error
  }
}

// Checked by ourselves, because Node's message about a NUL byte shows the whole value.
function mustBeStartable({ what, env }: Command): void {
  for (const [name, value] of Object.entries(env)) {
    if (!`${name}${value}`.includes('\0')) continue
    const about = `the value of ${name.replaceAll('\0', '')} holds a NUL byte`
    throw refused('runner_unfit', about, 'Set a text without one.')
  }
  const words = 'argv' in what ? what.argv : [what.text]
  if (words.some(word => word.includes('\0'))) {
    throw refused('runner_unfit', 'a command holds a NUL byte', 'Remove it: no program can be given one.')
  }
}

type Argv = readonly [string, ...string[]]
type Program = Readonly<{ argv: Argv; tidy(): Promise<void> }>

/** As GitHub runs its steps: the first command that fails ends the text; in bash also inside a pipe. */
const SHELLS = {
  sh: ['sh', '-e'],
  bash: ['bash', '--noprofile', '--norc', '-eo', 'pipefail']
} as const satisfies Record<string, Argv>

/** Linux takes at most 128 KiB for one argument. */
const LONGEST_ARGUMENT = 120_000

async function programOf(what: Command['what']): Promise<Program> {
  if ('argv' in what) return { argv: what.argv, tidy: async () => {} }
  const shell: Argv = SHELLS[what.shell]
  if (Buffer.byteLength(what.text) <= LONGEST_ARGUMENT)
    return { argv: [...shell, '-c', what.text], tidy: async () => {} }
  const folder = await mkdtemp(join(tmpdir(), 'deploy-checklist-'))
  const file = join(folder, `command.${what.shell}`)
  await writeFile(file, what.text, { mode: 0o600 })
  return { argv: [...shell, file], tidy: () => rm(folder, { recursive: true, force: true }) }
}

/** The table of processes may be full for a moment. */
const ATTEMPTS = 5
const BETWEEN_MS = 200

async function launchPatiently(argv: Argv, command: Command, clock: Clock): Promise<Omit<Started, 'tidy'>> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await launch(argv, command)
    } catch (error) {
      if (codeOf(error) !== 'EAGAIN' || attempt === ATTEMPTS)
        throw (await badFolder(command.folder)) ?? notStarted(argv[0], error)
      await clock.sleep(BETWEEN_MS * attempt, command.signal)
    }
  }
}

async function launch([program, ...args]: Argv, command: Command): Promise<Omit<Started, 'tidy'>> {
  const { stdoutFile, input, env, folder: cwd } = command
  const file = stdoutFile === undefined ? undefined : await openPrivately(stdoutFile)
  try {
    const stdio = [input === undefined ? 'ignore' : 'pipe', file?.fd ?? 'pipe', 'pipe'] as const
    const child = spawn(program, args, { cwd, env: { ...env }, detached: true, stdio: [...stdio] })
    const exit = new Promise<Awaited<Started['exit']>>(resolve =>
      child.once('exit', (code, signal) => resolve({ code, signal }))
    )
    const pid = await new Promise<number>((resolve, reject) => {
      child.once('spawn', () => resolve(child.pid ?? 0))
      child.once('error', reject)
    })
    return { child, pid, exit }
  } finally {
    // Not awaited: Node throws away what a program says that ends before somebody listens.
    file?.close().catch(() => {})
  }
}

// Never through a link that somebody else laid, and private also if it was there before.
async function openPrivately(path: string) {
  const { O_CREAT, O_TRUNC, O_WRONLY, O_NOFOLLOW } = constants
  try {
    const file = await open(path, O_CREAT | O_TRUNC | O_WRONLY | O_NOFOLLOW, 0o600)
    await file.chmod(0o600)
    return file
  } catch (cause) {
    throw refused(
      'runner_unfit',
      `cannot write ${path}: ${messageOf(cause)}`,
      'Name a file in a folder that can be written.',
      cause
    )
  }
}

// Looked at only afterwards: the system says the same of a missing folder as of a missing program.
async function badFolder(folder: string): Promise<ChecklistError | undefined> {
  const found = await stat(folder).catch(() => undefined)
  if (found?.isDirectory() === true) return undefined
  const state = found === undefined ? 'does not exist' : 'is not a folder'
  const hint = 'Create it in an earlier item, or correct the path.'
  return refused('runner_unfit', `the folder to run in ${state}: ${folder}`, hint)
}

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

function notStarted(program: string, cause: unknown): unknown {
  if (cause instanceof ChecklistError) return cause
  const faults: Readonly<Record<string, () => ChecklistError>> = {
    ENOENT: () =>
      refused('runner_unfit', `${program} was not found`, `Install ${program}, or add its folder to PATH.`, cause),
    EACCES: () =>
      refused('runner_unfit', `${program} may not be executed`, `Make it executable: chmod +x ${program}`, cause),
    ENOEXEC: () =>
      refused(
        'runner_unfit',
        `${program} is no program of this machine`,
        'Start a script with #!, and build for this machine.',
        cause
      ),
    E2BIG: () =>
      refused(
        'runner_unfit',
        `${program} cannot be given so much`,
        'Make the environment and the arguments smaller.',
        cause
      ),
    EAGAIN: () =>
      unavailable(
        'runner_unfit',
        `no process can be started for ${program}`,
        'Raise the limit of processes, or end some.',
        cause
      )
  }
  const fallback = () =>
    unavailable('runner_unfit', `cannot run ${program}: ${messageOf(cause)}`, 'See what the machine lacks.', cause)
  return (faults[codeOf(cause)] ?? fallback)()
}
