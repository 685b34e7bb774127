import { isPaused, isSuccess } from '../execution.js'
import { REASONS, type Reason } from '../reasons.js'
import { type Invocation, quoted, rollbackCommand } from './next-steps.js'
import type { Result } from './result.js'
import type { Told } from './verdict-line.js'

/** One line for a shell, whole and ready to be pasted, and what it does. */
export type PasteLine = Readonly<{ does: string; line: string }>

/** The caller's workflow for the rollback click, as examples/workflows has it, and what the click may say to it. */
const ROLLBACK_FILE = 'rollback.yml'
export const CLICK_INPUTS = ['environment', 'reason', 'execution', 'to', 'restore', 'accept-loss'] as const
type Click = Readonly<Partial<Record<(typeof CLICK_INPUTS)[number], string>>>

/** What a maintainer pastes into a terminal of their own, for an execution that runs on GitHub; most urgent first. */
export function pasteLines(told: Told, invocation: Invocation): readonly PasteLine[] {
  const { execution } = told
  const run = execution === null ? undefined : runOf(execution.logUrl)
  if (execution === null || run === undefined) return []
  // What nobody remembers, nobody takes back.
  const back = invocation.fleeting === true ? [] : takeBack(told, execution, run)
  const on = again(told, run)
  return isPaused(told) ? [...on, ...back] : [...back, ...on]
}

type Execution = NonNullable<Told['execution']>
/** `repository` as `gh --repo` takes it. */
export type Run = Readonly<{ id: string; repository: string }>

/** From the address of the log, which also says on which server it is. */
function runOf(logUrl: string): Run | undefined {
  const found = /^https:\/\/([\w.:-]+)\/([\w.-]+\/[\w.-]+)\/actions\/runs\/(\d+)/.exec(logUrl)
  if (found === null) return undefined
  const [, host = '', name = '', id = ''] = found
  return { id, repository: host === 'github.com' ? name : `${host}/${name}` }
}

function takeBack(told: Told, execution: Execution, { repository }: Run): readonly PasteLine[] {
  if (!isStuck(told) && rollbackCommand(told, { program: '' }) === '') return []
  // A rollback is not what is taken back: the execution is that it was to undo.
  const target = execution.undoesExecutionId || execution.id
  const fields = {
    environment: execution.key.environment,
    reason: whyOf(told),
    execution: target,
    restore: (told.rollback?.restored ?? []).join(','),
    'accept-loss': (told.rollback?.wouldLose ?? []).join(',')
  }
  const line = rollbackClick(fields, repository)
  return [{ does: isStuck(told) ? 'Try the way back again, once somebody has looked' : 'Take it back', line }]
}

/** The rollback click as a line, with the inputs that are not empty. `repository`: as `gh --repo` takes it, or empty. */
export function rollbackClick(inputs: Click, repository: string): string {
  const given = Object.entries(inputs).filter(([, value]) => value !== '')
  const words = given.map(([name, value]) => `-f ${quoted(`${name}=${value}`)}`)
  const where = repository === '' ? [] : [`--repo ${quoted(repository)}`]
  return [`gh workflow run ${ROLLBACK_FILE}`, ...words, ...where].join(' ')
}

const isStuck = ({ rollback }: Told): boolean => rollback !== null && rollback.verified !== true

// Of what went well nobody but the person who takes it back knows why.
const whyOf = ({ status, reason, rollback }: Told): string =>
  isSuccess(status) ? 'WHY' : REASONS[rollback?.cause ?? reason]

const AGAIN: Readonly<Partial<Record<Told['status'], string>>> = {
  WAITING: 'Go on, once what it waits for is settled',
  CANCELLED: 'Go on where it stopped',
  UNAVAILABLE: 'Run it again, once what is down is back',
  FAILED: 'Run it again as it is, where the release is not what failed'
}

/** Of what was refused before there was an execution: mended elsewhere, the same run can be run again. */
export function afterRefusal({ status, reason, problems }: Refused, run: Run): readonly PasteLine[] {
  if (status !== 'REFUSED' && status !== 'UNAVAILABLE') return []
  if (problems.length > 0 || NEEDS_A_COMMIT.includes(reason)) return []
  return [{ does: 'Run it again, once that is mended', line: rerun(run, ' --failed') }]
}

type Refused = Pick<Result, 'status' | 'reason' | 'problems'>

const NEEDS_A_COMMIT: readonly Reason[] = ['usage', 'checklist_invalid', 'checklist_missing']

/** The line that goes on with an execution which waited: the jobs of its run that failed are run again. */
export const runAgain = ({ runId, logUrl, key }: Recorded): string =>
  rerun(runOf(logUrl) ?? { id: runId, repository: key.repository }, ' --failed')

type Recorded = Pick<Execution, 'runId' | 'logUrl' | 'key'>

const rerun = ({ id, repository }: Run, which: string): string =>
  `gh run rerun ${quoted(id)}${which} --repo ${quoted(repository)}`

function again(told: Told, run: Run): readonly PasteLine[] {
  const does = AGAIN[told.status]
  if (does === undefined || isStuck(told)) return []
  // A job that was cancelled did not fail.
  const which = told.status === 'CANCELLED' ? '' : ' --failed'
  return [{ does, line: rerun(run, which) }]
}
