import { describe, expect, test } from '@jest/globals'
import { settleDeployment } from '../../src/app/deployment-end.js'
import { actionsOf } from '../../src/app/host.js'
import { settle } from '../../src/app/settle.js'
import type { Clock } from '../../src/core/ports.js'
import { openGitHub } from '../../src/github/api.js'
import { openDeployments } from '../../src/github/deployments.js'
import { beginJob, deployedOf, endJob, type FakeDeployment, lastOf } from '../fakes/github/handlers/deployments.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'
import { CHECKLIST, IN_ACTIONS, openStand, type Stand } from './stand.js'

const github = useGitHub({ repository: 'org/shop' })
const STAGES = ['preflight', 'backup', 'migrate', 'deploy', 'smoke-test', 'monitor']
const WITH_URL = `${CHECKLIST}environments: { production: { url: "https://shop.example.com/\${DEPLOY_COMMIT}" } }\n`

const inRun = (at: Stand, runId: string, more: Record<string, string> = {}) => ({
  env: {
    ...{ GITHUB_API_URL: github.url(), GITHUB_TOKEN: TOKEN, GITHUB_RUN_ID: runId, RUNNER_NAME: 'runner 1' },
    ...{ GITHUB_SHA: at.git('rev-parse', 'HEAD'), ...more }
  }
})
const all = () => deployedOf(github.state).all
const of = (at: number): FakeDeployment => {
  const found = all()[at]
  if (found === undefined) throw new Error(`there is no deployment ${at}`)
  return found
}
const said = (at: number) => of(at).statuses.map(({ state, description }) => [state, description])
const permit = (permissions: Record<string, 'read' | 'write'>) =>
  github.state.tokens.set(TOKEN, { kind: 'installation', login: 'github-actions[bot]', permissions, sees: true })
const client = (clock: Clock) => openGitHub({ url: github.url(), token: TOKEN, repository: 'org/shop', clock, env: {} })
const asked = () => github.requests().filter(({ path }) => path.includes('/deployments') || path.includes('/jobs'))

/** Each stage in a process of its own, as steps of a job. */
async function stages(
  at: Stand,
  runId: string,
  more: Record<string, string> = {},
  inputs: Record<string, string> = {}
) {
  const done = []
  for (const stage of STAGES) done.push(await at.step({ stage, ...inputs }, inRun(at, runId, more)))
  return done
}

/** The first attempt comes as far as the deploy, the second one goes on with it. */
async function halves(at: Stand, between: () => void = () => {}) {
  for (const stage of STAGES.slice(0, 4)) await at.step({ stage }, inRun(at, '77'))
  between()
  const again = inRun(at, '77', { GITHUB_RUN_ATTEMPT: '2' })
  await at.step({ stage: 'smoke-test' }, again)
  return await at.step({ stage: 'monitor' }, again)
}

describe('a job without an environment', () => {
  test('gets a deployment whose statuses tell how it goes, where it is seen and where the chain ended', async () => {
    const at = openStand(WITH_URL)
    const commit = at.git('rev-parse', 'HEAD')
    const done = await stages(at, '77')
    const result = done.at(-1)?.result
    expect(all()).toHaveLength(1)
    expect(of(0)).toMatchObject({ sha: commit, environment: 'production' })
    expect(said(0)).toEqual([
      ['in_progress', `DEPLOYING ${result?.execution?.id}`],
      ['success', `SUCCESS ${result?.head}`]
    ])
    const urls = of(0).statuses.map(({ environmentUrl, logUrl }) => [environmentUrl, logUrl])
    const log = 'https://github.example/org/shop/actions/runs/77'
    expect(urls).toEqual(urls.map(() => [`https://shop.example.com/${commit}`, log]))
    expect(result?.url).toBe(`https://shop.example.com/${commit}`)
    expect(result?.deployment).toMatchObject({ missed: '', taken: { id: String(of(0).id), own: false } })
    expect(result?.deployment?.taken?.page).toBe('https://github.example/org/shop/deployments/production')
  })

  test('has one for each execution; the one before is over, in a production environment too', async () => {
    const at = openStand()
    await at.step({}, inRun(at, '77'))
    at.commit()
    await at.step({}, inRun(at, '78'))
    expect(all().map(lastOf)).toEqual(['inactive', 'success'])
    expect(said(0).at(-1)?.[1]).toMatch(/^SUCCESS .*, followed by /)
  })

  test('has one for an execution that a later attempt goes on with', async () => {
    const at = openStand()
    const done = await halves(at)
    expect([done.result.status, all().length]).toEqual(['SUCCESS', 1])
    expect(said(0).map(([state]) => state)).toEqual(['in_progress', 'in_progress', 'success'])
  })
})

describe('a job with an environment', () => {
  test("has GitHub's own, and no second one is made", async () => {
    const at = openStand(WITH_URL)
    const own = beginJob(github.state, { id: 5, environment: 'production', sha: at.git('rev-parse', 'HEAD') })
    const result = (await stages(at, '77')).at(-1)?.result
    expect(all()).toEqual([own])
    expect(said(0).slice(2)).toEqual([
      ['in_progress', `DEPLOYING ${result?.execution?.id}`],
      ['success', `SUCCESS ${result?.head}`]
    ])
    expect(of(0).statuses.at(-1)?.logUrl).toMatch(/runs\/77\/job\/5$/)
  })

  test('of a later attempt has another one, which is told from then on', async () => {
    const at = openStand()
    const sha = at.git('rev-parse', 'HEAD')
    const first = beginJob(github.state, { environment: 'production', sha })
    const done = await halves(at, () => {
      if (first !== undefined) endJob(github.state, first, 'failure')
      deployedOf(github.state).jobs.splice(0)
      beginJob(github.state, { environment: 'production', sha, attempt: 2 })
    })
    expect(all()).toHaveLength(2)
    expect(said(1).at(-1)).toEqual(['success', `SUCCESS ${done.result.head}`])
    expect(said(0).at(-1)?.[0]).toBe('failure')
  })
})

test('what fails and is taken back is a failure, and what was live before stays so', async () => {
  const at = openStand()
  await at.step({}, inRun(at, '77'))
  at.sets('broken', at.commit())
  const done = await at.step({}, inRun(at, '78'))
  expect(done.result.status).toBe('ROLLED_BACK')
  expect(all().map(lastOf)).toEqual(['success', 'failure'])
  expect(said(1).at(-1)?.[1]).toBe(`ROLLED_BACK ${done.result.head}`)
})

test('a process that was killed is spoken for by the step that settles, which says it once', async () => {
  const at = openStand()
  const ledger = `file:${at.ledger}`
  const more = inRun(at, '77')
  await at.step({ stage: 'preflight', ledger }, more)
  const { id } = await at.step({ stage: 'deploy', ledger }, more)
  for (const times of [1, 2]) {
    await at.through('history', async shop => {
      const actions = actionsOf({ ...IN_ACTIONS, ...more.env })
      const inJob = { ...shop, actions, deployments: openDeployments(client(shop.clock)) }
      await settle(id, inJob, times === 1)
      await settleDeployment(id, {
        wish: { recordDeployment: 'auto', ledger },
        ledger: await shop.ledger(),
        shop: inJob
      })
      return shop
    })
  }
  expect(said(0).map(([state]) => state)).toEqual(['in_progress', 'error'])
  expect(said(0).at(-1)?.[1]).toMatch(new RegExp(`^CANCELLED ${id}:\\d+:`))
})

test('what its run left midway is not under way for ever once it is taken back', async () => {
  const at = openStand()
  await at.step({}, inRun(at, '76'))
  at.commit()
  await at.step({ stage: 'preflight' }, inRun(at, '77'))
  const { id } = await at.step({ stage: 'deploy' }, inRun(at, '77'))
  expect(all().map(lastOf)).toEqual(['success', 'in_progress'])
  const back = { stage: 'rollback', execution: 'newest', because: 'its run died', takeover: id }
  const done = await at.step(back, inRun(at, '79'))
  expect([done.result.status, lastOf(of(1))]).toEqual(['SUCCESS', 'inactive'])
})

test('a checkpoint that is due later tells what it found, with the head as it is then', async () => {
  const at = openStand(
    `${CHECKLIST}  monitor: { checkpoints: [0m, 1h, 2h], items: [{ run: '! test -e "$WORLD/down"', id: up }] }\n`
  )
  await at.step({}, inRun(at, '77'))
  await at.turn(3_700_000)
  const watch = { stage: 'monitor', execution: 'newest' }
  await at.step(watch, inRun(at, '78'))
  at.sets('down', 'yes')
  await at.turn(3_700_000)
  const found = await at.step(watch, inRun(at, '79'))
  expect(found.result.status).toBe('FAILED')
  expect(said(0).slice(2)).toEqual([
    ['success', expect.stringMatching(/^SUCCESS \S+, 1h passed$/)],
    ['failure', `SUCCESS ${found.result.head}, 2h failed`]
  ])
  await at.step(watch, inRun(at, '80'))
  expect(said(0)).toHaveLength(4)
})

describe('a rollback by hand', () => {
  const back = { stage: 'rollback', execution: 'newest', because: 'it is slow' }

  test('makes one for what is live again, and what it undoes is over', async () => {
    const at = openStand()
    const first = at.git('rev-parse', 'HEAD')
    await at.step({}, inRun(at, '77'))
    at.commit()
    const undone = await at.step({}, inRun(at, '78'))
    const done = await at.step(back, inRun(at, '79'))
    expect(done.result.status).toBe('SUCCESS')
    expect(all().map(one => [one.sha === first, lastOf(one)])).toEqual([
      [true, 'inactive'],
      [false, 'inactive'],
      [true, 'success']
    ])
    expect(said(1).at(-1)?.[1]).toMatch(new RegExp(`^SUCCESS ${undone.id}:.*, undone by ${done.id}$`))
    expect(said(2).at(-1)?.[1]).toBe(`SUCCESS ${done.result.head}, back at ${first.slice(0, 7)}`)
  })

  test("in a job with a deployment of its own, which is for another commit, shows the target's as live again", async () => {
    const at = openStand()
    await at.step({}, inRun(at, '77'))
    const sha = at.commit()
    await at.step({}, inRun(at, '78'))
    beginJob(github.state, { run: 79, environment: 'production', sha })
    const done = await at.step(back, inRun(at, '79'))
    expect(all().map(lastOf)).toEqual(['success', 'inactive', 'success'])
    expect(said(0).at(-1)?.[1]).toMatch(new RegExp(`^SUCCESS .*, again by ${done.id}$`))
  })

  test('in the very job that deployed leaves its one deployment inactive', async () => {
    const at = openStand()
    await at.step({}, inRun(at, '77'))
    const sha = at.commit()
    beginJob(github.state, { run: 78, environment: 'production', sha })
    await at.step({}, inRun(at, '78'))
    await at.step(back, inRun(at, '78'))
    expect(all().map(lastOf)).toEqual(['success', 'inactive'])
  })
})

describe('GitHub that is not told', () => {
  test('for want of the permission is no failure: said once, with its name, and shown', async () => {
    permit({ contents: 'write', actions: 'read', deployments: 'read' })
    const at = openStand()
    const done = await stages(at, '77')
    expect(done.at(-1)?.result).toMatchObject({ status: 'SUCCESS', exitCode: 0 })
    expect(done.at(-1)?.result.deployment?.taken).toBeNull()
    expect(done.at(-1)?.result.deployment?.missed).toMatch(/permissions: \{ deployments: write \}/)
    const told = done.map(({ said: text }) => text).join('')
    expect(told.match(/deployments: write/g)?.length).toBeGreaterThan(0)
    expect(told.match(/Note: the deployment was not told/g)).toHaveLength(1)
    expect(asked().filter(({ method }) => method === 'POST')).toHaveLength(1)
  })

  test('while it is down is no failure either; it is tried once more before the smoke test', async () => {
    const at = openStand()
    github.faults.add({ on: 'repos/list-deployments', nth: 2, times: 4, kind: 'status', status: 503 })
    const done = await stages(at, '77')
    expect(done.at(-1)?.result.status).toBe('SUCCESS')
    expect(done[3]?.said).toMatch(/not told to GitHub, since/)
    expect(done.at(-1)?.result.deployment).toMatchObject({ missed: '', taken: { own: false } })
    expect(said(0).at(-1)?.[0]).toBe('success')
  })

  test('of the end is shown in the result of the step', async () => {
    const at = openStand()
    github.faults.add({ on: 'repos/create-deployment-status', nth: 2, times: 9, kind: 'status', status: 422 })
    const done = await at.step({}, inRun(at, '77'))
    expect(done.result).toMatchObject({ status: 'SUCCESS', exitCode: 0 })
    expect(done.result.deployment?.missed).toMatch(/would not write a status/)
  })

  test('because nobody wants it to is asked nothing', async () => {
    const at = openStand()
    const done = await at.step({ 'record-deployment': 'never' }, inRun(at, '77'))
    expect([done.result.status, done.result.deployment, asked()]).toEqual(['SUCCESS', undefined, []])
  })

  test('of what only looks is asked nothing, and of what is prepared ahead of the gate only what it tells already', async () => {
    const at = openStand(`${CHECKLIST}  preflight: [{ run: 'true', id: ready }]\n`)
    await at.step({ stage: 'preflight', prepare: 'true' }, inRun(at, '77'))
    await at.does('run --observe --ledger branch', inRun(at, '78'))
    expect(asked().map(({ operationId }) => operationId)).toEqual(['repos/list-deployments'])
  })
})

test('a word that is none is refused', async () => {
  const at = openStand()
  const done = await at.step({ 'record-deployment': 'sometimes' }, inRun(at, '77')).catch(error => error)
  expect(String(done.message)).toMatch(/record-deployment is auto, always or never, found "sometimes"/)
})
