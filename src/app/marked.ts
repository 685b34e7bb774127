import type { Journal } from '../core/engine/journal.js'
import type { ChecklistError } from '../core/errors.js'
import { type ExecutionRecord, isSuccess } from '../core/execution.js'
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

/** Asked for this commit alone, since a history may be long; and for who took back what came of it since. */
async function markOn(commit: string, key: Plan['key'], ledger: Ledger): Promise<Mark | undefined> {
  const own: ExecutionRecord[] = []
  for await (const record of recordsOf(ledger, { key, commit })) {
    if (record.purpose !== 'deploy') continue
    own.push(record)
    if (record.markedBad !== '' || isSuccess(record.status)) break
  }
  const since = own.at(-1)?.startedAt
  if (since === undefined) return undefined
  const later: ExecutionRecord[] = []
  for await (const record of recordsOf(ledger, { key, status: ['SUCCESS'], since })) later.push(record)
  return standingMark(commit, [...own, ...later.filter(({ purpose }) => purpose === 'rollback')])
}
