import type { HeadsOnGitHub } from '../core/deployments/deployment.js'
import { strangeTo } from '../core/deployments/strange.js'
import type { KnownHead } from '../core/verify.js'
import { isOwnerAndName } from './identity.js'
import type { Shop } from './shop.js'

/** What GitHub's deployments say of the ledger; `older`: executions that were before the ledger's first. */
export type ToldHeads =
  | Readonly<{ kind: 'read'; deployments: number; heads: number; older: number }>
  | Extract<HeadsOnGitHub, { kind: 'unreadable' }>

export type Compared = Readonly<{
  told: ToldHeads
  heads: readonly KnownHead[]
  /** Executions that a deployment tells of and the ledger does not have. */
  lost: readonly KnownHead[]
}>

/** Heads in the statuses of deployments to these environments. `ids`: whatever the ledger has or had, or cannot read. */
export async function headsOnGitHub(
  environments: readonly string[],
  ids: ReadonlySet<string>,
  { deployments, identity }: Shop
): Promise<Compared> {
  const { repository } = await identity()
  const isOnGitHub = isOwnerAndName(repository)
  if (deployments === undefined || !isOnGitHub) return { told: isOnGitHub ? NO_TOKEN : NOT_THERE, heads: [], lost: [] }
  const found = await deployments.heads(environments)
  if (found.kind === 'unreadable') return { told: found, heads: [], lost: [] }
  const { lost, older } = strangeTo(ids, found.heads)
  const { deployments: looked, heads } = found
  return { told: { kind: 'read', deployments: looked, heads: heads.length, older: older.length }, heads, lost }
}

const NO_TOKEN = {
  kind: 'unreadable',
  why: 'there is no token to ask GitHub with',
  hint: 'GITHUB_TOKEN=$(gh auth token) deploy-checklist verify; in Actions with `permissions: { deployments: read }`.'
} as const
const NOT_THERE = {
  kind: 'unreadable',
  why: 'it is not known which repository on GitHub this is',
  hint: 'Run it in a clone of the repository, or in GitHub Actions.'
} as const
