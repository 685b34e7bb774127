import { fileURLToPath } from 'node:url'
import type { Command, Exit } from '../../src/core/ports.js'
import { createRedactor } from '../../src/core/redact/redact.js'
import { systemClock } from '../../src/shell/clock.js'
import { isLiving, processLine } from '../../src/shell/processes.js'
import { openShell, type ShellOptions } from '../../src/shell/run.js'

export const fixture = (name: string): string => fileURLToPath(new URL(`../fixtures/shell/${name}`, import.meta.url))

export type Run = Exit & Readonly<{ lines: readonly string[]; masks: readonly string[] }>

/** Runs a text of sh, or a whole command, with what a test does not care about filled in. */
export async function run(
  what: string | Command['what'],
  { secrets = [], inActions = false, ...rest }: Partial<Command> & { secrets?: string[]; inActions?: boolean } = {}
): Promise<Run> {
  const lines: string[] = []
  const masks: string[] = []
  const options: ShellOptions = {
    redactor: createRedactor(secrets),
    clock: systemClock(),
    inActions,
    onMask: value => masks.push(value)
  }
  const exit = await openShell(options).run({
    what: typeof what === 'string' ? { text: what, shell: 'sh' } : what,
    env: { PATH: process.env.PATH ?? '' },
    folder: '/',
    timeoutMs: 20_000,
    signal: new AbortController().signal,
    onAbort: 'end',
    onLine: line => lines.push(line),
    ...rest
  })
  return { ...exit, lines, masks }
}

export function lives(pid: number): boolean {
  const line = processLine(pid)
  return line !== undefined && isLiving(line)
}
