import type { Journal } from '../core/engine/journal.js'
import type { ChecklistError } from '../core/errors.js'
import type { ExecutionRecord } from '../core/execution.js'
import { type Mark, markedBad, standingMark } from '../core/mark.js'
import type { Plan } from '../core/plan.js'
import type { Ledger } from '../core/ports.js'
import { recordsOf } from './records.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'

/** A commit that was taken back here is deployed again only for a reason; no emergency is one, it has words of its own. */
export async function refusedAsBad(
  { commit, key }: Plan,
  because: string,
  ledger: Ledger
): Promise<ChecklistError | undefined> {
  if (because.trim() !== '') return undefined
  const mark = await markOn(commit, key, ledger)
  return mark && markedBad(commit, key.environment, mark)
}

/** Writes down why somebody deploys now, once, and the mark that this sets aside. */
export async function giveReason(
  { because }: Pick<Request, 'because'>,
  journal: Journal,
  ledger: Ledger,
  shop: Shop
): Promise<void> {
  if (because.trim() === '' || journal.record.because === because) return
  const { actor } = await shop.identity()
  const { commit, key } = journal.state.plan
  const mark = await markOn(commit, key, ledger)
  await journal.commit({ type: 'reasoned', because, by: actor, ...(mark && { marked: mark }) })
}

/** Newest first, as far back as this commit's newest deployment that says something: what is older decides nothing. */
async function markOn(commit: string, key: Plan['key'], ledger: Ledger): Promise<Mark | undefined> {
  const seen: ExecutionRecord[] = []
  for await (const record of recordsOf(ledger, { key })) {
    seen.push(record)
    const says = record.markedBad !== '' || record.status === 'SUCCESS' || record.status === 'PARTIAL'
    if (record.purpose === 'deploy' && record.commit === commit && says) break
  }
  return standingMark(commit, seen)
}
