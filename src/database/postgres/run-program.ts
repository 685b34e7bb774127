import { join } from 'node:path'
import type { Command, Shell } from '../../core/ports.js'
import { type Address, libpqEnv } from './address.js'

export type ProgramRun = Readonly<{
  shell: Shell
  /** Folder of the programs. */
  bin: string
  argv: readonly [string, ...string[]]
  /** Where it connects to: handed over by environment, since everybody can read a command line. */
  database?: Address
  /** What the child gets beside that: PATH, HOME. */
  env: Readonly<Record<string, string>>
  signal: AbortSignal
  stdoutFile?: string
  /** So much of the output is kept as it is, for a program whose words are data. */
  rawBytes?: number
}>

/** Runs one of PostgreSQL's programs. Its own words come back without any value of a row. */
export async function runProgram(run: ProgramRun): Promise<Readonly<{ failed: string | undefined; stdout: string }>> {
  const [program, ...args] = run.argv
  const command: Command = {
    what: { argv: [join(run.bin, program), ...args] },
    env: { ...run.env, LC_ALL: 'C', ...(run.database === undefined ? {} : libpqEnv(run.database)) },
    folder: '/',
    timeoutMs: 2 ** 31 - 1,
    signal: run.signal,
    onAbort: 'end',
    ...(run.stdoutFile === undefined ? {} : { stdoutFile: run.stdoutFile }),
    ...(run.rawBytes === undefined ? {} : { keep: 'raw' as const, keepBytes: run.rawBytes })
  }
  const exit = await run.shell.run(command)
  if (exit.kind === 'exited' && exit.code === 0) return { failed: undefined, stdout: exit.stdout }
  return { failed: `${program} ended with ${exit.code}: ${errorsOf(exit.stderr)}`, stdout: exit.stdout }
}

/** The errors that a program printed; DETAIL, CONTEXT and the failed command may hold values of rows. */
export function errorsOf(stderr: string): string {
  const lines = stderr.split('\n').filter(line => /error:|ERROR:|FATAL:|HINT:|Error message from server/.test(line))
  const text = lines.map(line => line.replace(/^pg_\w+: /, '').trim()).join('; ')
  return text === '' ? 'no error was printed' : text.slice(0, 1_000)
}
