import { ChecklistError } from '../core/errors.js'
import type { Finding, ItemContext } from '../core/item.js'
import type { Receipt } from '../core/records.js'
import { type BackupTarget, type DatabaseBackupPorts, programEnv } from './backup-facts.js'
import { withClient } from './postgres/client.js'
import { chooseClient, findPrograms } from './postgres/programs.js'
import { readSource, type Source } from './postgres/source.js'
import { nameBeside } from './postgres/swap.js'
import { type Properties, readProperties } from './postgres/swap-properties.js'
import { lackingRights, readTies } from './postgres/swap-rights.js'
import { fineStampOf } from './store.js'

/** What the engine asks for. */
export type RestoreRequest = Readonly<{
  name: string
  receipt: Receipt
  context: ItemContext
  ports: DatabaseBackupPorts
}>
/** The same with everything that was found out before anything is made. */
export type RestoreOrder = RestoreRequest &
  Readonly<{ target: BackupTarget; source: Source; properties: Properties; copy: string; old: string }>

/** Reads what production is, and refuses what must not be swapped, before anything is made. */
export async function prepareRestore(request: RestoreRequest, target: BackupTarget): Promise<RestoreOrder | Finding> {
  const { name, receipt, context, ports } = request
  const { signal } = context
  const seen = await withClient(target.database, { signal }, async connection => ({
    source: await readSource(connection),
    properties: await readProperties(connection, target.database.database),
    lacking: await lackingRights(connection, { name, by: receipt.proof === 'snapshot' ? 'snapshot' : 'dump' }),
    ties: await readTies(connection)
  }))
  const [lack] = seen.lacking
  if (lack !== undefined) return stuck(seen.lacking.map(({ message }) => message).join('; '), lack.hint)
  if (seen.ties.length > 0) {
    return stuck(
      `${name} cannot be swapped: it has ${seen.ties.join(', ')}`,
      'Remove them first and set them up again afterwards, or restore by hand.'
    )
  }
  const { source: taken } = receipt
  const other =
    taken.systemIdentifier !== '' &&
    seen.source.systemIdentifier !== '' &&
    taken.systemIdentifier !== seen.source.systemIdentifier
  if (other || taken.databaseOid !== seen.source.databaseOid || seen.properties === undefined) {
    return stuck(
      `${name} is not the database that the backup was taken from (${taken.database})`,
      'A restore goes nowhere else: give the URL of that database, or restore by hand.'
    )
  }
  const stamp = fineStampOf(ports.clock.now())
  const made =
    receipt.proof === 'snapshot'
      ? receipt.location.replace(/^server:/, '')
      : nameBeside(taken.database, 'restored', stamp)
  return {
    ...request,
    target,
    source: seen.source,
    properties: seen.properties,
    copy: made,
    old: nameBeside(taken.database, 'before', stamp)
  }
}

/** Programs that can put the dump back. */
export async function clientFor({ source, receipt, context, ports, name }: RestoreOrder) {
  const found = await findPrograms(ports.baseEnv['PATH'] ?? '')
  const client = chooseClient(found, Math.max(source.major, Number.parseInt(receipt.versions.client, 10) || 0))
  if (client !== undefined) {
    return {
      tools: { shell: ports.shell, bin: client.folder, env: programEnv(ports, context.names) },
      version: client.version
    }
  }
  throw failed(
    `${name}: no pg_restore ${source.major} or newer is here; production is as it was`,
    `Install postgresql-client-${source.major}.`
  )
}

export const stuck = (detail: string, hint: string): Finding => ({
  outcome: 'fail',
  reason: 'no_way_back',
  detail,
  hint
})

export const failed = (message: string, hint: string, cause?: unknown): ChecklistError =>
  new ChecklistError('FAILED', 'rollback_failed', { message, hint, cause })
