import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { aboutInJob } from '../../src/app/about-in-job.js'
import type { AboutRepository } from '../../src/github/about-repository.js'

let temporary = ''
beforeEach(() => {
  temporary = mkdtempSync(join(tmpdir(), 'about-'))
})
afterEach(() => rmSync(temporary, { recursive: true }))

const SHOP: AboutRepository = {
  ...{ private: true, visibility: 'private', default_branch: 'main', html_url: 'https://github.com/org/shop' },
  owner: { login: 'org', type: 'Organization' }
}
let asked = 0
beforeEach(() => {
  asked = 0
})
/** A step of a job, in a process of its own. */
const step = (more: object = {}, found: unknown = SHOP) =>
  aboutInJob(
    async () => {
      asked++
      return found as AboutRepository
    },
    { temporary, repository: 'org/shop', runId: '77', runAttempt: 1, ...more }
  )

test('the steps of a job ask once between them, and nobody else can read what they leave', async () => {
  const first = step()
  expect([await first(), await first(), await step()()]).toEqual([SHOP, SHOP, SHOP])
  expect(asked).toBe(1)
  const [file = ''] = readdirSync(temporary)
  expect(statSync(join(temporary, file)).mode & 0o777).toBe(0o600)
})

test('only what somebody asks is left there', async () => {
  await step({}, { ...SHOP, permissions: { admin: true }, owner: { ...SHOP.owner, email: 'x' } })()
  const [file = ''] = readdirSync(temporary)
  expect(JSON.parse(readFileSync(join(temporary, file), 'utf8'))).toEqual(SHOP)
})

test.each([
  ['another run', { runId: '78' }],
  ['another attempt', { runAttempt: 2 }],
  ['another repository', { repository: 'org/other' }],
  ['a step without a folder of its job', { temporary: '' }]
])('%s asks for itself', async (_, more) => {
  await step()()
  await step(more)()
  expect(asked).toBe(2)
})

test.each(['', '{', '{}', '{"private":"no"}', '[]'])('where %j was left, it is asked again', async text => {
  await step()()
  const [file = ''] = readdirSync(temporary)
  writeFileSync(join(temporary, file), text)
  expect(await step()()).toEqual(SHOP)
  expect(asked).toBe(2)
})

test('an answer that says less is handed to nobody', async () => {
  expect(await step({}, {})()).toEqual({})
  expect(readdirSync(temporary)).toEqual([])
})
