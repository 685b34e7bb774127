import type { ExecutionRecord } from '../execution.js'
import { sha256 } from '../plan.js'
import type { Result, ResultExecution } from '../result/result.js'
import { oneLine, shortCommit, took } from '../text.js'
import type { Message, NoticeKind } from './notifier.js'

/** What is told, of which transition. `waitedMs`: for an escalation, how long nobody has reacted. */
export type Occasion = Readonly<{ kind: NoticeKind; cause: string; at: string; waitedMs?: number }>

/** Characters of one text of a message: what does not fit is in the log. */
const LONGEST = 1000

/**
 * What is said of one transition, the first line first: where, what, how it stands, who has to act. `result` is the
 * execution as it stands; undefined where it says nothing of one. Nothing is redacted here.
 */
export function messageFor(occasion: Occasion, result: Result): Message | undefined {
  const { execution } = result
  if (execution === null) return undefined
  const { key, id, commit, release, actor, trigger } = execution
  const who = whoActs(occasion, result)
  return clean({
    format: 1,
    key: keyOf(id, occasion),
    kind: occasion.kind,
    at: occasion.at,
    headline: `${key.checklist} on ${key.environment}: ${standing(occasion, result, execution)}${who === '' ? '' : `; ${who} has to act`}`,
    repository: key.repository,
    checklist: key.checklist,
    environment: key.environment,
    commit,
    release,
    status: result.status,
    reason: result.reason,
    who,
    why: whyOf(occasion, result),
    startedBy: `${actor} (${trigger})`,
    execution: id,
    next: occasion.kind === 'start' ? [] : nextOf(occasion, result),
    rollbackCommand: occasion.kind === 'start' ? '' : wayBackOf(result),
    links: linksOf(result, execution)
  })
}

/** Its run, where people settle its manual items, and the executions that it belongs to. */
const linksOf = ({ askedIn, links }: Result, { logUrl }: ResultExecution): Message['links'] => [
  ...(/^https?:\/\//.test(logUrl) ? [{ label: 'run', url: logUrl }] : []),
  ...(askedIn === undefined ? [] : [{ label: 'sign-offs', url: askedIn }]),
  ...links.filter(({ url }) => url !== '').map(({ as, execution, url }) => ({ label: `${as} ${execution}`, url }))
]

/** Short and of plain signs, since it stands in headers and ids of others. */
const keyOf = (id: string, { kind, cause, waitedMs = 0 }: Occasion): string =>
  `${id}-${kind}-${sha256(`${cause}:${waitedMs}`).slice(0, 12)}`

/** Whose turn it is, in words; nobody's when all is well or has been taken back. */
function whoActs({ kind, cause }: Occasion, result: Result): string {
  if (kind === 'start' || kind === 'success' || kind === 'rollback') return ''
  // It ended before anything was touched: whoever cancelled it knows.
  if (result.status === 'CANCELLED' && result.execution?.completedAt !== '') return ''
  const people = isCheckpoint(cause) ? [] : questionsOf(cause, result)
  return people.map(({ by, name }) => by || `whoever settles "${name}"`).join(', ') || 'a maintainer'
}

/** Who is asked: by a run that has stopped for them, or by one that waits for their answer. */
function questionsOf(cause: string, { waitingFor, ahead }: Result) {
  const asked = waitingFor.length > 0 ? waitingFor : ahead.questions.filter(({ item }) => waitsFor(cause, item))
  return asked.filter(({ by }, index) => by === '' || asked.findIndex(other => other.by === by) === index)
}

const waitsFor = (cause: string, item: string): boolean =>
  cause.startsWith('waiting:') && cause.slice('waiting:'.length).split(',').includes(item)

function standing(occasion: Occasion, result: Result, execution: ResultExecution): string {
  const { kind, cause, waitedMs = 0 } = occasion
  const what = shortCommit(execution.commit)
  if (kind === 'start')
    return execution.purpose === 'rollback'
      ? `the rollback to ${what || 'where it was'} has begun`
      : `${what} has begun`
  if (kind === 'escalation') return `nobody has reacted for ${took(waitedMs)} to ${stateWords(cause, result, what)}`
  if (isCheckpoint(cause)) return `FAILED: ${stateWords(cause, result, what)}`
  return stateWords(cause, result, what)
}

function stateWords(cause: string, result: Result, what: string): string {
  const checkpoint = checkpointOf(cause)
  if (checkpoint !== '') return `checkpoint ${checkpoint} of ${what}, which did not pass`
  // One that waits within its process has not stopped.
  const asked = result.status === 'WAITING' ? [] : questionsOf(cause, result)
  return asked.length === 0
    ? result.verdict
    : `WAITING: ${what} waits for ${asked.map(({ name }) => `"${name}"`).join(', ')}`
}

const checkpointOf = (cause: string): string => /^failure:checkpoint:(.*)$/.exec(cause)?.[1] ?? ''
const isCheckpoint = (cause: string): boolean => checkpointOf(cause) !== ''

function whyOf({ kind, cause }: Occasion, result: Result): string {
  if (kind === 'start' || kind === 'success') return ''
  // What led to the way back, before how that went.
  if (!isCheckpoint(cause))
    return [...new Set([result.rollback?.because ?? '', result.message])].filter(isSaid).join('; ')
  const last = result.checkpoints.findLast(({ passed }) => !passed)
  const red = (last?.results ?? []).filter(({ outcome }) => outcome !== 'pass' && outcome !== 'skip')
  return red.map(({ item, detail }) => (detail === '' ? item : `${item} (${detail})`)).join('; ')
}

const isSaid = (text: string): boolean => text !== ''

/** The line that takes it back: the workflow's click where there is one, since whoever reads this has no clone at hand. */
export const wayBackOf = ({ pasteLines, rollbackCommand }: Pick<Result, 'pasteLines' | 'rollbackCommand'>): string =>
  pasteLines.find(({ line }) => isClick(line))?.line ?? rollbackCommand
const isClick = (line: string): boolean => line.startsWith('gh workflow run ')

function nextOf({ cause }: Occasion, result: Result): readonly string[] {
  if (isCheckpoint(cause))
    return [
      wayBackOf(result) === '' ? 'Look at what is live.' : 'Look at what is live, and take it back if it is broken.'
    ]
  const pasted = result.pasteLines.filter(({ line }) => !isClick(line)).map(({ does, line }) => `${does}: ${line}`)
  return [...result.nextSteps, ...pasted]
}

/** A message that tells nothing but that it arrives, for who sets a notifier up. */
export const testMessage = (
  { repository, checklist, environment }: ExecutionRecord['key'],
  { at, who, key }: Readonly<{ at: string; who: string; key: string }>
): Message =>
  clean({
    format: 1,
    ...{ key: `test-${key}`, kind: 'start', at },
    headline: `${checklist} on ${environment}: this is a test of its notifications; nothing has to be done`,
    ...{ repository, checklist, environment },
    ...{
      commit: '',
      release: '',
      status: 'PLANNED',
      reason: 'ok',
      who: '',
      startedBy: `${who} (manual)`,
      execution: ''
    },
    ...{ why: '', next: [], rollbackCommand: '', links: [] }
  })

/** The same with each of its texts changed, such as redacted. */
export function withTexts(message: Message, change: (text: string) => string): Message {
  return {
    ...message,
    headline: change(message.headline),
    who: change(message.who),
    why: change(message.why),
    startedBy: change(message.startedBy),
    release: change(message.release),
    next: message.next.map(change),
    rollbackCommand: change(message.rollbackCommand),
    links: message.links.map(({ label, url }) => ({ label: change(label), url: change(url) }))
  }
}

const clean = (message: Message): Message =>
  withTexts(message, text => {
    const line = oneLine(text)
    return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`
  })
