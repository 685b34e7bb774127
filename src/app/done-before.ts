import { isDoneByEarlierAttempt } from '../core/engine/opening.js'
import type { ExecutionRecord } from '../core/execution.js'
import type { Ledger } from '../core/ports.js'
import { settleDeployment } from './deployment-end.js'
import type { Identity } from './identity.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'
import { closePage } from './sign-page.js'

/**
 * True where an earlier attempt of this run has brought it live: a run that is run again goes on. That is said, and so is
 * on GitHub what that attempt could not say there.
 */
export async function isDoneBefore(
  record: ExecutionRecord,
  { identity }: Readonly<{ identity: Identity }>,
  { wish, ledger, shop }: Readonly<{ wish: Request; ledger: Ledger; shop: Shop }>
): Promise<boolean> {
  if (!isDoneByEarlierAttempt(identity, record)) return false
  shop.terminal.say(
    `${record.id} ended ${record.status} in an earlier attempt of this run: nothing is left to do. To deploy the same commit again, start a new run.`
  )
  await closePage(record.id, shop)
  await settleDeployment(record.id, { wish, ledger, shop })
  return true
}
