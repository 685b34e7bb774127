import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { CHECKLIST, type Doing, openStand, refusal, type Stand } from './stand.js'

const TWO = `${CHECKLIST}  monitor: { checkpoints: [1h], items: [{ run: 'true', id: well }] }
environments: { staging: {}, production: {} }
`
const NONE = TWO.replace(/^environments.*\n/m, '')

type Both = Stand & Readonly<{ staging: string; production: string; step: Stand['step'] }>

/** Two releases on each of these, deployed by steps of the action; of each the newest execution. */
async function deployed(checklist = TWO, environments = ['staging', 'production'], more: Doing = {}): Promise<Both> {
  const at = openStand(checklist)
  const step: Stand['step'] = (inputs, doing) => at.step({ ledger: `file:${at.ledger}`, ...inputs }, doing)
  const newest: Record<string, string> = {}
  for (const environment of environments)
    for (let releases = 0; releases < 2; releases++) {
      at.commit()
      newest[environment] = (await step({ environment }, { ...more, env: { ...more.env, ...runOf(releases) } })).id
    }
  return { ...at, step, staging: newest['staging'] ?? '', production: newest['production'] ?? '' }
}

const runOf = (number: number) => ({ GITHUB_RUN_ID: `${number}` })
const undone = (at: Stand) => at.did().filter(line => line.startsWith('undo'))
const back = { stage: 'rollback', because: 'it fails' }

describe('a rollback of a named execution, as a step', () => {
  test.each([
    ['of another environment than is asked for', TWO, { environment: 'staging' }],
    ['of another environment, only looked at', TWO, { environment: 'staging', 'dry-run': 'true' }],
    ['where the checklist names several and nobody says which', TWO, {}]
  ])('%s is refused, and nothing is touched', async (_, checklist, inputs) => {
    const at = await deployed(checklist)
    const done = await at.step({ ...back, ...inputs, execution: at.production })
    expect([refusal(done), undone(at)]).toEqual([['REFUSED', 'usage', 2], []])
    expect(done.result.message).toMatch(/production/)
    expect(done.result.hint).toMatch(/^Name that environment, so that its gate is asked/)
  })

  test('says which was expected and which was found', async () => {
    const at = await deployed()
    const done = await at.step({ ...back, environment: 'staging', execution: at.production })
    expect(done.result.message).toBe(`expected an execution of staging, found one of production (${at.production})`)
  })

  test('of its own environment goes through, named or chosen by the checklist', async () => {
    const at = await deployed()
    expect((await at.step({ ...back, environment: 'staging', execution: at.staging })).result.status).toBe('SUCCESS')
    const only = await deployed(NONE, ['production'])
    expect((await only.step({ ...back, execution: only.production })).result.status).toBe('SUCCESS')
  })

  test('of another one than the checklist chooses by itself is refused', async () => {
    const at = await deployed(NONE)
    const done = await at.step({ ...back, execution: at.staging })
    expect(done.result.message).toMatch(/^expected an execution of production, found one of staging/)
    expect(undone(at)).toEqual([])
  })

  test('without a checklist it is refused where the ledger knows several environments, and only there', async () => {
    const at = await deployed()
    rmSync(join(at.folder, 'deploy-checklist.yml'))
    const done = await at.step({ ...back, execution: at.production })
    expect([refusal(done), undone(at)]).toEqual([['REFUSED', 'usage', 2], []])
    expect(done.result.message).toMatch(/not said which environment is meant/)
    const only = await deployed(TWO, ['production'])
    rmSync(join(only.folder, 'deploy-checklist.yml'))
    expect((await only.step({ ...back, execution: only.production })).result.status).toBe('SUCCESS')
  })

  test('of another repository, in a ledger that several share, is refused', async () => {
    const at = await deployed(TWO, ['production'], { env: { GITHUB_REPOSITORY: 'org/other' } })
    const done = await at.step({ ...back, environment: 'production', execution: at.production })
    expect([refusal(done), undone(at)]).toEqual([['REFUSED', 'usage', 2], []])
    expect(done.result.message).toMatch(/^expected an execution of org\/shop, found one of org\/other/)
  })
})

describe('on the command line', () => {
  test('a named execution says itself what it belongs to, unless somebody says otherwise', async () => {
    const at = await deployed()
    const done = await at.does(`rollback ${at.production} -e staging`)
    expect([refusal(done), undone(at)]).toEqual([['REFUSED', 'usage', 2], []])
    expect((await at.does(`rollback ${at.production}`)).result.status).toBe('SUCCESS')
  })

  test.each([
    ['delete', "--because 'a test'"],
    ['monitor', ''],
    ['sign', '--sign deploy/release=ann:yes'],
    ['run --resume', '']
  ])('%s of one of another environment is refused', async (command, more) => {
    const at = await deployed()
    const done = await at.does(`${command} ${at.production} -e staging ${more}`)
    expect([refusal(done), done.result.message]).toEqual([
      ['REFUSED', 'usage', 2],
      expect.stringMatching(/^expected an execution of staging, found one of production/)
    ])
  })
})

describe('another step that names an execution', () => {
  test.each(['deploy', 'monitor', 'backup'])('stage %s: of another environment is refused', async stage => {
    const at = await deployed()
    const inputs = { stage, environment: 'staging', execution: at.production }
    await at.turn(2 * 3_600_000)
    const done = await at.step(stage === 'backup' ? { ...inputs, prepare: 'true' } : inputs)
    expect([refusal(done), done.result.message]).toEqual([
      ['REFUSED', 'usage', 2],
      expect.stringMatching(/^expected an execution of staging, found one of production/)
    ])
  })

  test('settle: of another environment is refused, and of its own also without a checkout', async () => {
    const at = openStand(TWO)
    const ledger = `file:${at.ledger}`
    const { id } = await at.step({ ledger, environment: 'staging', stage: 'preflight', prepare: 'true' })
    const settling = { ledger, stage: 'settle', prepare: 'true', execution: id }
    await expect(at.settle({ execution: id }, { ...settling, environment: 'production' })).rejects.toThrow(
      /^expected an execution of production, found one of staging/
    )
    expect((await at.records())[0]?.completedAt).toBe('')
    rmSync(join(at.folder, 'deploy-checklist.yml'))
    expect((await at.settle({ execution: id }, settling)).reason).toBe('not_approved')
  })
})
