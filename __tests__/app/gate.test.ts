import { describe, expect, test } from '@jest/globals'
import { outlook } from '../../src/app/plan.js'
import { NOTHING_ASKED } from '../../src/app/request.js'
import type { Shop } from '../../src/app/shop.js'
import type { EnvironmentFacts } from '../../src/core/gate/facts.js'
import { SECOND_PERSON } from '../../src/core/gate/second-person.js'
import type { GateFacts, OnDefaultBranch } from '../../src/core/ports.js'
import { ending } from '../../src/report/ending.js'
import { summary } from '../../src/report/summary.js'
import { environment, OPEN } from '../fakes/environment.js'
import { CHECKLIST, openStand, refusal } from './stand.js'

const gated = (gate: string, more = '') =>
  `${CHECKLIST}environments: { production: { newest: false, gate: ${gate} } }\n${more}`
const ALL = '{ reviewers: required, prevent-self-review: true, branches: [main] }'

type World = Readonly<{
  facts?: Partial<EnvironmentFacts>
  gate?: GateFacts
  there?: string | OnDefaultBranch
  /** Where it lies there. */
  at?: string
}>

/** A shop whose GitHub says so; what it was asked stands in `asked`. */
function onGitHub({ facts = {}, gate, there, at = 'deploy-checklist.yml' }: World = {}) {
  const asked: string[] = []
  const found: OnDefaultBranch =
    typeof there === 'string' ? { kind: 'read', text: there } : (there ?? { kind: 'absent' })
  const change = async (shop: Shop): Promise<Shop> => ({
    ...shop,
    gate: {
      read: async name => {
        asked.push(`gate ${name}`)
        return gate ?? { kind: 'read', facts: environment(facts) }
      }
    },
    defaultBranch: {
      read: async file => {
        asked.push(`file ${file}`)
        return file === at || found.kind === 'unreadable' ? found : { kind: 'absent' }
      }
    }
  })
  return { asked, change }
}

const LOST: GateFacts = { kind: 'unreadable', why: 'no token', hint: 'Give the job one.' }

describe('before anything runs the gate is held to its promise', () => {
  test.each<[string, string, World, string, string]>([
    ['all that is promised is there', ALL, {}, 'SUCCESS', 'ok'],
    ['less is there', ALL, { facts: OPEN }, 'REFUSED', 'gate_too_weak'],
    ['it is not there', ALL, { facts: { ...OPEN, exists: false } }, 'REFUSED', 'gate_too_weak'],
    [
      'the plan has none',
      '{ reviewers: required }',
      { facts: { ...OPEN, plan: 'no-reviewers' } },
      'REFUSED',
      'gate_not_available'
    ],
    ['it cannot be read', ALL, { gate: LOST }, 'REFUSED', 'gate_unreadable'],
    [
      'a permission is missing',
      ALL,
      { gate: { ...LOST, reason: 'missing_permission' } },
      'REFUSED',
      'missing_permission'
    ],
    ['GitHub is down', ALL, { gate: { ...LOST, reason: 'github_unavailable' } }, 'UNAVAILABLE', 'github_unavailable'],
    ['nothing is promised, and nothing can be read', '{}', { gate: LOST, there: LOST }, 'SUCCESS', 'ok'],
    [
      'this run is of another branch',
      '{ branches: [release/*] }',
      { facts: { branches: { kind: 'custom', policies: [] } } },
      'REFUSED',
      'gate_too_weak'
    ],
    ['the default branch demands more', '{}', { facts: OPEN, there: gated(ALL) }, 'REFUSED', 'gate_too_weak'],
    [
      'the default branch demands more, where the checklist was before',
      '{}',
      { facts: OPEN, there: gated(ALL), at: '.github/deploy-checklist.yml' },
      'REFUSED',
      'gate_too_weak'
    ],
    [
      'the default branch demands more of another service',
      '{}',
      { facts: OPEN, there: gated(ALL).replace('name: shop', 'name: depot'), at: '.github/deploy-checklist.yml' },
      'SUCCESS',
      'ok'
    ],
    [
      'the default branch cannot be read, and only a sign-off is promised',
      '{ reviewers: sign-off }',
      { there: LOST },
      'REFUSED',
      'gate_unreadable'
    ],
    ['the default branch demands it too', ALL, { there: gated(ALL) }, 'SUCCESS', 'ok'],
    ['the default branch demands less', ALL, { facts: OPEN, there: CHECKLIST }, 'REFUSED', 'gate_too_weak'],
    [
      'the default branch cannot be read',
      ALL,
      { there: { ...LOST, reason: 'missing_permission' } },
      'REFUSED',
      'missing_permission'
    ],
    ['the default branch has errors', ALL, { there: 'stages: { deploy: [{ rnu: x }] }' }, 'REFUSED', 'gate_unreadable'],
    [
      'the default branch demands a second person',
      '{}',
      { there: gated('{ reviewers: sign-off }') },
      'REFUSED',
      'gate_too_weak'
    ]
  ])('%s', async (_, gate, world, status, reason) => {
    const at = openStand(gated(gate))
    const { change } = onGitHub(world)
    const result = await at.through('run', change)
    expect([result.status, result.reason]).toEqual([status, reason])
    if (status === 'SUCCESS') return
    expect(result.hint).not.toBe('')
    expect([await at.records(), at.did()]).toEqual([[], []])
  })

  test('several gaps are told at once, each with its line', async () => {
    const at = openStand(gated(ALL))
    const result = await at.through('run', onGitHub({ facts: OPEN }).change)
    expect(result.problems).toHaveLength(2)
    for (const problem of result.problems)
      expect(problem).toMatch(/gh api --method PUT repos\/org\/shop\/environments\/production/)
  })

  test('without a promise GitHub is not asked about the environment', async () => {
    const at = openStand(CHECKLIST)
    const { asked, change } = onGitHub()
    expect((await at.through('run', change)).status).toBe('SUCCESS')
    expect(new Set(asked)).toEqual(new Set(['file deploy-checklist.yml', 'file .github/deploy-checklist.yml']))
  })
})

describe('a plan', () => {
  test('says what the change weakens, whatever else it says', async () => {
    const at = openStand(`${CHECKLIST}    - { run: ls, id: listed, optional: true }\n`)
    const preflight = "preflight: [{ run: 'true', id: first }, { run: 'ls', id: second }]"
    const there = `${CHECKLIST}    - { run: ls, id: listed }\n  ${preflight}\nenvironments: { production: { gate: {} } }\n`
    const { change } = onGitHub({ there })
    let said: string | undefined
    await at.through('plan', async shop => {
      said = (await outlook({ ...NOTHING_ASKED, ledger: `file:${at.ledger}` }, await change(shop))).weakened
      return shop
    })
    expect(said).toBe(
      'this change weakens the checklist: 2 items removed, one made optional, environments.production.gate is gone'
    )
  })

  test('of any ref may be made', async () => {
    const at = openStand(gated('{ branches: [release/*] }'))
    const { change } = onGitHub({ facts: { branches: { kind: 'custom', policies: [] } } })
    expect((await at.through('plan', change)).status).toBe('SUCCESS')
  })
})

describe('what a run weakens', () => {
  const weaker = `${CHECKLIST}    - { run: ls, id: listed, optional: true }\n`
  const line = 'this change weakens the checklist: one item made optional'

  test('stands in the ledger and on the page', async () => {
    const at = openStand(weaker)
    const { asked, change } = onGitHub({ there: `${CHECKLIST}    - { run: ls, id: listed }\n` })
    const result = await at.through('run', change)
    expect([result.status, result.weakened]).toEqual(['SUCCESS', line])
    expect(summary(result)).toContain(`⚠️ ${line}`)
    expect(ending(result)).toContain(line)
    expect(new Set(asked)).toEqual(new Set(['file deploy-checklist.yml']))
  })

  test('is nothing where the default branch has the same', async () => {
    const at = openStand(weaker)
    const result = await at.through('run', onGitHub({ there: weaker }).change)
    expect([result.status, 'weakened' in result]).toEqual(['SUCCESS', false])
  })
})

describe('where a second person has to sign', () => {
  const checklist = gated('{ reviewers: sign-off }')

  test('the run waits before it acts, whoever started it signs in vain, and somebody else lets it go on', async () => {
    const at = openStand(checklist)
    const waits = await at.does('run')
    expect([waits.result.status, waits.result.exitCode]).toEqual(['WAITING', 4])
    expect(at.did()).toEqual([])
    const own = await at.does(`run --resume --sign '${SECOND_PERSON}=ann:I agree'`)
    expect(own.result.status).toBe('WAITING')
    const claimed = await at.does(`run --resume --sign '${SECOND_PERSON}=bea:she said so'`)
    expect(claimed.result.status).toBe('WAITING')
    const bea = await at.does(`sign --sign '${SECOND_PERSON}=bea:looks right'`, { user: 'bea' })
    expect(refusal(bea)[2]).toBe(0)
    const done = await at.does('run --resume')
    expect(done.result.status).toBe('SUCCESS')
    expect(at.did()).toHaveLength(1)
    const shown = /which GitHub does not enforce: signed by bea: looks right/
    for (const page of [summary(done.result), ending(done.result)]) expect(page).toMatch(shown)
  })

  test('but not where nothing is deployed', async () => {
    const at = openStand(checklist)
    const live = at.git('rev-parse', 'HEAD')
    at.sets('live', live)
    const adopted = await at.does(`adopt --commit ${live}`)
    expect(adopted.result.status).toBe('SUCCESS')
    const observed = await at.does('run --observe')
    expect(observed.result.status).not.toBe('WAITING')
  })

  test('and may refuse', async () => {
    const at = openStand(checklist)
    await at.does('run')
    await at.does(`sign --sign '${SECOND_PERSON}=bea:no, not today'`, { user: 'bea' })
    const done = await at.does('run --resume')
    expect([done.result.status, done.result.reason]).toEqual(['FAILED', 'preflight_failed'])
    expect(at.did()).toEqual([])
  })
})
