import { afterAll, describe, expect, test } from '@jest/globals'
import { ending } from '../../src/report/ending.js'
import { summary } from '../../src/report/summary.js'
import { pair } from '../network/certificates.js'
import { type LocalServer, serveTls } from '../network/local-server.js'
import { openMailbox } from '../notify/mailbox.js'
import { bodiesOf, openReceiver, type Receiver } from '../notify/receivers.js'
import { CHECKLIST, dying, openStand, type Stand } from './stand.js'

const ALL = '[start, waiting, success, failure, rollback, escalation]'
const HOOK = 'T0/B0/s3cr3t-of-the-hook'

const telling = (url: string, more = '', checklist = CHECKLIST) =>
  `secrets: [SLACK_WEBHOOK_URL]\nnotify:\n  - webhook: ${url}/hook\n    on: ${ALL}\n${more}${checklist}`

const kindsOf = (receiver: Receiver) => bodiesOf(receiver).map(({ kind }) => kind)

async function stages(at: Stand, run: string, more: Record<string, string> = {}) {
  const env = { GITHUB_RUN_ID: run, ...more }
  const done = []
  for (const stage of ['preflight', 'backup', 'migrate', 'deploy', 'smoke-test', 'monitor', 'rollback'])
    done.push(await at.step({ stage, ledger: `file:${at.ledger}` }, { env }))
  return done
}

test('over the seven processes of one deployment start and success are told once each', async () => {
  const hook = await openReceiver()
  const at = openStand(telling(hook.url))
  await stages(at, '77')
  expect(kindsOf(hook)).toEqual(['start', 'success'])
  const [start, success] = bodiesOf(hook)
  expect(start).toMatchObject({
    format: 1,
    environment: 'production',
    status: expect.any(String),
    startedBy: 'cy (push)'
  })
  expect(success?.['headline']).toMatch(/^shop on production: SUCCESS: .* is live on production/)
})

test('a failed smoke test is told once, as the rollback that it led to; a re-run of the job tells nothing again', async () => {
  const hook = await openReceiver()
  const at = openStand(telling(hook.url))
  await stages(at, '77')
  at.sets('broken', at.commit())
  const before = hook.got.length
  await stages(at, '78')
  await stages(at, '78', { GITHUB_RUN_ATTEMPT: '2' })
  expect(kindsOf(hook).slice(before)).toEqual(['start', 'rollback'])
})

const ASKS = CHECKLIST.replace(
  'stages:',
  `people: { owner: "@alice" }
stages:
  preflight:
    - manual: They are told
      id: told
      by: owner`
)

test('a run that waits says for whom, once, however often it is run again; then it goes on and says how it ended', async () => {
  const hook = await openReceiver()
  const at = openStand(telling(hook.url, '', ASKS))
  const env = (attempt: string) => ({ env: { GITHUB_RUN_ATTEMPT: attempt } })
  const ledger = `file:${at.ledger}`
  for (const attempt of ['1', '2', '3']) await at.step({ ledger }, env(attempt))
  expect(kindsOf(hook)).toEqual(['start', 'waiting'])
  expect(bodiesOf(hook)[1]).toMatchObject({ who: 'owner (@alice)', headline: expect.stringMatching(/WAITING.*owner/) })
  await at.step({ ledger, sign: 'preflight/told=alice:yes' }, env('4'))
  expect(kindsOf(hook)).toEqual(['start', 'waiting', 'success'])
})

test('ahead of the gate nothing starts; behind it start is told, once', async () => {
  const hook = await openReceiver()
  const at = openStand(telling(hook.url))
  const ledger = `file:${at.ledger}`
  await at.step({ stage: 'preflight', prepare: 'true', ledger })
  expect(kindsOf(hook)).toEqual([])
  for (const stage of ['preflight', 'deploy', 'smoke-test', 'monitor']) await at.step({ stage, ledger })
  expect(kindsOf(hook)).toEqual(['start', 'success'])
})

test('a rollback by hand is an execution of its own: it is told that it begins, and that it is done', async () => {
  const hook = await openReceiver()
  const at = openStand(telling(hook.url))
  await at.does('run')
  at.commit()
  await at.does('run')
  const before = hook.got.length
  await at.does("rollback --because 'orders fail'")
  expect(bodiesOf(hook).slice(before)).toMatchObject([
    { kind: 'start', headline: expect.stringMatching(/the rollback to \w{7} has begun/) },
    { kind: 'rollback', status: 'SUCCESS', who: '' }
  ])
})

test('a process that died says nothing; the next one tells what it found, and nobody tells it again', async () => {
  const hook = await openReceiver()
  const at = openStand(telling(hook.url))
  await at.through('run', dying(1))
  expect(kindsOf(hook)).toEqual(['start'])
  for (let times = 1; times <= 2; times++) await at.does('run --resume')
  expect(bodiesOf(hook)).toMatchObject([{ kind: 'start' }, { kind: 'waiting', reason: 'unknown_effect' }])
})

test('the last step of a job tells what the killed one could not, once; who could not be told before stays on its page', async () => {
  const hook = await openReceiver()
  const at = openStand(telling(hook.url))
  await at.through('run', dying(1))
  const [{ id } = { id: '' }] = await at.records()
  const ledger = `file:${at.ledger}`
  const first = await at.settle({ execution: id }, { ledger })
  expect(first).toMatchObject({ status: 'CANCELLED' })
  expect(bodiesOf(hook)).toMatchObject([
    { kind: 'start' },
    { kind: 'failure', status: 'CANCELLED', who: 'a maintainer' }
  ])
  const untold = { to: 'slack', kind: 'failure', problem: 'nothing listens', hint: 'Start it.' } as const
  const second = await at.settle({ execution: id, result: { ...first, untold: [untold] } }, { ledger })
  expect(second.untold).toEqual([untold])
  expect(hook.got).toHaveLength(2)
})

test('who is told is no part of what was approved', async () => {
  const digestOf = async (checklist: string) => {
    const { json } = await openStand(checklist).does('plan')
    return (json as { plan: { digest: string; commit: string } }).plan
  }
  const { digest: _, ...one } = await digestOf(telling('https://one.example'))
  const { digest: __, ...other } = await digestOf(telling('https://two.example'))
  expect({ ...one, commit: '', release: '' }).toEqual({ ...other, commit: '', release: '' })
  expect(JSON.stringify(one)).not.toContain('one.example')
})

describe('nobody can be told', () => {
  const secured: LocalServer[] = []
  afterAll(() => Promise.all(secured.map(({ close }) => close())))
  const SLACK = '  - slack: "${SLACK_WEBHOOK_URL}"\n'
  const WAYS = {
    refuses: async () => 'http://127.0.0.1:9',
    hangs: async () => (await openReceiver(() => 'hang')).url,
    'is torn off': async () => (await openReceiver(() => 'cut')).url,
    fails: async () => (await openReceiver(() => ({ status: 500, body: `no ${HOOK}` }))).url,
    'has a certificate that proves nothing': async () => {
      const server = await serveTls((_, response) => response.end('ok'), pair('self-signed'))
      secured.push(server)
      return server.url
    },
    redirects: async () => (await openReceiver(() => ({ status: 302, headers: { location: `/${HOOK}` } }))).url
  }
  test.each(Object.keys(WAYS) as (keyof typeof WAYS)[])(
    'where the other side %s, the deployment is green, and it is said once without a secret',
    async way => {
      const url = await WAYS[way]()
      const at = openStand(telling(url, SLACK))
      const slack = `${url}/services/${HOOK}`
      const began = performance.now()
      const done = await at.does('run', { env: { SLACK_WEBHOOK_URL: slack } })
      expect(performance.now() - began).toBeLessThan(12_000)
      expect(done.result).toMatchObject({ status: 'SUCCESS', exitCode: 0 })
      expect(done.result.untold?.map(({ to, kind }) => `${to} ${kind}`).sort()).toEqual([
        'slack success',
        `webhook ${new URL(url).host} start`,
        `webhook ${new URL(url).host} success`
      ])
      for (const { problem, hint } of done.result.untold ?? []) expect([problem, hint]).not.toContain('')
      expect(ending(done.result)).toMatch(/not told/)
      expect(summary(done.result)).toMatch(/Not told/)
      const shown = `${ending(done.result)}\n${summary(done.result)}\n${done.said}\n${JSON.stringify(done.result)}`
      for (const form of [HOOK, encodeURIComponent(HOOK), Buffer.from(HOOK).toString('base64')])
        expect(shown).not.toContain(form)
      expect(JSON.stringify(await at.records())).not.toContain(HOOK)
    },
    20_000
  )

  test('a mail server that does not know the password is no reason to fail either', async () => {
    const box = await openMailbox({ user: { name: 'robot', password: 'right' } })
    const SMTP_URL = `smtp://robot:${encodeURIComponent(HOOK)}@127.0.0.1:${box.port}`
    const mail = '  - email: ops@example.com\n    from: deploy@example.com\n    server: "${SMTP_URL}"\n'
    const at = openStand(`secrets: [SMTP_URL]\nnotify:\n${mail}${CHECKLIST}`)
    const done = await at.does('run', { env: { SMTP_URL } })
    expect(done.result).toMatchObject({
      status: 'SUCCESS',
      untold: [{ to: 'email to ops@example.com', kind: 'success' }]
    })
    expect(ending(done.result)).toMatch(/does not accept user and\s+password \(535\)/)
    expect(`${JSON.stringify(done.result)}${done.said}`).not.toContain(HOOK)
    expect(`${JSON.stringify(done.result)}${done.said}`).not.toContain(encodeURIComponent(HOOK))
  })

  test('a name without a value is said, with where to set it', async () => {
    const at = openStand(telling('http://127.0.0.1:9', SLACK))
    const { result } = await at.does('run')
    expect(result.status).toBe('SUCCESS')
    expect(result.untold?.find(({ to }) => to === 'slack')).toMatchObject({
      problem: 'SLACK_WEBHOOK_URL has no value in this step',
      hint: expect.stringMatching(/Set SLACK_WEBHOOK_URL/)
    })
  })
})

test('after a cancel it is told in the time that is left, and not waited for longer', async () => {
  const hook = await openReceiver(nth => (nth === 1 ? { status: 200 } : 'hang'))
  const at = openStand(
    telling(
      hook.url,
      '',
      CHECKLIST.replace(/run: 'echo "deploy/, 'run: \'echo x > "$WORLD/began"; sleep 20; echo "deploy')
    )
  )
  let cancelledAt = 0
  const signal = (abort: (name: string) => void) => {
    const watch = setInterval(() => {
      if (at.world('began') === '' || hook.got.length === 0) return
      clearInterval(watch)
      cancelledAt = performance.now()
      abort('SIGTERM')
    }, 20)
  }
  const done = await at.does('run', { signal })
  expect(performance.now() - cancelledAt).toBeLessThan(7_000)
  expect(done.result).toMatchObject({ status: 'CANCELLED', exitCode: 143 })
  expect(kindsOf(hook)[0]).toBe('start')
  expect(bodiesOf(hook)[1]).toMatchObject({ kind: 'failure', status: 'CANCELLED', who: 'a maintainer' })
  expect(done.result.untold).toMatchObject([{ kind: 'failure', problem: expect.stringMatching(/./) }])
}, 20_000)
