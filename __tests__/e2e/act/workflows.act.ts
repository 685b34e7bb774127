import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { usePostgres } from '../../fakes/postgres-server.js'
import { type ActRun, asActKnows, type Caller, type Running, withCaller } from './act.js'
import { outputsOf } from './act-output.js'
import { watchedRelease } from './shop.js'

const postgres = usePostgres('embedded')
const KEY = ['-----the front of a key', 'and what is behind it-----']
const EXAMPLES = ['deploy', 'deploy-two-jobs', 'rollback', 'monitor', 'plan']

test('two jobs deploy, a broken release is rolled back by its own stage, and the outputs of the job say so', async () => {
  await withShop(async ({ act, ship, live }) => {
    ship(1)
    const first = await act('deploy-two-jobs', '1')
    expect([first.code, jobsOf(first)]).toEqual([0, { prepare: 'success', deploy: 'success' }])
    expect(live()).toEqual(['1'])
    // What was prepared was taken up: one execution, in both jobs and in every stage.
    expect(new Set(executionsOf(first)).size).toBe(1)
    expect(outputsOf(first, 'preflight', 'prepare')).toMatchObject({ status: 'PLANNED' })
    expect(outputsOf(first, 'settle')).toMatchObject({ status: 'SUCCESS', reason: 'ok' })
    // One page for who approves, one at the end.
    const pages = first.steps.filter(({ summary }) => summary.includes('Chain: '))
    expect(pages.map(({ job, summary }) => [job, /^## \S+ ([A-Z]+)/.exec(summary)?.[1]])).toEqual([
      ['prepare', 'PLANNED'],
      ['deploy', 'SUCCESS']
    ])

    ship(3)
    const broken = await act('deploy-two-jobs', '2')
    expect(jobsOf(broken)).toEqual({ prepare: 'success', deploy: 'failure' })
    expect(live()).toEqual(['1', '3', '1'])
    expect(outputsOf(broken, 'settle')).toMatchObject({ status: 'ROLLED_BACK', reason: 'smoke_test_failed' })
    expect(JSON.parse(outputsOf(broken, 'settle')['result'] ?? '')).toMatchObject({ format: 1, status: 'ROLLED_BACK' })
  })
})

test('a check that fails ahead of the gate ends it there: nobody is asked to approve', async () => {
  await withShop(async ({ act, caller, ship, live }) => {
    ship(1)
    const checklist = readFileSync(join(caller.folder, 'deploy-checklist.yml'), 'utf8')
    caller.commit({ 'deploy-checklist.yml': checklist.replace('- env: [LIVE]', '- run: exit 1') })
    const run = await act('deploy-two-jobs', '1')
    expect(jobsOf(run)['prepare']).toBe('failure')
    expect(run.steps.filter(({ job }) => job === 'deploy').map(({ step }) => step)).toEqual([])
    expect(outputsOf(run, 'preflight', 'prepare')).toMatchObject({ status: 'FAILED', reason: 'preflight_failed' })
    expect(live()).toEqual([])
  })
})

test('killed in the middle of its deployment, the run is run again: its gate is asked again, and it goes on', async () => {
  await withShop(async ({ start, caller, ship, live }) => {
    ship(1)
    writeFileSync(`${liveFile(caller)}.hold`, '')
    const running = start('deploy-two-jobs', '7', { GITHUB_RUN_ATTEMPT: '1' })
    await running.said('halfway to')
    running.crash()
    const killed = await running.ended
    expect([killed.code === 0, live()]).toEqual([false, []])
    rmSync(`${liveFile(caller)}.hold`)
    const again = await start('deploy-two-jobs', '7', { GITHUB_RUN_ATTEMPT: '2' }).ended
    expect(jobsOf(again)).toEqual({ prepare: 'success', deploy: 'success' })
    expect([live(), outputsOf(again, 'settle')['status']]).toEqual([['1'], 'SUCCESS'])
    expect(new Set([...executionsOf(killed), ...executionsOf(again)]).size).toBe(1)
  })
})

test('what has no room in a summary is kept whole beside it', async () => {
  await withShop(async ({ act, caller, ship }) => {
    ship(1)
    const checklist = readFileSync(join(caller.folder, 'deploy-checklist.yml'), 'utf8')
    // Nothing listens there.
    const ports = Array.from(
      { length: 4000 },
      (_, n) => `    - port: 127.0.0.1:${10_000 + n}\n      name: service ${n} ${'is up and '.repeat(15)}listens\n`
    )
    caller.commit({ 'deploy-checklist.yml': checklist.replace('  deploy:\n', `${ports.join('')}  deploy:\n`) })
    const run = await act('deploy-two-jobs', '1')
    expect(jobsOf(run)['prepare']).toBe('failure')
    const { reason, result = '', 'summary-file': file } = outputsOf(run, 'preflight', 'prepare')
    expect([reason, JSON.parse(result).cut]).toEqual(['preflight_failed', true])
    expect(file).toMatch(/deploy-checklist-summary-\w+-\w+-\w+\.md$/)
    expect(run.text).toMatch(/kept prepare-summary-\w+-\w+-1, \d{7} bytes of it/)
  })
})

test('the memory of one run cannot serve two jobs, and the refusal says what can', async () => {
  await withShop(async ({ act, caller, ship }) => {
    ship(1)
    const file = '.github/workflows/deploy-two-jobs.yml'
    const text = readFileSync(join(caller.folder, file), 'utf8')
    caller.commit({ [file]: text.replace('ledger: env:LEDGER_URL', 'ledger: run') })
    const run = await act('deploy-two-jobs', '1')
    expect(outputsOf(run, 'preflight', 'prepare')).toMatchObject({ status: 'REFUSED', reason: 'ledger_missing' })
    const result = JSON.parse(outputsOf(run, 'preflight', 'prepare')['result'] ?? '')
    expect(result.hint).toMatch(/contents: write.*env:NAME/)
  })
})

test('the set-up action of the caller runs before the stages, where it has one', async () => {
  await withShop(async ({ act, caller, ship }) => {
    ship(1)
    const steps = 'runs: { using: composite, steps: [{ shell: bash, run: echo the tools of the shop are here }] }'
    caller.commit({ '.github/actions/deploy-setup/action.yml': `name: set up\ndescription: tools\n${steps}\n` })
    const run = await act('deploy-two-jobs', '1')
    expect(run.code).toBe(0)
    expect(run.text.match(/"msg":"the tools of the shop are here/g)).toHaveLength(2)
  })
})

test('a click takes the newest release back, and a second one has nothing left to take back', async () => {
  await withShop(async ({ act, ship, live }) => {
    for (const number of [1, 2]) {
      ship(number)
      expect((await act('deploy-two-jobs', `${number}`)).code).toBe(0)
    }
    const inputs = { environment: 'production', reason: 'the shop is slow' }
    const dry = await act('rollback', '3', { ...inputs, 'dry-run': 'true' })
    expect([dry.code, jobsOf(dry)]).toEqual([0, { preview: 'success' }])
    expect(live()).toEqual(['1', '2'])
    const run = await act('rollback', '4', { ...inputs, 'dry-run': 'false' })
    expect([run.code, jobsOf(run)]).toEqual([0, { preview: 'success', rollback: 'success' }])
    expect(live()).toEqual(['1', '2', '1'])
    expect(outputsOf(run, 'rollback')).toMatchObject({ status: 'SUCCESS', reason: 'ok' })
    expect(outputsOf(run, 'rollback')['result']).toContain('the shop is slow')
  })
})

test('the sweep runs what is due once; what fails calls a person', async () => {
  await withShop(async ({ act, caller, ship }) => {
    ship(1, 'page')
    expect((await act('deploy-two-jobs', '1')).code).toBe(0)
    const sweep = await act('monitor', '2')
    expect([sweep.code, jobsOf(sweep)['watch']]).toEqual([0, 'success'])
    expect(sweep.text).toMatch(/1ms of \S+: passed, .+ after it was due/)
    expect((await act('monitor', '3')).text).toMatch(/No checkpoint of \S+ is due; none is to come/)

    ship(2, 'page')
    expect((await act('deploy-two-jobs', '4')).code).toBe(0)
    writeFileSync(`${liveFile(caller)}.down`, '')
    const late = await act('monitor', '5')
    expect(jobsOf(late)['watch']).toBe('failure')
    expect(outputsOf(late, 'watch')).toMatchObject({ status: 'FAILED', reason: 'monitor_failed' })
    expect(late.text).toContain('paged with ')
    // Handed on whole, and never shown: neither by us nor in what the runner repeats of the inputs.
    const shown = [sweep, late].flatMap(({ steps }) => steps.map(({ output, summary }) => output + summary)).join('')
    for (const line of KEY) expect(shown).not.toContain(line)
  })
})

test('without a named environment for it nothing is rolled back unattended; with one it is', async () => {
  await withShop(async ({ act, caller, ship, live }) => {
    for (const number of [1, 2]) {
      ship(number, 'rollback')
      expect((await act('deploy-two-jobs', `${number}`)).code).toBe(0)
    }
    writeFileSync(`${liveFile(caller)}.down`, '')
    const paged = await act('monitor', '3')
    expect(outputsOf(paged, 'watch')).toMatchObject({ reason: 'monitor_failed' })
    expect([paged.text.includes('paged with '), live()]).toEqual([true, ['1', '2']])
  })
  await withShop(async ({ act, caller, ship, live }) => {
    const file = '.github/workflows/monitor.yml'
    for (const number of [1, 2]) {
      ship(number, 'rollback')
      const text = readFileSync(join(caller.folder, file), 'utf8')
      const named = text.replace('      ledger:', '      rollback-environment: production-rollback\n      ledger:')
      caller.commit({ [file]: named })
      expect((await act('deploy-two-jobs', `${number}`)).code).toBe(0)
    }
    writeFileSync(`${liveFile(caller)}.down`, '')
    const run = await act('monitor', '3')
    expect(outputsOf(run, 'watch')).toMatchObject({ status: 'FAILED', reason: 'rollback_due' })
    expect(outputsOf(run, 'rollback', 'rollback')).toMatchObject({ status: 'SUCCESS' })
    expect(live()).toEqual(['1', '2', '1'])
  })
})

test('the action in a job of one step deploys, and a plan is made without any secret', async () => {
  await withShop(async ({ act, caller, ship, live }) => {
    ship(1)
    const plan = await caller.act({ workflow: 'plan.yml', event: 'pull_request', env: { LIVE: liveFile(caller) } })
    expect([plan.code, live()]).toEqual([0, []])
    const run = await act('deploy', '1')
    expect([run.code, live()]).toEqual([0, ['1']])
  })
})

type Shop = Readonly<{
  caller: Caller
  /** Commits that release, with the files of examples/workflows as they are. */
  ship(number: number, onFailure?: 'page' | 'rollback'): void
  act(workflow: string, runId: string, inputs?: Readonly<Record<string, string>>): Promise<ActRun>
  start(workflow: string, runId: string, env: Readonly<Record<string, string>>): Running
  live(): readonly string[]
}>

async function withShop(work: (shop: Shop) => Promise<void>): Promise<void> {
  const url = await postgres.create()
  await withCaller(async caller => {
    const workflows = Object.fromEntries(
      EXAMPLES.map(name => [
        `.github/workflows/${name}.yml`,
        asActKnows(inPostgres(readFileSync(`examples/workflows/${name}.yml`, 'utf8')))
      ])
    )
    // What is live is said by the one secret of all others; the single job has it as a variable.
    const secrets = {
      LEDGER_URL: url,
      ENV: `# the shop\nLIVE="${liveFile(caller)}"\nKEY<<END\n${KEY.join('\n')}\nEND\n`
    }
    await work({
      caller,
      ship: (number, onFailure = 'page') => void caller.commit({ ...watchedRelease(number, onFailure), ...workflows }),
      act: (workflow, runId, inputs = {}) =>
        caller.act({
          workflow: `${workflow}.yml`,
          env: { GITHUB_RUN_ID: runId, ...(workflow === 'deploy' && { LIVE: liveFile(caller), KEY: KEY.join('\n') }) },
          secrets,
          inputs
        }),
      start: (workflow, runId, env) =>
        caller.start({ workflow: `${workflow}.yml`, env: { GITHUB_RUN_ID: runId, ...env }, secrets }),
      live: () => {
        try {
          return readFileSync(liveFile(caller), 'utf8').split('\n').filter(Boolean)
        } catch {
          return []
        }
      }
    })
  })
}

const liveFile = ({ folder }: Caller): string => join(folder, '..', 'live')

/** What an example says in a comment, for a ledger in Postgres. */
const inPostgres = (example: string): string => example.replaceAll(/# (ledger:|LEDGER_URL:)/g, '$1')

/** Without those of the caller, which only call. */
const jobsOf = ({ jobs }: ActRun): Readonly<Record<string, string>> => jobs

const executionsOf = ({ steps }: ActRun): readonly string[] =>
  steps.flatMap(({ outputs }) => (outputs['execution-id'] ? [outputs['execution-id']] : []))
