import type { Finding, GuardContext, ItemContext, Kind, Probe } from '../core/item.js'
import type { Objection } from '../core/ports.js'
import type { Receipt } from '../core/records.js'
import { backUpDatabase, objectionsTo, probeDatabase } from './backup-database.js'
import type { DatabaseBackupPorts } from './backup-facts.js'
import { backUpFiles, objectionsToFiles, probeFiles } from './backup-files.js'
import { type BackupSpec, backupShape, isOfFiles } from './backup-spec.js'
import type { CopyBy } from './postgres/swap-rights.js'

/** How a proven backup takes the place of its database again, where somebody asks for it by name. */
export interface WayBack {
  /** Rights that the way back by a dump or by a snapshot needs, asked before anything starts. */
  objections(name: string, by: CopyBy, context: GuardContext): Promise<readonly Objection[]>
  /** Everything that would refuse a restore and needs no closed door, asked before anything is undone. */
  obstacles(name: string, receipt: Receipt, context: GuardContext): Promise<readonly Objection[]>
  restore(name: string, receipt: Receipt, context: ItemContext): Promise<Finding>
  /** What became of a restore whose process died; opens again what it left shut. */
  probe(name: string, context: ItemContext): Promise<Probe>
}

export type BackupPorts = DatabaseBackupPorts & Readonly<{ wayBack?: WayBack }>

/** `backup: main` proves a dump of a database by restoring it; `backup: {files: [...]}` an archive by unpacking it. */
export const backupKind = (ports: BackupPorts): Kind<BackupSpec> => ({
  name: 'backup',
  shape: backupShape,
  effect: 'action',
  onlySaves: true,
  turn: () => 'barrier',
  subject: ({ backup }) => (isOfFiles(backup) ? backup.files.join(', ') : backup),
  databases: ({ backup }) => (isOfFiles(backup) ? [] : [backup]),
  guard: async ({ backup }, context) => {
    if (isOfFiles(backup)) return objectionsToFiles(backup, context, ports)
    return await objectionsTo(backup, context, ports)
  },
  run: ({ backup, keep }, context) =>
    isOfFiles(backup) ? backUpFiles(backup, keep, context, ports) : backUpDatabase(backup, keep, context, ports),
  probe: async ({ backup }, context) => {
    if (context.deed === 'undo') return await probeWayBack(backup, context, ports)
    return await lookFor(backup, context, ports)
  },
  // Whoever says that it is done: what counts is its proof.
  finish: async ({ backup }, context) => (await lookFor(backup, context, ports)).finding ?? NOT_PROVEN,
  obstacles: async ({ backup }, context, { receipt }) => {
    if (isOfFiles(backup) || receipt === undefined || ports.wayBack === undefined)
      return [{ reason: 'no_way_back', message: NO_WAY_BACK.detail, hint: NO_WAY_BACK.hint ?? '' }]
    return ports.wayBack.obstacles(backup, receipt, context)
  },
  undo: async ({ backup }, context, { receipt }) => {
    if (isOfFiles(backup) || receipt === undefined || ports.wayBack === undefined) return NO_WAY_BACK
    return ports.wayBack.restore(backup, receipt, context)
  }
})

const lookFor = (backup: BackupSpec['backup'], context: ItemContext, ports: BackupPorts): Promise<Probe> =>
  isOfFiles(backup) ? probeFiles(context) : probeDatabase(backup, context, ports)

async function probeWayBack(
  backup: BackupSpec['backup'],
  context: ItemContext,
  { wayBack }: BackupPorts
): Promise<Probe> {
  if (isOfFiles(backup) || wayBack === undefined) return { took: 'unknown', detail: 'nobody knows how far it came' }
  return await wayBack.probe(backup, context)
}

const NOT_PROVEN: Finding = {
  outcome: 'fail',
  reason: 'backup_not_proven',
  detail: 'there is no proof of it in the store',
  hint: 'Run it again: a backup changes nothing, and what was left of this one is removed.'
}

const NO_WAY_BACK: Finding = {
  outcome: 'fail',
  reason: 'no_way_back',
  detail: 'this backup cannot be put back by itself',
  hint: 'Its receipt says where it lies; unpack or restore it by hand.'
}
