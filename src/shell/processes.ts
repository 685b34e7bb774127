import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** One line of the system's process table. `startedAt` is the system's own mark, only good for comparing. */
export type ProcessLine = Readonly<{ pid: number; parent: number; group: number; state: string; startedAt: string }>

/** One process, or undefined if there is none that can be looked at. */
export function processLine(pid: number): ProcessLine | undefined {
  if (process.platform !== 'linux') return ps(['-p', String(pid)])[0]
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return undefined // it ended, or belongs to somebody else
  }
}

/** All processes that can be looked at. */
export function processLines(): readonly ProcessLine[] {
  if (process.platform !== 'linux') return ps(['-ax'])
  const pids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  return pids.map(pid => processLine(Number(pid))).filter(line => line !== undefined)
}

/** A zombie has ended; only its parent has not asked yet. */
export const isLiving = ({ state }: ProcessLine): boolean => !/^[ZXx]/.test(state)

/** `pid (name) state parent group …`, the 22nd is the start in ticks since boot; the name may hold blanks and brackets. */
export function parseStat(text: string): ProcessLine | undefined {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state, parent, group] = fields
  const startedAt = fields[19]
  if (state === undefined || startedAt === undefined) return undefined
  return { pid: Number.parseInt(text, 10), parent: Number(parent), group: Number(group), state, startedAt }
}

/** `ps -o pid=,ppid=,pgid=,stat=,lstart=`, as on macOS. */
export function parsePs(text: string): readonly ProcessLine[] {
  const lines = text.matchAll(/^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\S.*?)\s*$/gm)
  return [...lines].map(([, pid, parent, group, state = '', startedAt = '']) => ({
    pid: Number(pid),
    parent: Number(parent),
    group: Number(group),
    state,
    startedAt
  }))
}

function ps(which: readonly string[]): readonly ProcessLine[] {
  try {
    const env = { PATH: '/bin:/usr/bin', LC_ALL: 'C', TZ: 'UTC' }
    const columns = ['-o', 'pid=,ppid=,pgid=,stat=,lstart=']
    return parsePs(
      execFileSync('ps', [...which, ...columns], { encoding: 'utf8', env, stdio: ['ignore', 'pipe', 'ignore'] })
    )
  } catch {
    return [] // ps ends with 1 when nothing was found
  }
}
