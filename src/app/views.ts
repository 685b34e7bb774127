import { ChecklistError, refused } from '../core/errors.js'
import type { Event } from '../core/events.js'
import type { ExecutionRecord, Status } from '../core/execution.js'
import { ENDED } from '../core/execution.js'
import type { Ledger, Page, Stored } from '../core/ports.js'
import type { Invocation } from '../core/result/next-steps.js'
import { type Result, resultOf } from '../core/result/result.js'
import { mustRead } from './begin.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'
import type { Surroundings } from './surroundings.js'

const STATUSES: readonly Status[] = [...ENDED, 'PLANNED', 'BUILDING', 'DEPLOYING', 'TESTING', 'WAITING']

/** The executions of this repository, newest first, broken ones named. Needs no checklist: the ledger knows what there is. */
export async function history({ environment, status, limit, cursor }: Request, shop: Shop): Promise<Page> {
  const ledger = await shop.ledger()
  const { repository } = await shop.identity()
  const key = environment === '' ? { repository } : { repository, environment }
  const wanted = status.map(parseStatus)
  const filter = wanted.length === 0 ? { key } : { key, status: wanted }
  return await ledger.list(filter, { limit, damaged: 'tell', ...(cursor !== '' && { cursor }) })
}

function parseStatus(text: string): Status {
  const found = STATUSES.find(status => status === text.toUpperCase())
  if (found !== undefined) return found
  throw refused('usage', `no status is called ${JSON.stringify(text)}`, `They are ${STATUSES.join(', ')}.`)
}

/** The execution that is named, or the newest of this repository. */
export async function find(
  { execution, environment }: Pick<Request, 'execution' | 'environment'>,
  shop: Shop
): Promise<Stored> {
  const ledger = await shop.ledger()
  if (execution !== '' && execution !== 'newest') {
    const stored = await ledger.read(execution)
    if (stored !== undefined) return stored
    throw refused(
      'usage',
      `the ledger (${ledger.name}) knows no execution ${execution}`,
      'Look at `deploy-checklist history`.'
    )
  }
  const { repository } = await shop.identity()
  const { records } = await ledger.list(
    { key: environment === '' ? { repository } : { repository, environment } },
    { limit: 1 }
  )
  if (records[0] !== undefined) return await mustRead(records[0].id, ledger)
  throw refused(
    'usage',
    `the ledger (${ledger.name}) has no execution of ${repository}`,
    'Start one with `deploy-checklist run`.'
  )
}

/** The result of one execution, as every view is made from it. */
export async function resultFor(
  stored: Stored,
  ledger: Ledger,
  invocation: Invocation,
  surroundings: Surroundings = {}
): Promise<Result> {
  const seconds = await lastRollbackSeconds(stored.record, ledger)
  const facts = { record: stored.record, events: stored.events, invocation, ...surroundings }
  const result = resultOf(seconds === undefined ? facts : { ...facts, lastRollbackSeconds: seconds })
  if (result === undefined)
    throw refused('ledger_broken', `${stored.record.id} does not begin with its plan`, 'Run `deploy-checklist verify`.')
  return result
}

/** How long the newest verified rollback here took; a way back is never given seconds that nobody measured. */
export async function lastRollbackSeconds(
  { key }: Pick<ExecutionRecord, 'key'>,
  ledger: Ledger
): Promise<number | undefined> {
  const { records } = await ledger.list({ key, status: ['SUCCESS', 'ROLLED_BACK'] }, { limit: 20, damaged: 'tell' })
  const found = records.find(record => record.purpose === 'rollback' || record.status === 'ROLLED_BACK')
  if (found === undefined) return undefined
  const ended = (await eventsOf(found.id, ledger)).findLast(({ body }) => body.type === 'rollback-ended')
  return ended?.body.type === 'rollback-ended' && ended.body.verified ? ended.body.durationMs / 1000 : undefined
}

/** They only inform: one that cannot be read has none, and is no reason to show nothing of another. */
async function eventsOf(id: string, ledger: Ledger): Promise<readonly Event[]> {
  try {
    return (await mustRead(id, ledger)).events
  } catch (error) {
    if (error instanceof ChecklistError && error.reason === 'ledger_broken') return []
    throw error
  }
}
