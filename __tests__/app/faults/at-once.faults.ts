import { expect, test } from '@jest/globals'
import { mustBeGreen } from './each-call.js'
import { CHECKLIST, type Job, openWorld, type Step, WHOLE, type World } from './whole-run.js'

const CLICK: readonly Step[] = [{ stage: 'rollback', execution: 'newest', because: 'it is slow' }]
const SWEEP: readonly Step[] = [{ stage: 'monitor', execution: 'newest' }]
const ACTING = `echo "begin $DEPLOY_EXECUTION" >> "$WORLD/log"; sleep 0.4; echo "end $DEPLOY_EXECUTION" >> "$WORLD/log"`
const LIVE = `echo "$DEPLOY_COMMIT" > "$WORLD/live"`
/** Whoever acts says when it begins and when it ends. */
const SLOW = CHECKLIST.replace(/run: 'echo "deploy .*'\n/, `run: '${LIVE}; ${ACTING}'\n`).replace(
  /undo: 'echo "undo .*'\n/,
  `undo: 'echo "$DEPLOY_PREVIOUS_COMMIT" > "$WORLD/live"; ${ACTING}'\n`
)

/** The second client comes when the first has asked GitHub so often. */
const MOMENTS = [0, 8, 15, 22, 30, 40]

async function atOnce(
  moment: number,
  [one, other]: readonly [readonly Step[], readonly Step[]],
  stand: (world: World) => Promise<void>,
  judge: (world: World, jobs: readonly [Job, Job]) => Promise<void>
): Promise<void> {
  const world = await openWorld(SLOW)
  try {
    await stand(world)
    const before = world.fake.requests().length
    let isOver = false
    const first = world.job(77, 1, one).finally(() => {
      isOver = true
    })
    while (!isOver && world.fake.requests().length - before < moment)
      await new Promise(resolve => setTimeout(resolve, 1))
    const jobs = await Promise.all([first, world.job(78, 1, other)])
    for (const { steps } of jobs)
      for (const { result } of steps) expect([result.exitCode, result.message]).not.toEqual([70, expect.anything()])
    mustTakeTurns(world)
    await judge(world, jobs)
    expect(await world.flaws()).toEqual([])
    expect(world.fake.violations()).toEqual([])
  } finally {
    await world.fake.close()
  }
}

/** Between the begin of an action and its end nobody else acts. */
function mustTakeTurns({ at }: World): void {
  const lines = at.did()
  expect(lines.length).toBeGreaterThan(1)
  for (let place = 0; place < lines.length; place += 2)
    expect(lines[place + 1]).toBe(lines[place]?.replace('begin', 'end'))
}

const HELD_OFF = ['environment_held', 'holder_unknown', 'unfinished_execution', 'superseded', 'stage_out_of_order']
const mustBeHeldOff = ({ steps, green }: Job): void => {
  if (green) return
  const { reason, hint } = steps.at(-1)?.result ?? {}
  expect(HELD_OFF).toContain(reason)
  expect(hint).not.toBe('')
}
const twoReleases = async (world: World) => {
  mustBeGreen(await world.job(1, 1, WHOLE))
  world.release()
  mustBeGreen(await world.job(2, 1, WHOLE))
}

test.each(MOMENTS)(
  'two deployments, the second after %d requests of the first: each acts alone, or not at all',
  async moment => {
    await atOnce(
      moment,
      [WHOLE, WHOLE],
      async () => {},
      async (world, jobs) => {
        expect(jobs.some(({ green }) => green)).toBe(true)
        for (const job of jobs) mustBeHeldOff(job)
        const successes = (await world.events()).filter(
          ({ body }) => body.type === 'ended' && body.status === 'SUCCESS'
        )
        expect(successes).toHaveLength(jobs.filter(({ green }) => green).length)
      }
    )
  }
)

test.each(MOMENTS)(
  'a click after %d requests of a deployment: one of them waits its turn, and what is live is recorded',
  async moment => {
    await atOnce(moment, [WHOLE, CLICK], twoReleases, async (world, jobs) => {
      for (const job of jobs) mustBeHeldOff(job)
      // Whoever was held off comes again, and finds the environment free.
      const next = world.release()
      mustBeGreen(await world.job(80, 1, WHOLE))
      expect(world.at.world('live')).toBe(next)
    })
  }
)

test.each(MOMENTS)(
  'a click after %d requests of a sweep: no checkpoint is recorded twice, and one release is taken back',
  async moment => {
    await atOnce(
      moment,
      [SWEEP, CLICK],
      async world => {
        await twoReleases(world)
        await world.at.turn(3_700_000)
      },
      async (world, [, click]) => {
        mustBeGreen(click)
        const checkpoints = (await world.events()).filter(({ body }) => body.type === 'checkpoint')
        expect(checkpoints.length).toBeLessThanOrEqual(1)
        const back = (await world.events()).filter(({ body }) => body.type === 'rolled-back')
        expect(back).toHaveLength(1)
      }
    )
  }
)
