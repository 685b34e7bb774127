import { describe, expect, test } from '@jest/globals'
import { onGitHub, type Said } from '../fakes/on-github.js'
import { CHECKLIST, openStand, refusal, type Stand } from './stand.js'

const asking = (rules: string) =>
  `${CHECKLIST}  preflight:\n    - manual: Are they told?\n      id: told\nenvironments:\n  production: ${rules}\n`
const SIGNED = '--sign preflight/told=ann:yes'
const RED = { name: 'test', status: 'completed', conclusion: 'failure', suite: '', runId: '' }
const PASSED = { ...RED, conclusion: 'success' }
const HOUR = 3_600_000

/** It waits for a person, and then goes on in a later attempt of its run. */
async function waitsAndGoesOn(at: Stand, line: string, then: Said, hours: number) {
  const first = await at.through('run', onGitHub({ facts: { checks: [PASSED] } }))
  expect(first.status).toBe('WAITING')
  await at.turn(hours * HOUR)
  return await at.through(line, onGitHub({ ...then, attempt: 2 }))
}

describe('what has waited for people is asked for everything again before it changes anything', () => {
  test.each<[string, string, Said, number, string]>([
    ['its window is over', '{ window: { days: mon-fri, hours: "09:00-12:00", zone: UTC } }', {}, 9, 'outside_window'],
    ['its window is open', '{ window: { days: mon-fri, hours: "09:00-12:00", zone: UTC } }', {}, 1, 'ok'],
    ['the ref has moved on', '{ newest: true }', { newest: 'f'.repeat(40) }, 1, 'not_newest'],
    ['CI is red by now', '{ ci: green }', { facts: { checks: [RED] } }, 1, 'ci_not_green'],
    ['its reviewers were taken out', '{ gate: { reviewers: required } }', { reviewers: false }, 1, 'gate_too_weak']
  ])('%s', async (_, rules, then, hours, reason) => {
    const at = openStand(asking(rules))
    const done = await waitsAndGoesOn(at, `run ${SIGNED}`, then, hours)
    expect([done.reason, at.did().length]).toEqual([reason, reason === 'ok' ? 1 : 0])
    if (reason !== 'ok') expect((await at.records())[0]).toMatchObject({ acted: false, completedAt: '' })
  })

  test('one that a person resumes is held to it too', async () => {
    const at = openStand(asking('{ window: { days: mon-fri, hours: "09:00-12:00", zone: UTC } }'))
    await at.does('run')
    await at.turn(9 * HOUR)
    expect(refusal(await at.does(`run --resume ${SIGNED}`))).toEqual(['REFUSED', 'outside_window', 2])
    await at.turn(15 * HOUR)
    expect((await at.does(`run --resume ${SIGNED}`)).result.status).toBe('SUCCESS')
  })

  test('a stage that comes hours after the one before, and changes something', async () => {
    const rules = '{ window: { days: mon-fri, hours: "09:00-12:00", zone: UTC } }'
    const at = openStand(asking(rules).replace('manual: Are they told?', "run: 'true'"))
    await at.does('run preflight')
    await at.turn(9 * HOUR)
    expect(refusal(await at.does('run deploy'))).toEqual(['REFUSED', 'outside_window', 2])
    expect(at.did()).toEqual([])
  })

  test('what has acted goes on: half a deployment outside the window is worse than a whole one', async () => {
    const rules = '{ window: { days: mon-fri, hours: "09:00-12:00", zone: UTC } }'
    const at = openStand(asking(rules).replace('manual: Are they told?', "run: 'true'"))
    for (const stage of ['preflight', 'deploy']) await at.does(`run ${stage}`)
    await at.turn(9 * HOUR)
    expect((await at.does('run smoke-test')).result.exitCode).toBe(0)
  })

  test('stages that follow each other at once ask GitHub no more than before', async () => {
    const asked: string[] = []
    const at = openStand(asking('{ newest: true, ci: green }').replace('manual: Are they told?', "run: 'true'"))
    for (const stage of ['preflight', 'deploy', 'smoke-test'])
      await at.through(
        `run ${stage}`,
        onGitHub({ facts: { checks: [PASSED] } }, question => asked.push(question))
      )
    expect(asked.filter(question => question === 'checks')).toHaveLength(1)
  })
})
