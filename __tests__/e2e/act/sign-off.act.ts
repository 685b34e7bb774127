import { expect, test } from '@jest/globals'
import { ciOf } from '../../fakes/github/ci-state.js'
import { commented, comments, issueOf, issuesOf, ticks } from '../../fakes/github/issues-state.js'
import { TOKEN } from '../../fakes/github/state.js'
import { outputsOf, saidIn } from './act-output.js'
import { type ShopOnGitHub, withShopOnGitHub } from './on-fake.js'
import { gatedRelease } from './shop.js'

const ASKING = gatedRelease(1, {
  people: 'people: { owner: "@alice" }\n',
  preflight:
    '    - { manual: the customers are told, id: told, by: owner }\n    - { manual: the page is up, id: page }\n'
})

/** The callers' file that records sign-offs, as GitHub starts it for an event in an issue. */
const hears = async ({ caller, fake }: ShopOnGitHub, event: string, payload: object) =>
  await caller.act({
    ...{ workflow: 'sign-off.yml', event, payload },
    env: { GITHUB_API_URL: fake.url, GITHUB_RUN_ID: '900', GITHUB_RUN_ATTEMPT: '1' },
    secrets: { GITHUB_TOKEN: TOKEN }
  })

test('people answer in an issue, the workflow that listens records it, and the run goes on behind the gate', async () => {
  await withShopOnGitHub(async shop => {
    const { act, push, live, executions, fake } = shop
    const runs = ciOf(fake.state).runs
    push(ASKING)
    const waits = await act('deploy-two-jobs', { run: 1 })
    expect([waits.jobs['prepare'], waits.jobs['deploy'] === 'success', live()]).toEqual(['failure', false, []])
    expect(outputsOf(waits, 'preflight', 'prepare')).toMatchObject({
      status: 'WAITING',
      reason: 'waiting_for_person'
    })
    expect(saidIn(waits)).toContain(`asked in https://github.com/org/shop/issues/1`)

    comments(fake.state, 'mallory', '/done told\n/done page')
    const turned = await hears(shop, 'issue_comment', commented(fake.state))
    expect([turned.code, turned.jobs]).toEqual([0, { record: 'success' }])
    expect(runs.filter(({ id }) => id === 1)).toHaveLength(1)

    const ticked = await hears(shop, 'issues', ticks(fake.state, 'alice', 'preflight/told'))
    expect(saidIn(ticked)).toContain('still waits for preflight/page')
    comments(fake.state, 'bob', '/na page there is none')
    expect(saidIn(await hears(shop, 'issue_comment', commented(fake.state)))).toContain('Run 1 goes on.')

    // GitHub begins the attempt that was asked for.
    expect(runs.pop()).toMatchObject({ id: 1, attempt: 2, status: 'queued' })
    const goes = await act('deploy-two-jobs', { run: 1, attempt: 2 })
    expect([goes.jobs, live()]).toEqual([{ prepare: 'success', deploy: 'success' }, ['1']])
    const [{ record, events } = { record: undefined, events: [] }] = await executions()
    expect([record?.status, (await executions()).length]).toEqual(['SUCCESS', 1])
    expect(events.flatMap(({ body }) => (body.type === 'signed' ? [body.signOff] : []))).toMatchObject([
      { item: 'preflight/told', who: 'alice', as: 'done', claimed: false },
      { item: 'preflight/page', who: 'bob', as: 'na', words: 'there is none' }
    ])
    expect(issuesOf(fake.state)).toHaveLength(1)
    expect(issueOf(fake.state)).toMatchObject({ state: 'closed', reason: 'completed' })
  })
})

test('what is said in an issue without our label starts nothing', async () => {
  await withShopOnGitHub(async shop => {
    shop.push(ASKING)
    const issue = { number: 1, labels: [{ name: 'bug' }] }
    const payload = {
      action: 'created',
      comment: { body: '/done told' },
      issue,
      sender: { login: 'bob', type: 'User' }
    }
    const run = await hears(shop, 'issue_comment', payload)
    expect([run.code, run.jobs]).toEqual([0, {}])
  })
})
