import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { comments, issuesOf } from '../../fakes/github/issues-state.js'
import type { WayName } from '../../github/faults/each-call-fails.js'
import { DEPLOY } from '../stand.js'
import { eachCallFails, mustBeGreen, type Scenario, said, waysOf } from './each-call.js'
import { CHECKLIST, deployments, openWorld, type Step, WHOLE, type World } from './whole-run.js'

const headOf = ({ at }: World): string => at.git('rev-parse', 'HEAD')
const CLICK: readonly Step[] = [{ stage: 'rollback', execution: 'newest', because: 'it is slow' }]

/** Two releases, each by a run of its own; the second is live. */
async function twoReleases(world: World): Promise<void> {
  mustBeGreen(await world.job(1, 1, WHOLE))
  world.release()
  mustBeGreen(await world.job(2, 1, WHOLE))
}

/** It goes on, or finds that only the last word of the first one was not heard. */
async function clickedAgain(world: World): Promise<void> {
  const again = await world.job(4, 1, CLICK)
  if (again.steps.at(-1)?.result.reason !== 'already_done') mustBeGreen(again)
}

const ENDING: readonly WayName[] = [
  'is done, and its answer is lost',
  'is done, and so are all after it, and their answers are lost',
  'is answered with 503, and all after it'
]

describe('a rollback by a click', () => {
  const scenario: Scenario = {
    stand: twoReleases,
    job: async world => await world.job(3, 1, CLICK),
    judge: async (world, job) => {
      const [one = '', two = ''] = world.at.did().map(line => line.split(' ')[1])
      const undone = () => world.at.did().filter(line => line === `undo ${two} to ${one}`).length
      expect(undone()).toBeLessThanOrEqual(1)
      if (!job.green) await clickedAgain(world)
      expect([undone(), world.at.world('live')]).toEqual([1, one])
      // Whatever is done next finds the environment free.
      const next = world.release()
      mustBeGreen(await world.job(5, 1, WHOLE))
      expect(world.at.world('live')).toBe(next)
    }
  }
  test.each(waysOf(ENDING))('each call %s', async way => {
    await eachCallFails(way, scenario)
  })
})

describe('a sweep of the checkpoints', () => {
  const SWEEP: readonly Step[] = [{ stage: 'monitor', execution: 'newest' }]
  const scenario: Scenario = {
    stand: async world => {
      mustBeGreen(await world.job(1, 1, WHOLE))
      await world.at.turn(3_700_000)
    },
    job: async world => await world.job(2, 1, SWEEP),
    judge: async (world, job) => {
      if (!job.green) await world.job(3, 1, SWEEP)
      const { text } = await world.at.step({ environment: 'production', ...SWEEP[0] }, world.inRun(4, 1))
      expect(text).toMatch(/none is to come/)
      const checkpoints = (await world.events()).filter(({ body }) => body.type === 'checkpoint')
      expect(checkpoints).toMatchObject([{ body: { checkpoint: '1h', passed: true } }])
    }
  }
  test.each(waysOf(ENDING))('each call %s', async way => {
    await eachCallFails(way, scenario)
  })
})

const HELD = CHECKLIST.replace(DEPLOY, `${DEPLOY}; while test -e "$WORLD/hold"; do sleep 0.02; done`)

describe('an attempt that goes on with what broke in the middle', () => {
  const scenario: Scenario = {
    checklist: HELD,
    stand: async world => {
      // The action has begun, and then GitHub says nothing any more.
      world.at.sets('hold', 'x')
      const first = world.job(77, 1, WHOLE)
      while (world.at.did().length === 0) await new Promise(resolve => setTimeout(resolve, 5))
      world.fake.faults.add({ on: '*', times: Number.POSITIVE_INFINITY, kind: 'cut' })
      rmSync(join(world.at.env['WORLD'] ?? '', 'hold'))
      await first
      world.fake.faults.clear()
      expect(deployments(world, headOf(world))).toBe(1)
    },
    job: async world => await world.job(77, 2, WHOLE),
    judge: async (world, job) => {
      if (!job.green) mustBeGreen(await world.job(77, 3, WHOLE))
      expect(deployments(world, headOf(world))).toBe(1)
    }
  }
  test.each(waysOf(ENDING.slice(1)))('each call %s', async way => {
    await eachCallFails(way, scenario)
  })
})

const ASKING = `people: { owner: '@alice' }
${CHECKLIST.replace("    - run: 'true'\n      id: fine", '    - manual: Support is told\n      id: told\n      by: owner')}`

describe('people who are asked in an issue', () => {
  const issues = ({ fake }: World) => issuesOf(fake.state)
  const signed = async (world: World) => (await world.events()).filter(({ body }) => body.type === 'signed').length
  /** Somebody answers what was asked, and the run is run again. */
  const goesOn = async (world: World, attempt: number) => {
    comments(world.fake.state, 'alice', '/done told by phone')
    mustBeGreen(await world.job(77, attempt, WHOLE))
  }
  const mustHaveAsked = async (world: World) => {
    expect([issues(world).length, issues(world)[0]?.state]).toEqual([1, 'closed'])
    expect([deployments(world, headOf(world)), await signed(world)]).toEqual([1, 1])
  }

  /** Where GitHub objects to telling who approved, what they answered for is over, and the next one asks for itself. */
  const isRefused = async (world: World) =>
    (await world.events()).some(({ body }) => body.type === 'ended' && body.status === 'REFUSED')
  const asksAnew = async (world: World) => {
    expect((await world.job(77, 3, WHOLE)).settled?.status).toBe('WAITING')
    comments(world.fake.state, 'alice', '/done told by mail', 2)
    mustBeGreen(await world.job(77, 4, WHOLE))
    expect(issues(world).map(({ state }) => state)).toEqual(['closed', 'closed'])
    // The first word was never heard: nobody is listened to before it is known who approved.
    expect([deployments(world, headOf(world)), await signed(world)]).toEqual([1, 1])
  }

  test.each(waysOf(ENDING))('while they are asked: each call %s', async way => {
    await eachCallFails(way, {
      checklist: ASKING,
      job: async world => await world.job(77, 1, WHOLE),
      judge: async (world, job) => {
        expect([job.green, deployments(world, headOf(world))]).toEqual([false, 0])
        const waits = await world.job(77, 2, WHOLE)
        expect([said(waits), waits.settled?.status]).toEqual([expect.anything(), 'WAITING'])
        expect(issues(world)).toHaveLength(1)
        await goesOn(world, 3)
        await mustHaveAsked(world)
      }
    })
  })

  test.each(waysOf(ENDING))('when they have answered: each call %s', async way => {
    await eachCallFails(way, {
      checklist: ASKING,
      stand: async world => {
        await world.job(77, 1, WHOLE)
        comments(world.fake.state, 'alice', '/done told by phone')
      },
      job: async world => await world.job(77, 2, WHOLE),
      judge: async (world, job) => {
        if (await isRefused(world)) return await asksAnew(world)
        if (!job.green) mustBeGreen(await world.job(77, 3, WHOLE))
        await mustHaveAsked(world)
      }
    })
  })
})

test('undisturbed, each of these is green', async () => {
  const world = await openWorld()
  await twoReleases(world)
  mustBeGreen(await world.job(3, 1, CLICK))
  await world.fake.close()
})
