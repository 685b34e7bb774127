import type { TakenDeployment } from '../deployments/deployment.js'
import { missedWords } from '../deployments/missed.js'
import { urlOf } from '../deployments/url.js'
import type { Event } from '../events.js'
import type { ExecutionRecord } from '../execution.js'
import type { Plan } from '../plan.js'

/** `taken` is null where nothing on GitHub stands for the execution; `missed` says why GitHub was not told, or is empty. */
export type ResultDeployment = Readonly<{ taken: TakenDeployment | null; missed: string }>

/** What a result says of GitHub's deployments, and of the page where the deployed application is seen. */
export function deploymentIn(
  { id, deployment }: ExecutionRecord,
  plan: Plan,
  events: readonly Event[]
): Readonly<{ url?: string; deployment?: ResultDeployment }> {
  const url = urlOf(plan, id)
  const missed = missedIn(events)
  const known = deployment !== undefined || missed !== ''
  return {
    ...(url !== undefined && { url }),
    ...(known && { deployment: { taken: deployment ?? null, missed } })
  }
}

/** One that was missed at first and told later is missed no more. */
function missedIn(events: readonly Event[]): string {
  const last = events.findLast(({ body }) => body.type === 'deployment-taken' || body.type === 'deployment-missed')
  return last?.body.type === 'deployment-missed' ? missedWords(last.body) : ''
}
