import { execFileSync } from 'node:child_process'
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import type { Liveness } from '../core/ports.js'
import type { ProcessIdentity } from '../core/records.js'
import { isLiving, type ProcessLine, processLine } from './processes.js'

export type LivenessOptions = Readonly<{ runId?: string; runAttempt?: number; runner?: string }>
export type LifeState = Awaited<ReturnType<Liveness['state']>>

/**
 * Who we are, and whether another process lives. Of a run on GitHub only a later attempt of the same run knows that it
 * is over; of a process only its own host knows.
 */
export const openLiveness = (run: LivenessOptions = {}): Liveness => {
  const self: ProcessIdentity = {
    host: host(),
    bootId: bootId(),
    pid: process.pid,
    startedAt: processLine(process.pid)?.startedAt ?? '',
    ...run
  }
  return { self: async () => self, state: async other => decideState(self, other, look) }
}

/** What the system says about a process number. `hidden`: there is one, but nothing more can be seen. */
export type Look = (pid: number) => ProcessLine | 'none' | 'hidden'

/** Fails closed: dead only if that is certain. */
export function decideState(self: ProcessIdentity, other: ProcessIdentity, look: Look): LifeState {
  if (isSame(self, other)) return 'alive'
  if (other.runId !== undefined) return isEarlierAttempt(other, self) ? 'dead' : 'unknown'
  if (other.host !== self.host || other.bootId === '' || self.bootId === '') return 'unknown'
  if (other.bootId !== self.bootId) return 'dead'
  const seen = look(other.pid)
  if (seen === 'none') return 'dead'
  if (seen === 'hidden' || other.startedAt === '') return 'unknown'
  // Another one has got the number since. One that is stopped lives: it may go on any moment.
  return seen.startedAt === other.startedAt && isLiving(seen) ? 'alive' : 'dead'
}

const isSame = (a: ProcessIdentity, b: ProcessIdentity): boolean =>
  a.host === b.host && a.bootId === b.bootId && a.pid === b.pid && a.startedAt === b.startedAt && a.startedAt !== ''

const isEarlierAttempt = (other: ProcessIdentity, self: ProcessIdentity): boolean =>
  other.runId === self.runId &&
  other.runAttempt !== undefined &&
  self.runAttempt !== undefined &&
  other.runAttempt < self.runAttempt

// Signal 0 also answers where /proc hides the processes of others.
function look(pid: number): ProcessLine | 'none' | 'hidden' {
  const line = processLine(pid)
  if (line !== undefined) return line
  try {
    process.kill(pid, 0)
    return 'hidden'
  } catch (error) {
    return typeof error === 'object' && error !== null && 'code' in error && error.code === 'ESRCH' ? 'none' : 'hidden'
  }
}

/** The namespace of process numbers that the machine itself has. */
const FIRST_NAMESPACE = 'pid:[4026531836]'

/** A container may bear its host's name while its process numbers mean something else: then it is another host. */
function host(): string {
  const namespace = read(() => readlinkSync('/proc/self/ns/pid'))
  return namespace === '' || namespace === FIRST_NAMESPACE ? hostname() : `${hostname()} ${namespace}`
}

const bootId = (): string =>
  process.platform === 'linux'
    ? read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim())
    : read(() => parseBootTime(execFileSync('/usr/sbin/sysctl', ['-n', 'kern.boottime'], { encoding: 'utf8' })))

/** `{ sec = 1700000000, usec = 123456 } Tue Nov …`; the microseconds change when the clock is set. */
export const parseBootTime = (text: string): string => /sec = (\d+)/.exec(text)?.[1] ?? ''

function read(what: () => string): string {
  try {
    return what()
  } catch {
    return '' // nothing is known then, and nobody is dead
  }
}
