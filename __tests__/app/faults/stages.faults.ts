import { expect, test } from '@jest/globals'
import type { WayName } from '../../github/faults/each-call-fails.js'
import { deploys, headOf } from './deploys.js'
import { eachCallFails, mustBeGreen, type Scenario, waysOf } from './each-call.js'
import { deployments, type Job, STAGES, type Step, WHOLE, type World } from './whole-run.js'

const CLICK: readonly Step[] = [{ stage: 'rollback', execution: 'newest', because: 'it is slow' }]

/** What leaves a job in the middle: nothing is heard any more, and the last write was done, or was not. */
const ENDING: readonly WayName[] = [
  'is done, and so are all after it, and their answers are lost',
  'is answered with 503, and all after it'
]

test.each(waysOf(ENDING))('a deployment whose stages are processes: each call %s', async way => {
  await eachCallFails(way, deploys(STAGES))
})

/** Ahead of the gate and behind it. */
const TWO_JOBS: Scenario = {
  job: async world => await twoJobs(world, 1),
  judge: async (world, job) => {
    const last = job.green ? job : await twoJobs(world, 2)
    mustBeGreen(last)
    expect(deployments(world, headOf(world))).toBe(1)
  }
}
async function twoJobs(world: World, attempt: number): Promise<Job> {
  const prepared = await world.job(77, attempt, [{ stage: 'preflight', prepare: 'true' }])
  if (prepared.steps.some(({ result }) => result.exitCode !== 0)) return { ...prepared, green: false }
  const execution = prepared.steps[0]?.id ?? ''
  return await world.job(
    77,
    attempt,
    STAGES.map(step => ({ ...step, execution }))
  )
}

test.each(waysOf(ENDING.slice(1)))('a deployment of two jobs: each call %s', async way => {
  await eachCallFails(way, TWO_JOBS)
})

/** Nobody comes back to a run that broke: another one is held off, takes over, or is told to take it back first. */
test.each(waysOf(ENDING))(
  'a deployment that nobody runs again frees the environment or can be taken back: each call %s',
  async way => {
    await eachCallFails(way, {
      stand: async world => {
        await world.job(70, 1, WHOLE)
        world.release()
      },
      job: async world => await world.job(77, 1, WHOLE),
      judge: async world => {
        const broken = headOf(world)
        const newer = world.release()
        const other = await world.job(78, 1, WHOLE)
        if (!other.green) {
          expect(other.settled).toMatchObject({ reason: 'unfinished_execution' })
          const back = await world.job(79, 1, CLICK)
          mustBeGreen(back)
          const again = await world.job(80, 1, WHOLE)
          mustBeGreen(again)
        }
        expect(deployments(world, broken)).toBeLessThanOrEqual(1)
        expect([deployments(world, newer), world.at.world('live')]).toEqual([1, newer])
      }
    })
  }
)
