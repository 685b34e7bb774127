import { REASONS } from '../reasons.js'
import type { MissedDeployment } from './deployment.js'

export const PERMISSION = 'deployments: write'

/** Why GitHub does not tell of an execution, and what gives it; where everybody can read the ledger its code says it. */
export function missedWords({ reason, message }: Pick<MissedDeployment, 'reason' | 'message'>): string {
  const why = message === '' ? REASONS[reason] : message
  const remedy =
    reason === 'missing_permission'
      ? `: the job needs \`permissions: { ${PERMISSION} }\`, or the input \`record-deployment: never\``
      : ''
  return `not told to GitHub, since ${why}${remedy}`
}
