import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Clock, Leftovers, Redactor } from '../core/ports.js'
import { endGroup } from './group.js'
import { isLiving, type ProcessLine, processLine, processLines } from './processes.js'

export type LeftoversOptions = Readonly<{
  redactor: Redactor
  clock: Clock
  /** Who asks: it and those that it comes from are neither found nor ended. Ourselves, if nothing is said. */
  pid?: number
}>

const GRACE_MS = 2000
const LONGEST_COMMAND = 200

/**
 * Finds processes by `DEPLOY_EXECUTION` and `DEPLOY_ITEM`, which every item's program has in its environment and hands
 * down. Not found: who cleared its environment, and on Linux who runs as another user (`sudo`), unless we are root.
 * A service that an item started on purpose carries the marks too: whoever asks decides what that means.
 */
export const openLeftovers = ({ redactor, clock, pid: asking = process.pid }: LeftoversOptions): Leftovers => ({
  find: async execution => {
    const spared = lineOf(asking)
    return processLines()
      .filter(line => isLiving(line) && !spared.has(line.pid))
      .map(line => ({ ...line, environment: environmentOf(line.pid) }))
      .filter(({ environment }) => environment.get('DEPLOY_EXECUTION') === execution)
      .map(({ pid, group, startedAt, environment }) => ({
        pid,
        startedAt,
        leads: pid === group,
        command: redactor.redact(commandOf(pid)).slice(0, LONGEST_COMMAND),
        item: environment.get('DEPLOY_ITEM') ?? ''
      }))
  },
  end: async pids => {
    const spared = lineOf(asking)
    const ownGroups = new Set([...spared].map(pid => processLine(pid)?.group))
    // Asked again, because a number may belong to another process by now.
    const marked = pids.filter(pid => !spared.has(pid) && environmentOf(pid).has('DEPLOY_EXECUTION'))
    const lines = marked.map(processLine).filter(line => line !== undefined)
    const groups = new Set(lines.map(({ group }) => group).filter(group => !ownGroups.has(group)))
    const inOurGroup = lines.filter(({ group }) => ownGroups.has(group))
    await Promise.all([
      ...[...groups].map(group => endGroup(group, clock, GRACE_MS)),
      ...inOurGroup.map(line => endAlone(line, clock))
    ])
  }
})

/** A process and those that it comes from: whoever ends these ends himself. */
function lineOf(asking: number): ReadonlySet<number> {
  const found = new Set<number>()
  for (let pid = asking; pid > 0 && !found.has(pid); pid = processLine(pid)?.parent ?? 0) found.add(pid)
  return found
}

// One of our own group cannot be ended with its group.
async function endAlone({ pid, startedAt }: ProcessLine, clock: Clock): Promise<void> {
  const same = () => {
    const line = processLine(pid)
    return line !== undefined && line.startedAt === startedAt && isLiving(line)
  }
  for (const [signal, patienceMs] of [
    ['SIGTERM', GRACE_MS],
    ['SIGKILL', 1000]
  ] as const) {
    if (!same()) return
    process.kill(pid, signal)
    for (let waited = 0; waited < patienceMs && same(); waited += 50) await clock.sleep(50)
  }
}

function environmentOf(pid: number): ReadonlyMap<string, string> {
  if (process.platform !== 'linux') return parseMarks(psCommand(pid, 'eww'))
  const entries = procFile(pid, 'environ').split('\0')
  return new Map(entries.map(entry => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]))
}

const commandOf = (pid: number): string =>
  process.platform === 'linux' ? procFile(pid, 'cmdline').replaceAll('\0', ' ').trim() : psCommand(pid, 'ww')

/** From `ps eww`, which shows the environment behind the command, separated by blanks: good for our own marks only. */
export const parseMarks = (text: string): ReadonlyMap<string, string> =>
  new Map(
    [...text.matchAll(/(?:^|\s)(DEPLOY_(?:EXECUTION|ITEM))=(\S*)/g)].map(([, name = '', value = '']) => [name, value])
  )

function procFile(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8')
  } catch {
    return '' // it ended, or belongs to somebody else
  }
}

function psCommand(pid: number, how: 'eww' | 'ww'): string {
  try {
    return execFileSync('ps', [how, '-o', 'command=', '-p', String(pid)], {
      encoding: 'utf8',
      env: { PATH: '/bin:/usr/bin' },
      stdio: ['ignore', 'pipe', 'ignore']
    }).trim()
  } catch {
    return '' // ps ends with 1 when nothing was found
  }
}
