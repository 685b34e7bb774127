import { describe, expect, test } from '@jest/globals'
import { gate } from '../../src/app/gate-command.js'
import { NOTHING_ASKED, type Request } from '../../src/app/request.js'
import type { Shop } from '../../src/app/shop.js'
import { ChecklistError } from '../../src/core/errors.js'
import type { EnvironmentFacts } from '../../src/core/gate/facts.js'
import { PLAIN } from '../../src/report/layout.js'
import { environment, OPEN } from '../fakes/environment.js'
import { CHECKLIST, openStand } from './stand.js'

type Parts = Readonly<{ facts?: Partial<EnvironmentFacts>; keeper?: boolean }>

/** The command with a GitHub of its own; `applied` is what its keeper was asked for. */
async function said(rules: string, request: Partial<Request> = {}, { facts = OPEN, keeper = true }: Parts = {}) {
  const at = openStand(`${CHECKLIST}environments: { production: ${rules} }\n`)
  const applied: unknown[] = []
  let found: Partial<EnvironmentFacts> = facts
  const parts = (shop: Shop): Shop => ({
    ...shop,
    gate: { read: async () => ({ kind: 'read', facts: environment(found) }) },
    ...(keeper && {
      gateKeeper: {
        apply: async (name, wanted, reviewers) => {
          applied.push([name, wanted, reviewers])
          found = {}
          return environment()
        }
      }
    })
  })
  let answer: Awaited<ReturnType<typeof gate>> | undefined
  let thrown: unknown
  await at.through('history', async shop => {
    try {
      answer = await gate({ ...NOTHING_ASKED, command: 'gate', ...request }, parts(shop), PLAIN)
    } catch (error) {
      thrown = error
    }
    return shop
  })
  return { answer, thrown, applied }
}
const PROMISE = '{ gate: { reviewers: required, prevent-self-review: true, branches: [main] } }'

describe('the gate is shown', () => {
  test.each<[string, string, Partial<EnvironmentFacts>, string, string, number]>([
    ['as it is promised', PROMISE, {}, 'SUCCESS', 'ok', 0],
    ['as less', PROMISE, OPEN, 'REFUSED', 'gate_too_weak', 2],
    ['where nothing is promised', '{}', OPEN, 'SUCCESS', 'ok', 0],
    [
      'where it cannot be had',
      '{ gate: { reviewers: required } }',
      { ...OPEN, plan: 'no-reviewers' },
      'REFUSED',
      'gate_not_available',
      2
    ]
  ])('%s', async (_, rules, facts, status, reason, exitCode) => {
    const { answer, applied } = await said(rules, {}, { facts })
    expect(answer?.result).toMatchObject({ status, reason, exitCode })
    expect(answer?.text).toMatch(/promised +on GitHub/)
    expect(answer?.json).toMatchObject({ format: 1, environment: 'production', applied: false })
    expect(applied).toEqual([])
  })
})

describe('the gate is set', () => {
  test('as it is promised, with the reviewers that are named, and what GitHub then says is shown', async () => {
    const { answer, applied } = await said(PROMISE, { apply: true, reviewers: ['@alice'] })
    const rules = { reviewers: 'required', preventSelfReview: true, branches: ['main'] }
    expect(applied).toEqual([['production', rules, ['@alice']]])
    expect(answer?.result.exitCode).toBe(0)
    expect(answer?.text).toMatch(/It is set/)
  })

  test.each<[string, string, Parts, string]>([
    ['nothing is promised', '{}', {}, 'usage'],
    ['nothing of it is a matter of GitHub', '{ gate: { reviewers: sign-off } }', {}, 'usage'],
    ['there is no token', PROMISE, { keeper: false }, 'missing_permission']
  ])('but not where %s', async (_, rules, parts, reason) => {
    const { thrown, applied } = await said(rules, { apply: true }, parts)
    expect(thrown).toBeInstanceOf(ChecklistError)
    expect(thrown).toMatchObject({ status: 'REFUSED', reason, hint: expect.stringMatching(/./) })
    expect(applied).toEqual([])
  })
})
