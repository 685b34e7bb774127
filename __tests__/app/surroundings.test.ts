import { expect, test } from '@jest/globals'
import { summary } from '../../src/report/summary.js'
import { CHECKLIST, openStand, type Stand } from './stand.js'

const SECRET = 'hunter2-hunter2'
const WITH_SECRET = `secrets: [TOKEN]\n${CHECKLIST}`

function says(at: Stand, subject: string): void {
  at.git('commit', '--quiet', '--allow-empty', '-m', subject)
}

test('what comes with a release stands in its result, and no secret of a subject does', async () => {
  const at = openStand(WITH_SECRET)
  at.env['TOKEN'] = SECRET
  const first = await at.does('run')
  expect(first.result.commits).toBeNull()
  says(at, `rotate ${SECRET}`)
  says(at, 'index the guestbook')
  const { result } = await at.does('run')
  expect(result.commits).toMatchObject({ kind: 'counted', count: 2, gone: 0 })
  expect(JSON.stringify(result)).not.toContain(SECRET)
  expect(summary(result)).toMatch(
    /2 commits<br>no migration in this checklist<br>· index the guestbook \(A\)<br>· rotate &#42;/
  )
})

test('ahead of the gate they are there too, and the page says what is to come', async () => {
  const at = openStand(CHECKLIST)
  const ledger = { ledger: `file:${at.ledger}` }
  await at.step(ledger)
  says(at, 'the next release')
  const again = { env: { GITHUB_RUN_ID: '78' } }
  const { result } = await at.step({ ...ledger, stage: 'preflight', prepare: 'true' }, again)
  expect(result).toMatchObject({ status: 'PLANNED', commits: { kind: 'counted', count: 1 }, exitCode: 0 })
  const page = summary(result)
  expect(page).toContain('is ready to go to production; nothing was touched yet')
  expect(page).toContain('nobody: the checklist promises no gate, and asks nobody')
})

test('a step in the middle asks git nothing: nobody reads its answer', async () => {
  const at = openStand(CHECKLIST)
  const ledger = { ledger: `file:${at.ledger}` }
  await at.step(ledger)
  says(at, 'the next release')
  const { result } = await at.step({ ...ledger, stage: 'preflight' }, { env: { GITHUB_RUN_ID: '78' } })
  expect([result.commits, result.execution?.completedAt]).toEqual([null, ''])
})

test('a plan shows them as well, and a plan of what is live shows none', async () => {
  const at = openStand(CHECKLIST)
  await at.does('run')
  expect((await at.does('plan')).page).toContain('which is live already')
  says(at, 'the next release')
  expect((await at.does('plan')).page).toMatch(/1 commit<br>no migration in this checklist<br>· the next release/)
})

test('the step that settles hides them as well, where no stage has masked a secret before', async () => {
  const at = openStand(WITH_SECRET)
  at.env['TOKEN'] = SECRET
  const ledger = { ledger: `file:${at.ledger}` }
  await at.step(ledger)
  says(at, `rotate ${SECRET}`)
  const { id } = await at.step(ledger, { env: { GITHUB_RUN_ID: '78' } })
  const result = await at.settle({ execution: id }, ledger, { env: { GITHUB_RUN_ID: '78' } })
  expect(result.commits).toMatchObject({ kind: 'counted', count: 1 })
  expect(JSON.stringify(result)).not.toContain(SECRET)
})
