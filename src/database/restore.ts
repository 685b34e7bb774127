import { ChecklistError, messageOf } from '../core/errors.js'
import type { Finding, GuardContext, ItemContext, Probe } from '../core/item.js'
import type { Objection } from '../core/ports.js'
import { formatDuration } from '../core/units.js'
import type { WayBack } from './backup.js'
import { type BackupTarget, type DatabaseBackupPorts, targetOf } from './backup-facts.js'
import { inDatabase } from './postgres/address.js'
import { type Connection, withClient } from './postgres/client.js'
import { type Close, withClosing, withNeighbour } from './postgres/closed.js'
import { sqlStateOf } from './postgres/faults.js'
import { SETTINGS, takeFingerprint } from './postgres/fingerprint.js'
import { countLoss } from './postgres/loss.js'
import { describeLoss, type Loss, rowsIn, shownLoss } from './postgres/loss-rows.js'
import { dropSnapshot } from './postgres/snapshot.js'
import { readSwapNotes, repairConnections, type SwapNote, swapNames, swappedAway } from './postgres/swap.js'
import { makeCopy } from './postgres/swap-copy.js'
import { applyProperties, differingProperties, readProperties } from './postgres/swap-properties.js'
import { type CopyBy, lackingRights } from './postgres/swap-rights.js'
import { obstaclesTo } from './restore-ahead.js'
import { clientFor, failed, prepareRestore, type RestoreOrder, type RestoreRequest } from './restore-order.js'

/** The way back by a proven backup: restored beside production, compared, and swapped in by name. */
export const restoreWayBack = (ports: DatabaseBackupPorts): WayBack => ({
  objections: (name, by, context) => objectionsTo(name, by, context, ports),
  obstacles: (name, receipt, context) => obstaclesTo({ name, receipt, context, ports }),
  restore: (name, receipt, context) => restoreDatabase({ name, receipt, context, ports }),
  probe: (name, context) => probeRestore(name, context, ports)
})

const objectionsTo = (
  name: string,
  by: CopyBy,
  context: GuardContext,
  ports: DatabaseBackupPorts
): Promise<readonly Objection[]> =>
  withClient(targetOf(name, context, ports).database, { signal: context.signal }, connection =>
    lackingRights(connection, { name, by })
  )

/**
 * Puts the proven backup in production's place. Production keeps serving while the backup is restored beside it; then it
 * is shut, what was written since is counted, and refused unless that loss is accepted by name. Whatever happens, it is
 * open again afterwards; the database from before is kept under another name and never dropped by itself.
 */
async function restoreDatabase(request: RestoreRequest): Promise<Finding> {
  const { name, receipt, context, ports } = request
  const target = targetOf(name, context, ports)
  await repair(target, context)
  const old = await swappedAway(target.database, receipt.source.databaseOid, context.notes, context.signal)
  if (old !== undefined)
    return { outcome: 'pass', detail: `${name} had been swapped before; the one from then is kept as ${old}` }
  await dropLeftovers(target, context)
  const order = await prepareRestore(request, target)
  if ('outcome' in order) return order
  return await guarded(order, () => carryOut(order))
}

async function carryOut(order: RestoreOrder): Promise<Finding> {
  const { name, receipt, context, ports, target, copy, old, source, properties } = order
  const { signal, say } = context
  const startedAt = ports.clock.now().getTime()
  const client = receipt.proof === 'snapshot' ? undefined : await clientFor(order)
  if (receipt.proof !== 'snapshot') await note(context, { restore: 'making', copy })
  const fingerprint = ports.takeFingerprint ?? takeFingerprint
  await makeCopy({
    receipt,
    database: target.database,
    source,
    properties,
    copy,
    client,
    takeFingerprint: fingerprint,
    signal,
    say
  })
  await carryOver(order)
  await note(context, { restore: 'closing', database: target.database.database })
  const nowMs = () => ports.clock.now().getTime()
  const closing = await withClosing(target.database, { signal, nowMs }, async close => {
    const loss = await lossOf(order, close)
    if (rowsIn(loss) > 0 && !context.execution.acceptedLoss.includes(name)) return { loss, swapped: false }
    await note(context, { restore: 'swapping', database: target.database.database, copy, old })
    await swapNames(target.database, { copy, old, signal })
    return { loss, swapped: true }
  })
  await note(context, { restore: 'open', database: target.database.database })
  const { loss, swapped } = closing.result
  say(`nobody could connect to ${target.database.database} for ${formatDuration(closing.closedMs)}`)
  if (!swapped) {
    await dropCopy(order)
    return wouldLose(order, loss)
  }
  const seconds = (nowMs() - startedAt) / 1000
  const given =
    rowsIn(loss) === 0 ? 'no row was written since' : `given up, as accepted: ${describeLoss(loss).join('; ')}`
  return {
    outcome: 'pass',
    detail: `${name} is the backup of ${receipt.takenAt} again (${given}); the database from before is kept as ${old}, shut`,
    evidence: { old, seconds, closedSeconds: closing.closedMs / 1000, loss: JSON.parse(JSON.stringify(loss)) }
  }
}

/** Exactly what was written since the backup, counted when nobody can write any more. */
function lossOf({ target, receipt, context, ports, copy }: RestoreOrder, close: Close): Promise<Loss> {
  const { signal } = context
  const fingerprint = ports.takeFingerprint ?? takeFingerprint
  return withClient(target.database, { signal }, async production => {
    const { relations } = await fingerprint({
      database: target.database,
      signal,
      beforehand: pid => close([pid, production.pid])
    })
    await begin(production)
    return await withClient(inDatabase(target.database, copy), { signal }, async backup => {
      await begin(backup)
      return await countLoss({ production, copy: backup, now: relations, backup: receipt.relations })
    })
  })
}

async function begin({ query }: Connection): Promise<void> {
  await query(SETTINGS)
  await query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
}

function wouldLose({ name }: RestoreOrder, loss: Loss): Finding {
  return {
    outcome: 'fail',
    reason: 'would_lose_rows',
    detail: `${name} is as it was and open: a restore would lose ${rowsIn(loss)} rows written since the backup: ${shownLoss(loss)}`,
    hint: `To give them up, ask again with --restore ${name} --accept-loss ${name} (inputs restore, accept-loss).`,
    evidence: { loss: JSON.parse(JSON.stringify(loss)) }
  }
}

/** Owner, rights, settings and connection limit are in no dump: the copy gets production's. */
async function carryOver({ target, copy, properties, context }: RestoreOrder): Promise<void> {
  await withNeighbour(target.database, context.signal, async neighbour => {
    await applyProperties(neighbour, copy, properties)
    const found = await readProperties(neighbour, copy)
    const lost = found === undefined ? ['the copy is gone'] : differingProperties(properties, found)
    if (lost.length > 0)
      throw failed(
        `${lost.join('; ')}; production is as it was`,
        'Use a superuser, or the owner with the rights that are named.'
      )
  })
}

/** What is not ours to explain becomes one; a copy that nobody will use goes. */
async function guarded(order: RestoreOrder, work: () => Promise<Finding>): Promise<Finding> {
  try {
    return await work()
  } catch (error) {
    await dropCopy(order).catch(() => {}) // named in the notes, and dropped by the next one
    const state = sqlStateOf(error)
    if (error instanceof ChecklistError || state === undefined) throw error
    throw failed(
      `${order.name}: ${messageOf(error)} (SQLSTATE ${state}); production is open`,
      'Mend what the message says, then roll back again.',
      error
    )
  }
}

/** Never the snapshot, which is the backup itself. */
async function dropCopy({ receipt, target, copy }: RestoreOrder): Promise<void> {
  if (receipt.proof !== 'snapshot') await dropSnapshot(target.database, copy)
}

async function dropLeftovers({ database }: BackupTarget, { notes }: ItemContext): Promise<void> {
  for (const each of readSwapNotes(notes)) if (each.restore === 'making') await dropSnapshot(database, each.copy)
}

async function repair({ database }: BackupTarget, context: ItemContext): Promise<void> {
  if (await repairConnections(database, context.notes))
    await note(context, { restore: 'open', database: database.database })
}

const note = (context: ItemContext, data: SwapNote): Promise<void> => context.note(data)

/**
 * For a restore whose process died: production is opened again first. It may always run again, because it looks first
 * whether the names are swapped already; the engine reads `effect` as: production is still to be replaced.
 */
async function probeRestore(name: string, context: ItemContext, ports: DatabaseBackupPorts): Promise<Probe> {
  await repairConnections(targetOf(name, context, ports).database, context.notes)
  return { took: 'effect', detail: `${name} is open; the restore may go on` }
}
