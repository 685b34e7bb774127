import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, test } from '@jest/globals'
import type { Host } from '../../src/app/host.js'
import { NOTHING_ASKED, type Request } from '../../src/app/request.js'
import { isPage, isSaid, leaveSummary } from '../../src/app/summary-step.js'
import { refusalOf } from '../../src/core/result/result.js'
import { failing, live, prepared, waiting } from '../report/situations.js'

const core = await import('@actions/core')
const folder = mkdtempSync(join(tmpdir(), 'summary-step-'))
const file = join(folder, 'summary')
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(() => {
  writeFileSync(file, '')
  process.env['GITHUB_STEP_SUMMARY'] = file
})
afterAll(() => {
  delete process.env['GITHUB_STEP_SUMMARY']
})

const ENV = {
  ...{ GITHUB_STEP_SUMMARY: file, GITHUB_ACTIONS: 'true', GITHUB_RUN_ID: '123', RUNNER_TEMP: folder },
  ...{ GITHUB_REPOSITORY: 'octo/guestbook', GITHUB_SERVER_URL: 'https://github.com' }
}
const host = (env: Record<string, string> = ENV) =>
  ({ env, temporary: folder, random: () => 'ab12' }) as unknown as Host
const written = () => readFileSync(file, 'utf8')

test('what fits is the page, and there is no file', async () => {
  expect(await leaveSummary(live(), { checklist: 'deploy-checklist.yml' }, host(), core)).toBe('')
  expect(written()).toMatch(/^## ✅ SUCCESS[\s\S]*deploy-checklist\.yml:20[\s\S]*Chain: /)
  expect(written()).toContain('https://github.com/octo/guestbook/compare/')
})

test('what does not fit is whole in a file that nobody else can read, and the page links to where it is kept', async () => {
  const kept = await leaveSummary(failing(5000, 'no answer '.repeat(50)), {}, host(), core)
  expect(kept).toBe(join(folder, 'deploy-checklist-summary-x2-ab12.md'))
  expect(statSync(kept).mode & 0o777).toBe(0o600)
  expect(Buffer.byteLength(written())).toBeLessThan(1_048_576)
  expect(written()).toContain('[artifacts of this run](https://github.com/octo/guestbook/actions/runs/123#artifacts)')
  const rows = (page: string, mark: string) => page.split('\n').filter(line => line.startsWith(`| ${mark}`)).length
  expect(rows(written(), '❌')).toBe(500)
  expect([rows(readFileSync(kept, 'utf8'), '❌'), rows(readFileSync(kept, 'utf8'), '✅')]).toEqual([500, 4500])
})

test('a plan is its page and below it its text, each as far as there is room', async () => {
  const planned = refusalOf({ status: 'SUCCESS', reason: 'planned', message: '', hint: '' })
  expect(await leaveSummary(planned, { page: '## a plan', text: 'step ``` one' }, host(), core)).toBe('')
  expect(written()).toBe('## a plan\n\n````text\nstep ``` one\n````\n')
  writeFileSync(file, '')
  const text = 'é'.repeat(600_000)
  const kept = await leaveSummary(planned, { page: '## a plan', text }, host(), core)
  expect(Buffer.byteLength(written())).toBeLessThan(1_000_000)
  expect(written()).toMatch(/é\n… cut here\n\n```\n$/)
  expect(readFileSync(kept, 'utf8')).toContain(text)
})

test('what was refused before there was an execution can be run again, and the settings page is a link', async () => {
  const hint = 'On https://github.com/octo/guestbook/settings/environments/1/edit: tick it; not https://evil.example/x.'
  const result = refusalOf({ status: 'REFUSED', reason: 'gate_too_weak', message: 'no reviewers', hint })
  await leaveSummary(result, {}, host(), core)
  expect(written()).toContain('](https://github.com/octo/guestbook/settings/environments/1/edit): tick it')
  expect(written()).not.toMatch(/\]\(https:\/\/evil/)
  expect(written()).toContain('```bash\ngh run rerun 123 --failed --repo octo/guestbook\n```')
})

test.each(['checklist_invalid', 'usage'] as const)(
  'a request that needs another commit (%s) is not run again',
  async reason => {
    await leaveSummary(refusalOf({ status: 'REFUSED', reason, message: 'm', hint: '' }), {}, host(), core)
    expect(written()).not.toContain('gh run rerun')
  }
)

test('outside of a step there is no summary', async () => {
  expect(await leaveSummary(live(), {}, host({}), core)).toBe('')
  expect(written()).toBe('')
})

test('a page is written at an end, at a pause, and ahead of the gate', () => {
  const pages = (asked: Partial<Request> | undefined) =>
    [live(), waiting(), prepared()].map(result => isPage(result, asked && { ...NOTHING_ASKED, ...asked }))
  expect(pages(undefined)).toEqual([true, true, false])
  expect(pages({})).toEqual([true, true, false])
  expect(pages({ prepare: true })).toEqual([true, true, true])
  // The next step of the job shows what this one has found too.
  expect(pages({ prepare: true, showsLater: true })).toEqual([true, true, false])
})

test('the same page is written once in a job, whatever steps come after it', () => {
  const shown = true
  expect(isSaid(live(), { result: live(), shown })).toBe(true)
  expect(isSaid(live(), { result: live() })).toBe(false)
  expect(isSaid(live(), {})).toBe(false)
  expect(isSaid(live(), { result: { ...live(), head: 'x2:3:0' }, shown })).toBe(false)
  expect(isSaid(live(), { result: { ...live(), status: 'FAILED' }, shown })).toBe(false)
  const refused = refusalOf({ status: 'REFUSED', reason: 'usage', message: '', hint: '' })
  expect(isSaid(refused, { result: refused, shown })).toBe(false)
})
