import { planOf } from '../core/engine/state.js'
import { ENDED } from '../core/execution.js'
import type { Stored } from '../core/ports.js'
import type { ResultFacts } from '../core/result/result.js'
import { isPrepared } from './life.js'
import type { Shop } from './shop.js'
import { maskSecrets } from './workshop.js'

export type Surroundings = Pick<ResultFacts, 'commits' | 'now'>

/** So many commits are named; the others are counted, and the page links to all of them. */
const MOST = 20

/** What a page shows beside the journal; git is asked only where somebody will read the answer. */
export async function surroundingsOf({ record, events }: Stored, shop: Shop): Promise<Surroundings> {
  const now = shop.clock.now().toISOString()
  const plan = planOf(events)
  const isRead = ENDED.includes(record.status) || record.status === 'WAITING' || isPrepared(record)
  if (plan.previous === null || !isRead) return { now }
  return { now, commits: await commitsFrom(plan, plan.previous.commit, shop) }
}

/** Subjects are what somebody wrote: a secret among them is hidden like anywhere else. */
export async function commitsFrom(
  plan: Parameters<typeof maskSecrets>[0] & Readonly<{ commit: string }>,
  from: string,
  shop: Shop
): Promise<NonNullable<ResultFacts['commits']>> {
  const found = await shop.repository.commitsBetween({ from, to: plan.commit, most: MOST })
  if (found.kind !== 'counted') return found
  maskSecrets(plan, shop)
  const { redact } = shop.redactor
  const newest = found.newest.map(({ author, subject, ...rest }) => ({
    ...rest,
    author: redact(author),
    subject: redact(subject)
  }))
  return { ...found, newest }
}
