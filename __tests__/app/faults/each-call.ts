import { expect } from '@jest/globals'
import { deployedOf } from '../../fakes/github/handlers/deployments.js'
import { issuesOf } from '../../fakes/github/issues-state.js'
import { TOKEN } from '../../fakes/github/state.js'
import { WAY_NAMES, WAYS, type WayName } from '../../github/faults/each-call-fails.js'
import { type Job, openWorld, type World } from './whole-run.js'

export type Scenario = Readonly<{
  checklist?: string
  /** What was there before. Its calls do not fail. */
  stand?: (world: World) => Promise<void>
  /** Each of its calls fails in turn. */
  job: (world: World) => Promise<Job>
  /** What must hold after it, and after what a person does next; nothing fails any more. */
  judge: (world: World, job: Job) => Promise<void>
}>

/**
 * Those in which a flow beside the deployment is tried by default: what ends a job, which is what the client makes of most
 * others too. `FAULTS=all` tries each of them in every way, which takes half an hour.
 */
export const waysOf = (usual: readonly WayName[]): readonly WayName[] =>
  process.env['FAULTS'] === 'all' ? WAY_NAMES : usual

/** Of one undisturbed job: what it asks GitHub, in order, so that a new call is tried by itself. */
export async function callsOf({ checklist, stand, job }: Omit<Scenario, 'judge'>): Promise<readonly string[]> {
  const world = await openWorld(checklist)
  try {
    await stand?.(world)
    const before = world.fake.requests().length
    await job(world)
    return world.fake
      .requests()
      .slice(before)
      .map(({ operationId }) => operationId)
  } finally {
    await world.fake.close()
  }
}

/** Does the job once for each of its calls, in a world of its own in which that one fails so. All that failed, at once. */
export async function eachCallFails(way: WayName, scenario: Scenario): Promise<void> {
  const calls = await callsOf(scenario)
  const waiting = [...calls.entries()]
  const problems: string[] = []
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [index, operationId] = next
      await callFails(way, index + 1, scenario).catch(error =>
        problems.push(`call ${index + 1}, ${operationId}, ${way}:\n${error instanceof Error ? error.stack : error}`)
      )
    }
  }
  // A request that hangs waits for its time limit in real time, so these do it together.
  const width = way === 'is not answered in time' ? calls.length : 3
  await Promise.all(Array.from({ length: width }, worker))
  expect(calls.length).toBeGreaterThan(3)
  if (problems.length > 0) throw new Error(problems.join('\n\n'))
}

async function callFails(way: WayName, nth: number, { checklist, stand, job, judge }: Scenario): Promise<void> {
  const world = await openWorld(checklist)
  try {
    await stand?.(world)
    world.fake.faults.add(WAYS[way](nth))
    const done = await job(world)
    world.fake.faults.clear()
    mustSpeakPlainly(done)
    try {
      await judge(world, done)
      mustHaveNothingTwice(world)
      expect(await world.flaws()).toEqual([])
      expect(world.fake.violations()).toEqual([])
    } catch (error) {
      if (error instanceof Error) error.message += `\n\nThe job had said:\n${said(done)}`
      throw error
    }
  } finally {
    await world.fake.close()
  }
}

export const said = ({ steps, settled }: Job): string =>
  [...steps.map(({ result }) => result), ...(settled === undefined ? [] : [settled])]
    .map(({ status, reason, message, hint }) => `${status} ${reason}: ${message}\n  → ${hint}`)
    .join('\n')

export function mustBeGreen(job: Job): void {
  if (!job.green) throw new Error(`expected a green job, and it said:\n${said(job)}`)
}

/** Nothing is a bug, what is red says what to do, and the token stands nowhere. */
function mustSpeakPlainly({ steps, settled }: Job): void {
  for (const { result, said: lines } of steps) {
    expect(result.exitCode).not.toBe(70)
    expect(JSON.stringify(result) + lines).not.toContain(TOKEN)
    if (result.exitCode !== 0) expect(result.hint + result.nextSteps.join('')).not.toBe('')
    if (result.reason === 'missing_permission') expect(result.message + result.hint).toMatch(/: (read|write)|token/)
  }
  expect(JSON.stringify(settled ?? '')).not.toContain(TOKEN)
}

/** What people see on GitHub is there once: deployments, issues, comments. */
function mustHaveNothingTwice({ fake: { state } }: World): void {
  const shown = deployedOf(state).all.map(({ payload, environment }) => JSON.stringify([environment, payload]))
  const issues = issuesOf(state)
  for (const all of [shown, issues.map(({ title }) => title), ...issues.map(commentsOf)])
    expect(all.filter((one, place) => all.indexOf(one) !== place)).toEqual([])
}

const commentsOf = ({ comments }: ReturnType<typeof issuesOf>[number]): readonly string[] =>
  comments.map(({ text }) => text)
