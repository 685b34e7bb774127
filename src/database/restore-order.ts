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
/** As much of it as is there before anything is undone. */
export type AskedRestore = Omit<RestoreRequest, 'context'> &
  Readonly<{ context: Pick<ItemContext, 'execution' | 'names' | 'signal'> }>
/** The same with everything that was found out before anything is made. */
export type RestoreOrder = RestoreRequest &
  Readonly<{ target: BackupTarget; source: Source; properties: Properties; copy: string; old: string }>

/** Reads what production is, and refuses what must not be swapped, before anything is made. */
export async function prepareRestore(request: RestoreRequest, target: BackupTarget): Promise<RestoreOrder | Finding> {
  const { receipt, ports } = request
  const { source, properties, refusals } = await seeProduction(request, target)
  const [refusal] = refusals
  if (refusal !== undefined || properties === undefined) return refusal ?? notThatOne(request)
  const stamp = fineStampOf(ports.clock.now())
  const taken = receipt.source.database
  return {
    ...request,
    target,
    source,
    properties,
    copy: snapshotIn(receipt) ?? nameBeside(taken, 'restored', stamp),
    old: nameBeside(taken, 'before', stamp)
  }
}

/** What production is, and everything that keeps another database from taking its name. */
export async function seeProduction({ name, receipt, context }: AskedRestore, { database }: BackupTarget) {
  const by = receipt.proof === 'snapshot' ? 'snapshot' : 'dump'
  return await withClient(database, { signal: context.signal }, async connection => {
    const source = await readSource(connection)
    const properties = await readProperties(connection, database.database)
    const lacking = await lackingRights(connection, { name, by })
    const ties = await readTies(connection)
    const [lack] = lacking
    const refusals = [
      ...(lack === undefined ? [] : [stuck(lacking.map(({ message }) => message).join('; '), lack.hint)]),
      ...(ties.length === 0
        ? []
        : [
            stuck(
              `${name} cannot be swapped: it has ${ties.join(', ')}`,
              'Remove them first and set them up again afterwards, or restore by hand.'
            )
          ]),
      ...(isTakenFrom(receipt, source) ? [] : [notThatOne({ name, receipt })])
    ]
    return { source, properties, refusals }
  })
}

function isTakenFrom({ source: taken }: Receipt, source: Source): boolean {
  const known = taken.systemIdentifier !== '' && source.systemIdentifier !== ''
  const other = known && taken.systemIdentifier !== source.systemIdentifier
  return !other && taken.databaseOid === source.databaseOid
}

const notThatOne = ({ name, receipt }: Pick<RestoreRequest, 'name' | 'receipt'>): Finding =>
  stuck(
    `${name} is not the database that the backup was taken from (${receipt.source.database})`,
    'A restore goes nowhere else: give the URL of that database, or restore by hand.'
  )

/** The clone that a snapshot is; undefined for a dump. */
export const snapshotIn = ({ proof, location }: Receipt): string | undefined =>
  proof === 'snapshot' ? location.replace(/^server:/, '') : undefined

/** Programs that can put the dump back. */
export async function clientFor({
  source,
  receipt,
  context,
  ports,
  name
}: AskedRestore & Pick<RestoreOrder, 'source'>) {
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
