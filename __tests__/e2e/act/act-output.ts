import type { Result } from '../../../src/core/result/result.js'

/** A step as act reports it. Inner steps of a composite are named by their place: `deploy/settle`, `deploy/3`. */
export type ActStep = Readonly<{
  job: string
  step: string
  phase: 'Pre' | 'Main' | 'Post'
  /** Empty for a step that never ended, because act was ended. */
  result: string
  output: string
  outputs: Readonly<Record<string, string>>
  summary: string
}>

export type ActReport = Readonly<{ jobs: Readonly<Record<string, string>>; steps: readonly ActStep[] }>

type Line = Readonly<{
  jobID?: string
  jobResult?: string
  stepID?: readonly string[]
  stage?: ActStep['phase']
  stepResult?: string
  raw_output?: boolean
  msg?: string
  command?: string
  name?: string
  arg?: string
  content?: string
}>

/** What `act --json` wrote, one object a line, put together per step and phase in the order of their first word. */
export function parseActOutput(text: string): ActReport {
  const lines = text.split('\n').filter(line => line.startsWith('{'))
  const jobs: Record<string, string> = {}
  const steps = new Map<string, ActStep>()
  for (const line of lines.map((json): Line => JSON.parse(json))) {
    const { jobID: job = '', stepID, stage: phase = 'Main' } = line
    if (line.jobResult !== undefined) jobs[job] = line.jobResult
    if (stepID === undefined) continue
    const step = stepID.join('/')
    const key = `${job} ${step} ${phase}`
    const before = steps.get(key) ?? { job, step, phase, result: '', output: '', outputs: {}, summary: '' }
    steps.set(key, { ...before, ...heard(before, line) })
  }
  return { jobs, steps: [...steps.values()] }
}

/** What one line adds to what is known of its step. */
function heard(step: ActStep, line: Line): Partial<ActStep> {
  if (line.raw_output === true) return { output: step.output + (line.msg ?? '') }
  if (line.command === 'summary') return { summary: step.summary + (line.content ?? '') }
  if (line.command === 'set-output') return { outputs: { ...step.outputs, [line.name ?? '']: line.arg ?? '' } }
  return line.stepResult === undefined ? {} : { result: line.stepResult }
}

export function stepOf({ steps }: ActReport, id: string, phase: ActStep['phase'] = 'Main'): ActStep {
  const found = steps.find(({ step, phase: its }) => step === id && its === phase)
  if (found !== undefined) return found
  throw new Error(`act ran no step ${id} (${phase})`)
}

/** Empty for a step that did not run. */
export const resultOf = ({ steps }: ActReport, id: string): string =>
  steps.find(({ step, phase }) => step === id && phase === 'Main')?.result ?? ''

/** The outputs of the action as the next step of the caller's job sees them. */
export function told(report: ActReport): Readonly<Record<string, string>> {
  const [, json] = /^told (.+)$/m.exec(stepOf(report, 'told').output) ?? []
  if (json === undefined) throw new Error('the job was told nothing')
  return JSON.parse(json)
}

/** What a person would have seen, for the message of a test that fails. */
export const transcript = (steps: readonly ActStep[]): string =>
  steps.map(({ phase, step, result, output }) => `--- ${phase} ${step}: ${result}\n${output}`).join('')

/** Outputs of the step with that id, in that job where several have one. */
export function outputsOf({ steps }: ActReport, id: string, job?: string): Readonly<Record<string, string>> {
  const found = steps.filter(({ step, phase }) => step === id && phase === 'Main')
  return found.find(step => job === undefined || step.job === job)?.outputs ?? {}
}

/** The whole result that such a step gave. */
export const asResult = (report: ActReport, id: string, job?: string): Result =>
  JSON.parse(outputsOf(report, id, job)['result'] ?? '{}')

/** All that a person finds on the run's page. */
export const summaryOf = ({ steps }: ActReport): string => steps.map(({ summary }) => summary).join('\n')

/** All that steps have said, in their order: the log. */
export const saidIn = ({ steps }: ActReport): string => steps.map(({ output }) => output).join('')
