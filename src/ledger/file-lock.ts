import { randomBytes } from 'node:crypto'
import { readdirSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { unavailable } from '../core/errors.js'
import type { Clock, Liveness } from '../core/ports.js'
import { type Mark, peekMark, readMark, tryLink, unlinkIfThere, writeMark } from './file-mark.js'

/** Excludes other processes, and other parts of this one, from a folder for the time of a few writes. */
export interface FolderLock {
  within<T>(folder: string, work: () => Promise<T>): Promise<T>
  close(): void
}

const HOLDER = 'holder-'
const WAIT_MS = 10_000
const ASK_EVERY_MS = 100
const NAP_MS = 3

/**
 * The lock is one more name (a hard link) of a file that says who we are: it is there whole or not at all, whoever finds
 * it can read it, and taking and giving it back costs the disk nothing (a new file, or a symbolic link that long, costs
 * more than the append itself). It is only ever held for milliseconds; what holds an environment is a record.
 *
 * A dead holder's lock may be removed by one process only, or two could remove each other's. That right is a second
 * link, `break-NONCE`, NONCE being the dead holder's: who makes it may remove that holder's lock, and nobody else's,
 * because the lock is read again afterwards. If that process dies too, its right passes on by `break-` and its nonce.
 */
export async function openFolderLock(clock: Clock, liveness: Liveness): Promise<FolderLock> {
  // The process and nothing but it: a run on GitHub may live on when the process that wrote here is dead.
  const { host, bootId, pid, startedAt } = await liveness.self()
  const mark: Mark = { nonce: randomBytes(12).toString('hex'), process: { host, bootId, pid, startedAt } }
  const queues = new Map<string, Promise<unknown>>()
  const ours = new Set<string>()

  /** Our file in that folder, made once; what dead processes have left of theirs goes then. */
  async function markIn(folder: string): Promise<string> {
    const path = join(folder, `${HOLDER}${mark.nonce}`)
    if (ours.has(path)) return path
    await sweep(folder, liveness)
    writeMark(path, mark)
    ours.add(path)
    return path
  }

  async function acquire(folder: string): Promise<void> {
    const path = join(folder, 'lock')
    const own = await markIn(folder)
    if (tryLink(own, path)) return
    const deadline = clock.now().getTime() + WAIT_MS
    let askAt = 0
    let state: 'alive' | 'dead' | 'unknown' = 'unknown'
    while (!tryLink(own, path)) {
      const now = clock.now().getTime()
      if (now > deadline) throw stuck(path, state)
      if (now >= askAt) {
        state = await breakIfDead(folder, own, liveness)
        if (state === 'dead') continue
        askAt = now + ASK_EVERY_MS
      }
      await clock.sleep(NAP_MS)
      // A clock of tests may not let time pass; other work of this process must go on all the same.
      await setImmediate()
    }
  }

  async function locked<T>(folder: string, work: () => Promise<T>): Promise<T> {
    await acquire(folder)
    try {
      return await work()
    } finally {
      unlinkSync(join(folder, 'lock'))
    }
  }

  return {
    within: (folder, work) => {
      const before = queues.get(folder) ?? Promise.resolve()
      const turn = before.then(() => locked(folder, work))
      const settled = turn.catch(() => {})
      queues.set(folder, settled)
      return turn
    },
    close: () => {
      for (const path of ours) unlinkIfThere(path)
      ours.clear()
    }
  }
}

async function sweep(folder: string, liveness: Liveness): Promise<void> {
  for (const name of readdirSync(folder).filter(name => name.startsWith(HOLDER))) {
    const mark = peekMark(join(folder, name))
    // One that cannot be read is just being written.
    if (mark !== undefined && (await liveness.state(mark.process)) === 'dead') unlinkIfThere(join(folder, name))
  }
}

/** `dead`: the lock is gone, or was a moment ago. */
async function breakIfDead(folder: string, own: string, liveness: Liveness): Promise<'alive' | 'dead' | 'unknown'> {
  const path = join(folder, 'lock')
  const holder = readMark(path)
  if (holder === undefined) return 'dead'
  const state = await liveness.state(holder.process)
  if (state !== 'dead') return state
  const claims = await claim(folder, holder.nonce, own, liveness)
  if (claims === undefined) return 'alive'
  if (readMark(path)?.nonce === holder.nonce) unlinkSync(path)
  // The lock goes first: once it is gone, a claim on it is worth nothing, so that its name may be used again.
  for (const name of claims) unlinkIfThere(name)
  return 'dead'
}

/** The claims that now lead to us, or undefined when a living process (or nobody knows which) has the right. */
async function claim(
  folder: string,
  nonce: string,
  own: string,
  liveness: Liveness
): Promise<readonly string[] | undefined> {
  const path = join(folder, `break-${nonce}`)
  if (tryLink(own, path)) return [path]
  const other = readMark(path)
  if (other === undefined || (await liveness.state(other.process)) !== 'dead') return undefined
  const further = await claim(folder, other.nonce, own, liveness)
  return further && [path, ...further]
}

function stuck(path: string, state: string) {
  const holder = readMark(path)?.process
  const who = holder === undefined ? 'another process' : `process ${holder.pid} on ${holder.host}`
  const hint =
    state === 'unknown'
      ? `If ${who} is gone for good, remove ${path}.`
      : `Look at ${who}: it is stopped or hangs. End it, and try again.`
  const message = `the ledger has been locked by ${who} for more than ${WAIT_MS / 1000} s`
  return unavailable('ledger_unavailable', message, hint)
}
