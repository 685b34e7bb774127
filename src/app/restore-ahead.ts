import { backupOf, isUndone } from '../core/engine/deeds-to-undo.js'
import type { State } from '../core/engine/state.js'
import { refused } from '../core/errors.js'
import type { ExecutionRecord } from '../core/execution.js'
import type { Objection } from '../core/ports.js'
import type { Receipt } from '../core/records.js'
import { askKind, demandValues, viewBefore } from './guards.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'

type Asked = Pick<Request, 'restore' | 'acceptLoss'>

/**
 * Everything that would refuse the restores that are asked for, found before anything is undone: the code does not go
 * back to the old release while the database stays with the new one. `left`: what an earlier rollback left to do.
 */
export async function restoreObstacles(
  { restore, acceptLoss }: Asked,
  undone: ExecutionRecord,
  { left, shop }: Readonly<{ left: State; shop: Shop }>
): Promise<readonly Objection[]> {
  if (restore.length === 0) return []
  const { plan } = left
  const { receipts, migrations, applied } = undone
  const view = viewBefore(plan, shop.host.folder, applied)
  const execution = { ...view, id: undone.id, receipts, migrations, acceptedLoss: acceptLoss }
  const known = { plan, execution, names: demandValues(plan, [], shop, undone.id) }
  const asked = restore.map(async name => {
    const receipt = receiptOf(name, undone)
    const item = backupOf(plan, name)
    if (item === undefined || isUndone(left, item.id)) return []
    const done = { outcome: 'pass', detail: '', receipt } as const
    return await askKind(item, 'rollback', known, shop, kind => {
      const obstacles = kind.obstacles?.bind(kind)
      return obstacles && ((spec, context) => obstacles(spec, context, done))
    })
  })
  return (await Promise.all(asked)).flat()
}

/** The proof of the backup that is to be restored, or the refusal that there is none of that name. */
export function receiptOf(name: string, { id, receipts }: ExecutionRecord): Receipt {
  const found = receipts.find(({ subject }) => subject === name)
  if (found !== undefined) return found
  throw refused(
    'usage',
    `--restore ${name}: ${id} made no backup of that name; it has ${receipts.map(({ subject }) => subject).join(', ') || 'none'}`,
    'Name one of them, or leave it out.'
  )
}
