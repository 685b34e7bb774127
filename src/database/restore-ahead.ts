import { ChecklistError } from '../core/errors.js'
import type { Objection } from '../core/ports.js'
import { type BackupTarget, targetOf } from './backup-facts.js'
import { inDatabase } from './postgres/address.js'
import { queryCatalog } from './postgres/catalog.js'
import { withClient } from './postgres/client.js'
import { sqlStateOf, wordsOf } from './postgres/faults.js'
import { SETTINGS, takeFingerprint, withSnapshot } from './postgres/fingerprint.js'
import { countLoss } from './postgres/loss.js'
import { changesSince, sureLoss } from './postgres/loss-ahead.js'
import { type Loss, rowsIn, shownLoss } from './postgres/loss-rows.js'
import type { Source } from './postgres/source.js'
import { demandIdentical, demandProvenBytes } from './postgres/swap-copy.js'
import { type AskedRestore, clientFor, seeProduction, snapshotIn } from './restore-order.js'

/**
 * Everything that would refuse a restore and needs no closed door: rights, what is tied to the database, the proven
 * bytes, the programs, and rows written since, as far as they show while production serves. Asked before anything is
 * undone; the exact count, with nobody connected, comes with the restore itself.
 */
export async function obstaclesTo(request: AskedRestore): Promise<readonly Objection[]> {
  const { name, context, ports } = request
  const target = targetOf(name, context, ports)
  const { source, refusals } = await seeProduction(request, target)
  const found = [
    ...refusals.map(({ detail, hint = '' }) => ({ reason: 'no_way_back' as const, message: detail, hint })),
    ...(await ofBackup(request, target, source))
  ]
  if (found.length > 0 || context.execution.acceptedLoss.includes(name)) return found
  return await orRefusal(name, async () => ofLoss(request, await lossSoFar(request, target)))
}

async function ofBackup(request: AskedRestore, target: BackupTarget, source: Source): Promise<readonly Objection[]> {
  const { name, receipt, context, ports } = request
  const { signal } = context
  const copy = snapshotIn(receipt)
  const none = <T>(look: Promise<T>) => look.then(() => [])
  if (copy === undefined) {
    return [
      ...(await orRefusal(name, () => none(clientFor({ ...request, source })))),
      ...(await orRefusal(name, () => none(demandProvenBytes(receipt, signal))))
    ]
  }
  const takes = ports.takeFingerprint ?? takeFingerprint
  const given = { receipt, database: target.database, copy, client: undefined, takeFingerprint: takes, signal }
  return await orRefusal(name, () => none(demandIdentical(given)))
}

/** What a look at it throws is what it would be refused for; but a server that is down, or a cancel, is no verdict. */
async function orRefusal(name: string, look: () => Promise<readonly Objection[]>): Promise<readonly Objection[]> {
  try {
    return await look()
  } catch (error) {
    if (error instanceof ChecklistError && (error.status === 'FAILED' || error.status === 'REFUSED'))
      return [{ reason: 'no_way_back', message: error.message, hint: error.hint }]
    if (error instanceof ChecklistError || sqlStateOf(error) === undefined) throw error
    const message = `${name}: ${wordsOf(error)} (SQLSTATE ${sqlStateOf(error)}); production is as it was`
    return [{ reason: 'no_way_back', message, hint: 'Mend what the message says, then roll back again.' }]
  }
}

/** Exactly, where the backup is a database on the same server; of a dump, what is certain without its rows. */
async function lossSoFar({ name, receipt, context, ports }: AskedRestore, { database }: BackupTarget): Promise<Loss> {
  const { signal, execution } = context
  const fingerprint = ports.takeFingerprint ?? takeFingerprint
  const copy = snapshotIn(receipt)
  const ours = execution.migrations.filter(migration => migration.database === name)
  const since = changesSince(ours, await withClient(database, { signal }, queryCatalog))
  return await withSnapshot(database, { signal }, async (snapshot, production) => {
    const { relations: now } = await fingerprint({ database, snapshot, signal })
    const sides = { production, now, backup: receipt.relations }
    if (copy === undefined) return await sureLoss({ ...sides, since })
    return await withClient(inDatabase(database, copy), { signal }, async backup => {
      await backup.query(SETTINGS)
      return await countLoss({ ...sides, copy: backup })
    })
  })
}

function ofLoss({ name, receipt, context }: AskedRestore, loss: Loss): readonly Objection[] {
  const rows = rowsIn(loss)
  if (rows === 0) return []
  const atLeast = snapshotIn(receipt) === undefined ? 'at least ' : ''
  return [
    {
      reason: 'would_lose_rows',
      message: `nothing was touched: a restore of ${name} would lose ${atLeast}${rows} ${rows === 1 ? 'row' : 'rows'} written since the backup: ${shownLoss(loss)}`,
      hint: `To give them up: \`deploy-checklist rollback ${context.execution.id} --restore ${name} --accept-loss ${name}\` (inputs restore, accept-loss).`
    }
  ]
}
