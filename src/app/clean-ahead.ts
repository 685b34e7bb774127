import { benchFor, liveOf } from '../core/engine/bench.js'
import { settleDeeds } from '../core/engine/effects.js'
import { openJournal, startFrom } from '../core/engine/journal.js'
import { unresolved } from '../core/engine/state.js'
import type { ExecutionRecord } from '../core/execution.js'
import type { Ledger } from '../core/ports.js'
import { journalPorts, mustRead } from './begin.js'
import type { Shop } from './shop.js'
import { workshopFor } from './workshop.js'

/** What a backup that was killed ahead of the gate has left in the store goes: half a dump is a copy of production too. */
export async function cleanAhead({ id }: ExecutionRecord, ledger: Ledger, shop: Shop): Promise<void> {
  const start = startFrom(await mustRead(id, ledger))
  const cutOff = unresolved(start.state).filter(({ stage }) => stage === 'backup')
  if (cutOff.length === 0) return
  const journal = openJournal(start, journalPorts(ledger, shop))
  const { plan } = start.state
  const workshop = workshopFor(plan, shop)
  const errand = { folder: shop.host.folder, acceptedLoss: [], ahead: true } as const
  const bench = benchFor('backup', journal, workshop, errand, { plan, live: liveOf(plan) })
  const nobody = { ask: async () => undefined }
  await settleDeeds(cutOff, { bench, workshop, journal }, { leftovers: shop.leftovers, interview: nobody })
}
