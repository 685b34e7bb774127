import { short } from '../chain.js'
import type { Stored } from '../ports.js'
import type { KnownHead } from '../verify.js'
import { type Listed, ofJobs } from './own.js'

/** A head of the ledger, and the deployment on GitHub whose newest status carries it. */
export type ToldHead = Readonly<{ deployment: string; head: KnownHead }>

/** What GitHub keeps of the ledger, where nobody who moves its branch comes. */
export interface LastHead {
  /**
   * The head that the newest deployment to this environment carries; undefined where none does, or where the token must
   * not see. `own`: the commit of this run, where its job may have a deployment to that environment, which tells nothing
   * yet. Throws UNAVAILABLE where GitHub does not answer.
   */
  read(environment: string, own: string | undefined): Promise<ToldHead | undefined>
}

/** The newest one that may tell of an execution: made by Actions or by us, and before our job's own, which has just begun. */
export function lastToTell(listed: readonly Listed[], own: string | undefined): Listed | undefined {
  const jobs = ofJobs(listed)
  const mine = own === undefined ? undefined : jobs.find(({ sha }) => sha === own)
  const before = mine === undefined ? listed : listed.slice(listed.indexOf(mine) + 1)
  return before.find(one => one.execution !== '' || jobs.includes(one))
}

/** What is there instead of a head that was told, in words; empty where it is there. What came after it is no matter. */
export function insteadOf({ seq, hash }: KnownHead, stored: Stored | undefined): string {
  if (stored === undefined) return 'no such execution'
  const { events } = stored
  const event = events.find(other => other.seq === seq)
  if (event === undefined) return `only ${events.length} of its events`
  return event.hash === hash ? '' : `another event there (${short(event.hash)})`
}
