import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { usePostgres } from '../../fakes/postgres-server.js'
import { type ActRun, type Caller, withCaller } from './act.js'

const server = usePostgres('machine')

const checklist = (store: string) => `name: shop
secrets: [DATABASE_URL]
databases: { main: { url: "\${DATABASE_URL}", store: ${store}, scratch: runner } }
stages:
  preflight: [{ env: [LIVE] }]
  backup: [{ backup: main }]
  deploy: [{ run: 'git show "$DEPLOY_COMMIT:release" >>"$LIVE"', undo: 'git show "$DEPLOY_PREVIOUS_COMMIT:release" >>"$LIVE"', id: release }]
  smoke-test: [{ run: 'test -s "$LIVE"', id: alive }]
`
const caller = (workflow: string, inputs: string) => `on: workflow_dispatch
permissions: {}
jobs:
  call:
    uses: org/deploy-checklist/.github/workflows/${workflow}.yml@v1
    permissions: { contents: read, actions: read }
    with: { environment: production, ledger: 'env:LEDGER_URL', ${inputs} }
    secrets: { DATABASE_URL: '\${{ secrets.DATABASE_URL }}', LEDGER_URL: '\${{ secrets.LEDGER_URL }}', env: '\${{ secrets.ENV }}' }
`

test('with an environment of its own the job before the gate backs up and proves, and the one behind it takes that', async () => {
  await withShop(async ({ act, dumps, live }) => {
    const run = await act('deploy', '1')
    expect([run.code, run.jobs['prepare'], run.jobs['deploy']]).toEqual([0, 'success', 'success'])
    const saved = outputsOf(run, 'backup', 'prepare')
    expect(saved).toMatchObject({ status: 'PLANNED' })
    expect(JSON.parse(saved['result'] ?? '')).toMatchObject({ receipts: [{ subject: 'main', proof: 'identical' }] })
    // Who approves sees one page of both steps, not one without the proof before it.
    expect(pagesOf(run, 'prepare')).toEqual([expect.stringContaining('identical')])
    expect([dumps(), live()]).toEqual([1, '1\n'])
    expect(outputsOf(run, 'settle', 'deploy')).toMatchObject({
      status: 'SUCCESS',
      'execution-id': saved['execution-id']
    })
  })
})

test('where the job behind the gate never begins, the last one ends what was prepared', async () => {
  await withShop(async ({ act, live, neverBegins }) => {
    neverBegins()
    const run = await act('deploy', '1')
    expect(outputsOf(run, 'settle', 'unapproved')).toMatchObject({ status: 'REFUSED', reason: 'not_approved' })
    expect([run.jobs['unapproved'], live()]).toEqual(['failure', ''])
  })
})

test('a preview that fails stops nothing; a rollback without words for a reason ends before anything of the caller’s runs', async () => {
  await withShop(async ({ act }) => {
    const run = await act('rollback', '2')
    expect(outputsOf(run, 'preview', 'preview')).toMatchObject({ status: 'REFUSED', reason: 'no_way_back' })
    expect(run.jobs['rollback']).toBe('failure')
    expect(
      run.steps.filter(({ job, phase }) => job === 'rollback' && phase === 'Main').map(({ step }) => step)
    ).toEqual(['reason'])
    expect(run.text).toMatch(/a rollback has to say why/)
  })
})

const pagesOf = ({ steps }: ActRun, job: string): readonly string[] =>
  steps.filter(step => step.job === job && step.summary.trim() !== '').map(({ summary }) => summary)

type Shop = Readonly<{
  act(workflow: string, runId: string): Promise<ActRun>
  dumps(): number
  live(): string
  /** As where nobody approves: the job behind the gate leaves no word. */
  neverBegins(): void
}>

async function withShop(work: (shop: Shop) => Promise<void>): Promise<void> {
  const [database, ledger] = [await server.create(), await server.create()]
  await server.sql(database, 'CREATE TABLE items AS SELECT n FROM generate_series(1, 500) AS n')
  await withCaller(async from => {
    const beside = (name: string) => join(from.folder, '..', name)
    mkdirSync(beside('store'))
    from.commit({
      release: '1\n',
      'deploy-checklist.yml': checklist(beside('store')),
      '.github/workflows/deploy.yml': caller('deploy', 'prepare-environment: production-read'),
      '.github/workflows/rollback.yml': caller('rollback', "reason: '  '")
    })
    const secrets = {
      ...{ DATABASE_URL: database, LEDGER_URL: ledger },
      ENV: `LIVE="${beside('live')}"`
    }
    await work({
      act: (workflow, runId) =>
        from.act({
          workflow: `${workflow}.yml`,
          env: { GITHUB_RUN_ID: runId, RUNNER_ENVIRONMENT: 'self-hosted' },
          secrets
        }),
      dumps: () => readdirSync(beside('store')).filter(name => name.endsWith('.dump')).length,
      live: () => textOf(beside('live')),
      neverBegins: () => withoutDeploy(from)
    })
  })
}

const STEPS = /(\n {2}deploy:[\s\S]*?\n {4}steps:\n)[\s\S]*?(?=\n {2}# Where nobody approved)/

/** In our own checkout that the caller calls. act takes the outputs of a job that was skipped for something else than none. */
function withoutDeploy({ folder }: Caller): void {
  const ours = join(folder, '..', 'deploy-checklist')
  const file = join(ours, '.github/workflows/deploy.yml')
  const text = readFileSync(file, 'utf8')
  if (!STEPS.test(text)) throw new Error('deploy.yml has no job deploy before its last one')
  writeFileSync(file, text.replace(STEPS, '$1      - { shell: bash, run: exit 1 }\n'))
  const who = ['-c', 'user.name=a test', '-c', 'user.email=test@example.com']
  execFileSync('git', [...who, 'commit', '--quiet', '--all', '--message', 'a test'], { cwd: ours })
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const outputsOf = ({ steps }: ActRun, id: string, job: string): Readonly<Record<string, string>> =>
  steps.find(found => found.step === id && found.job === job && found.phase === 'Main')?.outputs ?? {}
