import { short } from '../core/chain.js'
import { insteadOf, type ToldHead } from '../core/deployments/last-head.js'
import { strangeTo } from '../core/deployments/strange.js'
import { refused } from '../core/errors.js'
import type { Key } from '../core/execution.js'
import type { Ledger } from '../core/ports.js'
import { branchIn } from './choose-ledger.js'
import { type Actions, ghName } from './host.js'
import { pagesOf } from './records.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'

type Asked = Readonly<{
  wish: Pick<Request, 'ledger' | 'recordDeployment'>
  key: Key
  /** Whether the job may have a deployment to that environment: ahead of the gate it has none. */
  behindGate: boolean
}>

const LOOKS = 3
const BETWEEN_LOOKS_MS = 1000

/**
 * Before an execution begins: the ledger's branch must still have what the newest deployment on GitHub tells of it. What an
 * earlier process saw of the branch is gone with its job, so that a forced push between two runs is found here, or by
 * `verify`. Other ledgers cannot be pushed to.
 */
export async function mustHoldLastHead({ wish, key, behindGate }: Asked, ledger: Ledger, shop: Shop): Promise<void> {
  const { onGitHub, actions, terminal } = shop
  const branch = branchIn(wish.ledger)
  if (onGitHub === undefined || actions === undefined || branch === undefined) return
  if (wish.recordDeployment === 'never') return
  const told = await onGitHub.lastHead.read(key.environment, behindGate ? actions.sha : undefined)
  const instead = told === undefined ? '' : await foundInstead(told, ledger, shop)
  if (told === undefined || instead === '') return
  const { ids, removed } = await idsOf(key, ledger)
  const said = `deployment ${told.deployment} to ${key.environment} on GitHub tells of event ${told.head.seq} of execution ${told.head.id} (${short(told.head.hash)})`
  if (ids.size === 0) {
    const isNew = `the branch ${branch} has nothing of ${key.environment}: it is taken for a new ledger`
    return terminal.say(`Note: ${said}, and ${isNew}. \`deploy-checklist verify\` says more.`)
  }
  // What came before the ledger's first execution is of another ledger; what was removed has left a tombstone.
  if (removed.has(told.head.id) || strangeTo(ids, [told.head]).older.length > 0) return
  throw lost(`${said}, and the branch ${branch} has ${instead}`, told, branch, actions)
}

/** Looked for more than once: GitHub may answer with the branch as it was a moment ago. */
async function foundInstead({ head }: ToldHead, ledger: Ledger, { clock, signal }: Shop): Promise<string> {
  for (let look = 1; ; look++) {
    const instead = insteadOf(head, await ledger.read(head.id))
    if (instead === '' || look === LOOKS) return instead
    await clock.sleep(BETWEEN_LOOKS_MS * look, signal)
  }
}

/** Whatever the ledger has or had of this environment, by whichever checklist. */
async function idsOf({ repository, environment }: Key, ledger: Ledger) {
  const [ids, removed] = [new Set<string>(), new Set<string>()]
  for await (const { records, tombstones } of pagesOf(ledger, { key: { repository, environment } })) {
    for (const { id } of tombstones) removed.add(id)
    for (const { id } of [...records, ...tombstones]) ids.add(id)
  }
  return { ids, removed }
}

function lost(message: string, { deployment }: ToldHead, branch: string, actions: Actions) {
  const name = ghName(actions)
  const host = name === actions.repository ? '' : ` --hostname ${name.slice(0, name.indexOf('/'))}`
  const at = `repos/${actions.repository}/deployments/${deployment}`
  return refused(
    'ledger_broken',
    `the branch ${branch} has lost what it had: ${message}`,
    `Nothing was written. Find out who moved the branch and put it back to the commit that had it (the repository's activity page names it): \`git push --force origin COMMIT:refs/heads/${branch}\`. If it was moved on purpose, remove that deployment, which GitHub only does once it is inactive: \`gh api${host} --method POST ${at}/statuses -f state=inactive && gh api${host} --method DELETE ${at}\`. The next run names the next one, if there is another.`
  )
}
