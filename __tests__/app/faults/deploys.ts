import { expect } from '@jest/globals'
import { mustBeGreen, type Scenario } from './each-call.js'
import { deployments, type Step, type World } from './whole-run.js'

export const headOf = ({ at }: World): string => at.git('rev-parse', 'HEAD')

/** Green is only what is live and recorded; what is red goes on when its run is run again, and nothing is done twice. */
export const deploys = (steps: readonly Step[]): Scenario => ({
  job: async world => await world.job(77, 1, steps),
  judge: async (world, job) => {
    expect(deployments(world, headOf(world))).toBeLessThanOrEqual(1)
    const last = job.green ? job : await world.job(77, 2, steps)
    mustBeGreen(last)
    expect(last.settled).toMatchObject({ status: 'SUCCESS' })
    expect(deployments(world, headOf(world))).toBe(1)
  }
})
