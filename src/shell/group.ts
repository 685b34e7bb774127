import type { Clock } from '../core/ports.js'
import { isLiving, processLines } from './processes.js'

/** Sends a signal to every process of the group; false if there is none any more. */
export function signalGroup(group: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(-group, signal)
    return true
  } catch {
    return false
  }
}

/** Zombies do not count: where nobody collects orphans (a container without init) they stay for ever. */
export function groupLives(group: number): boolean {
  try {
    process.kill(-group, 0)
  } catch {
    return false
  }
  return processLines().some(line => line.group === group && isLiving(line))
}

/** TERM, `graceMs` to obey, then KILL. Resolves when nothing of the group lives; true if KILL was needed. */
export async function endGroup(group: number, clock: Clock, graceMs: number): Promise<boolean> {
  signalGroup(group, 'SIGTERM')
  // Whoever is stopped would see the TERM only when somebody wakes it.
  signalGroup(group, 'SIGCONT')
  if (await isGone(group, clock, graceMs)) return false
  signalGroup(group, 'SIGKILL')
  await isGone(group, clock, AFTER_KILL_MS)
  return true
}

/** KILL cannot be refused, but a process inside a system call (a dead network disk) sees it only when that returns. */
export const AFTER_KILL_MS = 1000

async function isGone(group: number, clock: Clock, withinMs: number): Promise<boolean> {
  let step = 5
  for (let waited = 0; groupLives(group); waited += step) {
    if (waited >= withinMs) return false
    step = Math.min(step * 2, 100, withinMs - waited)
    await clock.sleep(step)
  }
  return true
}
