import { expect, test } from '@jest/globals'
import type { Interview, Ledger } from '../../src/core/ports.js'
import { bodiesOf, openReceiver, type Receiver } from '../notify/receivers.js'
import { CHECKLIST, dying, openStand, type Stand } from './stand.js'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

const told = (receiver: Receiver) => bodiesOf(receiver).map(({ kind }) => kind)

/** Two who want to know it after different times. */
const telling = (url: string, checklist: string) => `notify:
  - webhook: ${url}/soon
    on: [waiting, failure, escalation]
    after: 30m
  - webhook: ${url}/late
    on: [escalation]
    after: 2h
${checklist}`

const ASKS = CHECKLIST.replace(
  'stages:',
  'people: { owner: "@alice" }\nstages:\n  preflight:\n    - manual: They are told\n      id: told\n      by: owner'
)
const WATCHED = `${CHECKLIST}  monitor:
    checkpoints: [1h, 24h]
    items: [{ run: '! grep -qs "$DEPLOY_COMMIT" "$WORLD/sick"', id: well }]
`
const pathsOf = ({ got }: Receiver) => got.map(({ path, body }) => `${path} ${JSON.parse(body).kind}`)
const sweep = async (at: Stand) => await at.does('monitor')

test('nobody has signed: each who wants to know it is told once, after their own time, by whichever sweep comes first', async () => {
  const hook = await openReceiver()
  const at = openStand(telling(hook.url, ASKS))
  await at.does('run')
  await at.turn(20 * MINUTE)
  await sweep(at)
  expect(pathsOf(hook)).toEqual(['/soon waiting'])
  await at.turn(15 * MINUTE)
  await sweep(at)
  await sweep(at)
  expect(pathsOf(hook)).toEqual(['/soon waiting', '/soon escalation'])
  expect(bodiesOf(hook)[1]?.['headline']).toMatch(/nobody has reacted for 35 min.*WAITING.*owner \(@alice\)/)
  await at.turn(2 * HOUR)
  await Promise.all([sweep(at), sweep(at)])
  expect(pathsOf(hook)).toEqual(['/soon waiting', '/soon escalation', '/late escalation'])
  expect((await at.does('verify')).result.status).toBe('SUCCESS')
})

test('a word is a reaction, and what goes on waits for nobody', async () => {
  const hook = await openReceiver()
  const at = openStand(telling(hook.url, ASKS))
  await at.does('run')
  await at.turn(25 * MINUTE)
  await at.does("sign --sign 'preflight/told=alice:yes'")
  await at.turn(10 * MINUTE)
  await sweep(at)
  expect(told(hook)).toEqual(['waiting'])
  await at.does('run --resume')
  await at.turn(HOUR)
  await sweep(at)
  expect(told(hook)).toEqual(['waiting'])
})

test('a run that died and left the environment is found by the sweep, told, and told again when nobody reacts', async () => {
  const hook = await openReceiver()
  const at = openStand(telling(hook.url, CHECKLIST))
  await at.through('run', dying(1))
  expect(told(hook)).toEqual([])
  await sweep(at)
  expect(bodiesOf(hook)).toMatchObject([{ kind: 'failure', status: 'CANCELLED', who: 'a maintainer' }])
  await at.turn(40 * MINUTE)
  await sweep(at)
  expect(pathsOf(hook)).toEqual(['/soon failure', '/soon escalation'])
})

test('a checkpoint that failed is told by who looked, and again when nobody reacts; one that passes later is a reaction', async () => {
  const hook = await openReceiver()
  const at = openStand(telling(hook.url, WATCHED))
  await at.does('run')
  at.sets('sick', at.git('rev-parse', 'HEAD'))
  await at.turn(HOUR)
  expect((await sweep(at)).result.status).toBe('FAILED')
  expect(bodiesOf(hook)).toMatchObject([{ kind: 'failure', why: expect.stringMatching(/monitor\/well/) }])
  expect(bodiesOf(hook)[0]?.['headline']).toMatch(/FAILED: checkpoint 1h of \w{7}.*a maintainer has to act/)
  await at.turn(31 * MINUTE)
  await sweep(at)
  await sweep(at)
  expect(pathsOf(hook)).toEqual(['/soon failure', '/soon escalation'])
})

test('a sweep that tells between the look and the write of a resume does not stop it', async () => {
  const hook = await openReceiver()
  const at = openStand(telling(hook.url, ASKS))
  await at.does('run')
  await at.turn(40 * MINUTE)
  let swept = false
  const result = await at.through("run --resume --sign 'preflight/told=alice:yes'", async shop => {
    const ledger = await shop.ledger()
    const append: Ledger['append'] = async change => {
      if (!swept) {
        swept = true
        await sweep(at)
      }
      return await ledger.append(change)
    }
    return { ...shop, ledger: async () => ({ ...ledger, append }) }
  })
  expect([swept, result.status]).toEqual([true, 'SUCCESS'])
  expect(told(hook)).toEqual(['waiting', 'escalation'])
})

test('a newer deployment is a reaction too', async () => {
  const hook = await openReceiver()
  const at = openStand(telling(hook.url, WATCHED))
  await at.does('run')
  at.sets('sick', at.git('rev-parse', 'HEAD'))
  await at.turn(HOUR)
  await sweep(at)
  at.commit()
  await at.does('run')
  await at.turn(40 * MINUTE)
  await sweep(at)
  expect(told(hook)).toEqual(['failure'])
})

test('a process that waits for an answer tells that it does, then that nobody reacts; the pause after it is no news', async () => {
  const hook = await openReceiver()
  const at = openStand(telling(hook.url, ASKS))
  let answer = (_: undefined) => {}
  // As an issue is asked: it knows who answers, and waits.
  const interview: Interview = {
    vouches: true,
    ask: () =>
      new Promise(resolve => {
        answer = resolve
      })
  }
  const run = at.does('run', { interview })
  const until = async (many: number) => {
    for (let tries = 0; hook.got.length < many && tries < 200; tries++) {
      await at.turn(MINUTE / 2)
      await new Promise(resolve => setTimeout(resolve, 10))
    }
  }
  await until(2)
  expect(pathsOf(hook)).toEqual(['/soon waiting', '/soon escalation'])
  expect(bodiesOf(hook)[0]?.['headline']).toMatch(/waits for "They are told"; owner \(@alice\) has to act/)
  answer(undefined)
  expect((await run).result.status).toBe('WAITING')
  expect(hook.got).toHaveLength(2)
  await at.turn(MINUTE)
  await sweep(at)
  expect(hook.got).toHaveLength(2)
})

test('a sweep that cannot see what waits sweeps all the same', async () => {
  const at = openStand(telling('http://127.0.0.1:9', ASKS))
  await at.does('run')
  await at.turn(HOUR)
  const { result, text = '' } = await sweep(at)
  expect(result.exitCode).toBe(0)
  expect(text).toMatch(/Not told: webhook 127\.0\.0\.1:9 of the escalation: nothing listens/)
})
