import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Event } from '../../../src/core/events.js'
import type { ExecutionRecord } from '../../../src/core/execution.js'
import { openFileLedger } from '../../../src/ledger/file.js'
import { systemClock } from '../../../src/shell/clock.js'
import { openLiveness } from '../../../src/shell/liveness.js'
import type { Ended, Running, Site, Variables } from './site.js'

/** What a step left behind, read as the runner reads it. */
export type Step = Ended & Readonly<{ outputs: Variables; summary: string; state: Variables }>

export type RunningStep = Running & Readonly<{ done: Promise<Step> }>

export type JobOptions = Readonly<{
  node?: string
  runId?: string
  runAttempt?: string
  env?: Variables
}>

/** One job on a runner of GitHub's, with its files and variables; steps are processes of their own. */
export type Job = Readonly<{
  /** A step of `stage/action.yml`: inputs come as INPUT_*. */
  stage(inputs: Variables): RunningStep
  /** Its post step, with the state that the step saved. */
  post(step: Step, inputs: Variables): Promise<Step>
  /** A step of the composite: inputs come as one JSON text. */
  inner(stage: string, inputs: Variables): RunningStep
  /** The composite's last step. */
  settle(inputs: Variables): Promise<Step>
  /** What `ledger: run` has of this job: its newest execution. */
  journal(): Promise<Readonly<{ record: ExecutionRecord; events: readonly Event[] }>>
}>

let jobs = 0

export function openJob(
  site: Site,
  { node, runId = `${1000 + ++jobs}`, runAttempt = '1', env = {} }: JobOptions = {}
): Job {
  const temporary = site.place('runner')
  const word = join(temporary, 'word')
  writeFileSync(word, '')
  const common = {
    ...{ CI: 'true', GITHUB_ACTIONS: 'true', GITHUB_RUN_ID: runId, GITHUB_RUN_ATTEMPT: runAttempt },
    ...{ GITHUB_REPOSITORY: 'org/shop', GITHUB_REF: 'refs/heads/main', GITHUB_EVENT_NAME: 'workflow_dispatch' },
    ...{ GITHUB_ACTOR: 'ada', GITHUB_TRIGGERING_ACTOR: 'ada', GITHUB_SERVER_URL: 'https://github.com' },
    ...{ GITHUB_WORKSPACE: site.folder, RUNNER_TEMP: temporary, RUNNER_ENVIRONMENT: 'self-hosted' },
    ...env
  }
  let steps = 0

  function start(entry: 'index.js' | 'post.js', own: Variables): RunningStep {
    const folder = join(temporary, `step-${++steps}`)
    mkdirSync(folder)
    const [output, state, summary] = ['output', 'state', 'summary'].map(name => join(folder, name)) as [
      string,
      string,
      string
    ]
    for (const file of [output, state, summary]) writeFileSync(file, '')
    const files = { GITHUB_OUTPUT: output, GITHUB_STATE: state, GITHUB_STEP_SUMMARY: summary }
    // The runner starts steps in the workspace, whatever the action's own folder is.
    const one = site.start(entry, [], { env: { ...common, ...files, ...own }, ...(node !== undefined && { node }) })
    const done = one.ended.then(ended => ({
      ...ended,
      outputs: valuesIn(output),
      state: valuesIn(state),
      summary: readFileSync(summary, 'utf8')
    }))
    return { ...one, done }
  }

  const asInputs = (inputs: Variables): Variables =>
    Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]))
  const asJson = (inputs: Variables): Variables => ({
    DEPLOY_CHECKLIST_INPUTS: JSON.stringify(inputs),
    DEPLOY_CHECKLIST_STATE: word
  })
  return {
    stage: inputs => start('index.js', asInputs(inputs)),
    post: ({ state }, inputs) =>
      start('post.js', {
        ...asInputs(inputs),
        ...Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]))
      }).done,
    inner: (stage, inputs) => start('index.js', { ...asJson(inputs), DEPLOY_CHECKLIST_STAGE: stage }),
    settle: inputs => start('post.js', asJson(inputs)).done,
    journal: async () => {
      const folder = join(temporary, 'deploy-checklist-ledger')
      const ledger = openFileLedger({ folder, clock: systemClock(), liveness: openLiveness() })
      const [newest] = (await ledger.list({}, { limit: 1 })).records
      const stored = newest && (await ledger.read(newest.id))
      await ledger.close()
      if (stored === undefined) throw new Error('nothing was recorded')
      return stored
    }
  }
}

/** `name<<delimiter`, the value, the delimiter: what @actions/core writes into such a file. */
function valuesIn(file: string): Variables {
  const found = readFileSync(file, 'utf8').matchAll(/^([^\n<]+)<<([^\n]+)\n([\s\S]*?)\n\2$/gm)
  return Object.fromEntries([...found].map(([, name = '', , value = '']) => [name, value]))
}

/** What the runner does with a step that is cancelled: SIGINT, after 7.5 s SIGTERM, after 2.5 s more the end. */
export async function cancel({ child, ended }: Running, first: 'SIGINT' | 'SIGTERM' = 'SIGINT'): Promise<number> {
  const began = Date.now()
  const ladder = [
    [first, 7_500],
    ['SIGTERM', 2_500],
    ['SIGKILL', 1_000]
  ] as const
  for (const [signal, patienceMs] of ladder) {
    child.kill(signal)
    const patience = new AbortController()
    const over = await Promise.race([ended, setTimeout(patienceMs, undefined, patience).catch(() => undefined)])
    patience.abort()
    if (over !== undefined) break
  }
  return Date.now() - began
}
