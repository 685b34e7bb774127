import { changed } from './result-stages.js'
import type { Told } from './verdict-line.js'

/** How the reader calls this program, so that what is printed can be copied. */
export type Invocation = Readonly<{
  /** Such as `npx deploy-checklist`. */
  program: string
  /** What must be said again each time, such as `--ledger file:/var/lib/x`; shell text already quoted. */
  flags?: string
  /** True in Actions, where people sign by an input, and the workflow is run again. */
  actions?: boolean
  /** True where only this run remembers what was done: nobody can come back to it later. */
  fleeting?: boolean
}>

/** What a person does next, most urgent first; each is a whole sentence. Empty when all is done. */
export function nextSteps(told: Told, invocation: Invocation): readonly string[] {
  if (told.execution === null) return []
  const steps = stepsOf(told, invocation)
  return invocation.fleeting === true ? [...steps, FLEETING] : steps
}

const FLEETING =
  'It is recorded in this run only (ledger: run): no lock between runs, no history, no rollback click. For these, leave `ledger` out and give the job `permissions: { contents: write }`, or set `ledger: env:NAME` with a Postgres URL in that variable.'

function stepsOf(told: Told, invocation: Invocation): readonly string[] {
  const { status, reason, rollback } = told
  if (status === 'WAITING') return waitingSteps(told, invocation)
  if (rollback?.verified === false || rollback?.verified === null) return stuckSteps(told, invocation)
  if (status === 'ROLLED_BACK') return rolledBackSteps(told)
  const back = told.leftToPerson === true ? rollbackCommand(told, invocation) : ''
  if (back !== '')
    return [
      `The checklist leaves the rollback to a person. Take it back: ${back}`,
      'Or fix what is red and deploy again: this execution no longer holds the environment.'
    ]
  if (status === 'FAILED')
    return ['Fix what is red, then deploy again: this execution no longer holds the environment.']
  if (status === 'CANCELLED') return cancelledSteps(told, invocation)
  if (reason === 'not_approved')
    return ['Nothing was touched. To ask for approval again, run all jobs of its run again, or start a new one.']
  if (status === 'UNAVAILABLE') return ['Bring back what is down, then run again: nothing was touched.']
  return []
}

/** The command that takes this execution back, or nothing when there is nothing to take back. */
export function rollbackCommand(told: Told, invocation: Invocation): string {
  const { execution, status } = told
  if (invocation.fleeting === true) return ''
  if (execution === null || execution.rolledBack || told.wayBack?.kind === 'none' || !changed(told.stages)) return ''
  if (execution.purpose !== 'deploy' || status === 'ROLLED_BACK') return ''
  return command(invocation, `rollback ${quoted(execution.id)}`)
}

/** One argument as a POSIX shell reads it. */
export const quoted = (text: string): string =>
  /^[A-Za-z0-9_./:@%+=-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`

const command = ({ program, flags = '' }: Invocation, words: string): string =>
  [program, words, flags].filter(part => part !== '').join(' ')

/** A rollback is gone on with by its own command, anything else by a resume. */
function goingOn(told: Told, invocation: Invocation): string {
  const { execution } = told
  return execution?.purpose === 'rollback'
    ? command(invocation, `rollback ${quoted(execution.undoesExecutionId)}${restoring(told)}`)
    : command(invocation, `run --resume --environment ${quoted(execution?.key.environment ?? '')}`)
}

function waitingSteps(told: Told, invocation: Invocation): readonly string[] {
  const { waitingFor } = told
  const signs = waitingFor.map(({ item }) => `--sign ${quoted(`${item}=NAME:WORDS`)}`).join(' ')
  const resume = goingOn(told, invocation)
  if (waitingFor.length === 0) return [`Look at what is undecided, then go on: ${resume}`]
  if (invocation.actions && told.askedIn !== undefined) {
    const [first] = waitingFor
    return [
      `Answer in ${told.askedIn}: tick it, or comment \`/done ${first?.item ?? 'ID'} WORDS\`. It goes on by itself where a workflow listens, else re-run the failed jobs.`
    ]
  }
  if (invocation.actions) {
    const sign = command(invocation, `sign ${quoted(told.execution?.id ?? '')} ${signs}`)
    const before = changed(told.stages) ? '' : ' Or start a new run with the input `sign`.'
    return [`Sign from a clone, then re-run the failed jobs: ${sign}.${before}`]
  }
  return [`Sign and go on: ${resume} ${signs}`]
}

function stuckSteps(told: Told, invocation: Invocation): readonly string[] {
  const id = quoted(told.execution?.id ?? '')
  // A rollback is not what is taken back: the execution is that it was to undo.
  const undone = quoted(told.execution?.undoesExecutionId || (told.execution?.id ?? ''))
  return [
    'A person has to look: it is not tried again by itself.',
    `See how far it came: ${command(invocation, `show ${id}`)}`,
    `Then try the way back again${lossWords(told)}: ${command(invocation, `rollback ${undone}${restoring(told)}`)}`
  ]
}

/** What the rollback was asked to restore, it is asked again; rows are given up only once they were counted. */
const restoring = ({ rollback }: Told): string =>
  [
    ...(rollback?.restored ?? []).map(name => ` --restore ${quoted(name)}`),
    ...(rollback?.wouldLose ?? []).map(name => ` --accept-loss ${quoted(name)}`)
  ].join('')

const lossWords = ({ rollback }: Told): string =>
  rollback?.wouldLose === undefined ? '' : ', which gives up the rows that were counted'

const rolledBackSteps = ({ rollback }: Told): readonly string[] => [
  ...((rollback?.remains.length ?? 0) > 0 ? ['Decide about what was left as it is.'] : []),
  'Fix the release and deploy it again.'
]

function cancelledSteps(told: Told, invocation: Invocation): readonly string[] {
  if (!changed(told.stages)) return ['Nothing was touched: run again when it suits.']
  const back = rollbackCommand(told, invocation)
  return [`Go on where it stopped: ${goingOn(told, invocation)}`, ...(back === '' ? [] : [`Or take it back: ${back}`])]
}
