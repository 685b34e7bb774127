import { type LastHead, lastToTell } from '../core/deployments/last-head.js'
import { headIn } from '../core/deployments/status.js'
import { ChecklistError } from '../core/errors.js'
import { openDeploymentsApi } from './deployments-api.js'
import type { GitHub } from './github.js'

/** Two requests at most, with `deployments: read`: before a deployment begins is no time for looking through all of them. */
export function openLastHead(github: GitHub): LastHead {
  const api = openDeploymentsApi(github)
  return {
    read: async (environment, own) => {
      try {
        const newest = lastToTell(await api.list({ environment }, 'read'), own)
        if (newest === undefined) return undefined
        // Whoever may write deployments may write a head: only what a job's own token has written is held against us.
        const told = (await api.statuses(newest.id, 'read')).filter(({ byJob }) => byJob)
        const [head] = told.map(({ description }) => headIn(description)).filter(found => found !== undefined)
        return head && { deployment: newest.id, head }
      } catch (error) {
        // `verify` says so, with the permission that it takes.
        if (error instanceof ChecklistError && error.reason === 'missing_permission') return undefined
        throw error
      }
    }
  }
}
