import { ChecklistError } from '../core/errors.js'
import type { Clock } from '../core/ports.js'
import type { Again, Reruns } from '../core/sign-offs/pages.js'
import type { GitHub } from './github.js'
import { membersOf } from './members.js'
import { runFrom } from './runs.js'

const BETWEEN_MS = 10_000
/** A run that waits has only its last steps to end; longer than this it does something else. */
const MOST_LOOKS = 12

/** Runs a waiting run's failed jobs again; needs `actions: write`. */
export function openReruns(github: GitHub, clock: Clock): Reruns {
  const look = async (runId: string) => {
    const { data } = await github.ask<unknown>({
      ...{ method: 'GET', path: '/repos/{owner}/{repo}/actions/runs/{run_id}', needs: 'actions: read' },
      ...{ what: `tell of the workflow run ${runId}`, parameters: { run_id: Number(runId) } }
    })
    return runFrom(membersOf(data))
  }
  return {
    again: async (runId, attempt) => {
      try {
        for (let looks = 1; looks <= MOST_LOOKS; looks++) {
          const run = await look(runId)
          if (run.attempt > attempt) return { kind: 'under-way' }
          if (run.status === 'completed')
            return await begin(github, runId, async () => (await look(runId)).attempt > attempt)
          await clock.sleep(BETWEEN_MS)
        }
        return { kind: 'not-asked', why: `the run ${runId} has not come to its end` }
      } catch (error) {
        return notAsked(error)
      }
    }
  }
}

/** Whatever was answered, the run says itself whether it has begun again. */
async function begin(github: GitHub, runId: string, hasBegun: () => Promise<boolean>): Promise<Again> {
  try {
    await github.ask({
      ...{ method: 'POST', path: '/repos/{owner}/{repo}/actions/runs/{run_id}/rerun-failed-jobs' },
      ...{
        needs: 'actions: write',
        what: `run the failed jobs of ${runId} again`,
        parameters: { run_id: Number(runId) }
      }
    })
    return { kind: 'begun' }
  } catch (error) {
    const why = notAsked(error)
    return (await hasBegun()) ? { kind: 'under-way' } : why
  }
}

function notAsked(error: unknown): Extract<Again, { kind: 'not-asked' }> {
  if (!(error instanceof ChecklistError) || error.status === 'CANCELLED') throw error
  return { kind: 'not-asked', why: error.message }
}
