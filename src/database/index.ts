import type { AnyKind } from '../core/item.js'
import { type BackupPorts, backupKind } from './backup.js'
import { migrateKind } from './migrate.js'
import { restoreWayBack } from './restore.js'

/** What stands behind databases: backups with their proof, migrations with their undo. */
export const databaseKinds = (ports: BackupPorts): readonly AnyKind[] => [
  backupKind({ wayBack: restoreWayBack(ports), ...ports }),
  migrateKind({ shell: ports.shell, clock: ports.clock, env: ports.baseEnv })
]
