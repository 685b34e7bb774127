import type { ExecutionRecord } from '../execution.js'
import type { KnownHead } from '../verify.js'
import type { DeploymentState, Told } from './deployment.js'

/** GitHub takes no more. */
export const MOST_CHARACTERS = 140

/** What GitHub calls how an execution stands. */
export function stateFor({ status, reason }: Pick<ExecutionRecord, 'status' | 'reason'>): DeploymentState {
  switch (status) {
    case 'SUCCESS':
    case 'PARTIAL':
      return 'success'
    case 'FAILED':
      // Nobody knows what is live now: more than that this one is not.
      return reason === 'rollback_failed' || reason === 'unknown_effect' ? 'error' : 'failure'
    case 'ROLLED_BACK':
    case 'REFUSED':
      return 'failure'
    case 'CANCELLED':
    case 'UNAVAILABLE':
      return 'error'
    case 'WAITING':
      return 'pending'
    default:
      return 'in_progress'
  }
}

/**
 * `SUCCESS 20260105T100000-0badcafe:12:<64 hex>` and, as far as they fit, `words`. The head stands there whole, so that it
 * can be copied for `verify --head`; an execution that goes on has none, since only what is stored may be told.
 */
export function descriptionOf({ id, status, head }: Told, words = ''): string {
  const told = `${status} ${head === '' ? id : head}`
  const whole = words === '' ? told : `${told}, ${words}`
  return whole.length <= MOST_CHARACTERS ? whole : told.slice(0, MOST_CHARACTERS)
}

const HEAD = /(?:^|\s)([0-9]{8}T[0-9]{6}-[0-9a-f]+):([1-9]\d*):([0-9a-f]{64})(?=[\s,]|$)/

/** The head that a status of ours carries; undefined for whatever else stands there. */
export function headIn(description: string): KnownHead | undefined {
  const [, id, seq, hash] = HEAD.exec(description) ?? []
  return id === undefined || hash === undefined ? undefined : { id, seq: Number(seq), hash }
}
