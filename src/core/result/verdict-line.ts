import { isSuccess } from '../execution.js'
import { REASONS } from '../reasons.js'
import { shortCommit, took } from '../text.js'
import type { Result } from './result.js'
import type { ResultRollback } from './result-rollback.js'
import { changed } from './result-stages.js'

export type Told = Pick<
  Result,
  | 'status'
  | 'reason'
  | 'wayBack'
  | 'execution'
  | 'previous'
  | 'rollback'
  | 'waitingFor'
  | 'askedIn'
  | 'stages'
  | 'leftToPerson'
>

/** One sentence, no Markdown: the status, and what stands now. */
export function verdictOf(told: Told): string {
  const { status, reason, execution } = told
  if (execution === null) return `${status}: ${REASONS[reason]}`
  return `${status}: ${sentence(told, execution)}`
}

function sentence(told: Told, execution: NonNullable<Told['execution']>): string {
  const { status, reason, rollback, waitingFor } = told
  const where = execution.key.environment
  const what = shortCommit(execution.commit)
  if (isSuccess(status)) return good(told, execution)
  if (status === 'WAITING' && waitingFor.length > 0) {
    const people = waitingFor.map(({ name, by }) => (by === '' ? `"${name}"` : `"${name}" by ${by}`)).join(', ')
    return `${where} waits for ${people}${told.askedIn === undefined ? '' : `, asked in ${told.askedIn}`}`
  }
  if (rollback !== null) return rolledBack(rollback, told, where, what)
  if (status === 'FAILED' || status === 'CANCELLED' || status === 'REFUSED' || status === 'UNAVAILABLE') {
    const left = told.leftToPerson === true ? '; the checklist leaves the rollback to a person' : ''
    return `${what} on ${where}: ${REASONS[reason]}${changed(told.stages) ? left : '; nothing was touched'}`
  }
  if (status === 'PLANNED') return `${what} is ready to go to ${where}; nothing was touched yet`
  return status === 'WAITING' ? `${where} waits: ${REASONS[reason]}` : `${what} is on its way to ${where}`
}

function good({ reason, status, rollback }: Told, execution: NonNullable<Told['execution']>): string {
  const { purpose, key, commit, durationSeconds } = execution
  const what = shortCommit(commit)
  const time = took(durationSeconds * 1000)
  if (execution.rolledBack) return `${what} was live on ${key.environment} and has been rolled back since`
  if (purpose === 'rollback')
    return `${key.environment} is back at ${shortCommit(rollback?.toCommit || commit)}, verified, in ${time}`
  if (purpose === 'adopt') return `${what} was live on ${key.environment} already and is recorded`
  if (purpose === 'observe') return `${key.environment} was looked at and nothing else was done, in ${time}`
  const but = status === 'PARTIAL' ? `, but ${REASONS[reason]}` : ''
  return `${what} is live on ${key.environment}, in ${time}${but}`
}

function rolledBack(rollback: ResultRollback, told: Told, where: string, what: string): string {
  if (rollback.scope === 'migrate' && rollback.verified === true) {
    return `${what} on ${where}: ${REASONS[told.reason]}; what it had changed was undone`
  }
  const back = rollback.toCommit === '' ? 'where it was' : `at ${shortCommit(rollback.toCommit)}`
  if (rollback.verified === true) {
    const kept = rollback.remains.length > 0 ? '; something was left as it is' : ''
    return `${where} is back ${back}, verified, in ${took(rollback.durationMs)}, since with ${what} ${REASONS[rollback.cause]}${kept}`
  }
  if (rollback.verified === null)
    return `${where} is being taken back ${back}, since with ${what} ${REASONS[rollback.cause]}`
  return `the way back of ${where} stopped and needs a person: ${rollback.detail || REASONS.rollback_failed}`
}
