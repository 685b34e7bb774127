import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { Result } from '../core/result/result.js'
import { resultWithin } from '../core/result/result-within.js'
import type { Host } from './host.js'
import { isComposite } from './inputs.js'
import { jobFile } from './job-file.js'
import type { Request } from './request.js'

type Core = typeof import('@actions/core')

/** What one step leaves for the next ones and for the post step. */
export type Word = Readonly<{
  execution: string
  result?: Result
  checklist?: string
  ended?: boolean
  /** Whether its page has been written into the summary of a step of this job. */
  shown?: boolean
  /** What a command said that made no execution, such as a plan. */
  text?: string
  /** The same as a page of Markdown. */
  page?: string
  /** Where all of the summary is, if the step's own had no room for it. */
  summaryFile?: string
}>

type Named = Pick<Request, 'checklist' | 'environment'>

/**
 * Kept where the runner lets steps leave word: a file of the invocation in a composite, else the action's own state; and
 * a file of the job, for a last step that settles. Without a request it is not known which steps belong together.
 */
export function leaveWord(word: Word, request: Named | undefined, host: Host, core: Core): void {
  const { execution, checklist, result } = word
  const file = host.env['DEPLOY_CHECKLIST_STATE']
  if (isComposite(host) && file !== undefined) writeFileSync(file, JSON.stringify(word), { mode: 0o600 })
  else {
    core.saveState('word', JSON.stringify({ execution, checklist, ended: result !== undefined }))
    const said = request === undefined ? undefined : saidFile(request, host)
    if (said !== undefined) writeFileSync(said, JSON.stringify(word), { mode: 0o600 })
  }
}

/** Steps of one job that name the same checklist and environment belong together; its temporary folder is the job's. */
const saidFile = ({ checklist, environment }: Named, { env }: Host): string | undefined =>
  jobFile(env['RUNNER_TEMP'] ?? '', 'deploy-checklist-said-*.json', JSON.stringify([checklist, environment]))

/** What the newest step of this job has left; nothing where none came so far. */
export async function readSaid(request: Named, host: Host): Promise<Word> {
  const file = saidFile(request, host)
  const text = file === undefined ? '' : await readFile(file, 'utf8').catch(() => '')
  return text === '' ? { execution: '' } : JSON.parse(text)
}

export async function readWord(host: Host, core: Core): Promise<Word> {
  const file = host.env['DEPLOY_CHECKLIST_STATE']
  const text =
    isComposite(host) && file !== undefined ? await readFile(file, 'utf8').catch(() => '') : core.getState('word')
  return text.trim() === '' ? { execution: '' } : JSON.parse(text)
}

/** Its step opened or joined an execution and did not come to its end: it was killed. */
export const diedMidway = ({ execution, result, ended }: Word): boolean =>
  execution !== '' && result === undefined && ended !== true

/** Characters of the output `result`: GitHub counts two bytes for each, and drops a job's outputs above 1 MB. */
const RESULT_LIMIT = 400_000

export function writeOutputs(result: Result, summaryFile: string, core: Core): void {
  const { execution, status, reason, url, rollbackCommand, ...rest } = resultWithin(result, RESULT_LIMIT)
  core.setOutput('execution-id', execution?.id ?? '')
  core.setOutput('status', status)
  core.setOutput('reason', reason)
  core.setOutput('rollback-command', rollbackCommand)
  core.setOutput('url', url ?? '')
  core.setOutput('summary-file', summaryFile)
  core.setOutput('result', JSON.stringify({ execution, status, reason, url, rollbackCommand, ...rest }))
}
