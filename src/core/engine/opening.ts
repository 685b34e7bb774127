import { refused } from '../errors.js'
import { type ExecutionRecord, isEnded, isPaused, isSuccess } from '../execution.js'
import type { ForwardStage } from '../stages.js'

/** What somebody wants to begin or go on with. `runId` is empty outside GitHub Actions. */
export type Asked = Readonly<{
  environment: string
  stage: ForwardStage | undefined
  resume: boolean
  /** Id, or empty. */
  execution: string
  /** Id of a holder that a person declares dead, or empty. */
  takeover: string
  runId: string
  runAttempt: number
}>

/** What is known: the newest execution, the holder, the one that was named, and whether the holder's process lives. */
export type Known = Readonly<{
  newest: ExecutionRecord | undefined
  holder: ExecutionRecord | undefined
  named: ExecutionRecord | undefined
  /** Of the execution's last process. */
  life(record: ExecutionRecord): Promise<'alive' | 'dead' | 'unknown'>
  /** What that answer rests on, in words; empty where there is nothing to say. */
  because?(record: ExecutionRecord): string
  /** True if the execution stands between two stages, where nothing of ours lives. */
  between(record: ExecutionRecord): Promise<boolean>
  /** True if another process of this machine, outside Actions, is seen to live and works for it. Absent: nobody looks. */
  isLed?(record: ExecutionRecord): Promise<boolean>
}>

export type Opening =
  | Readonly<{ do: 'create'; takingOver?: ExecutionRecord }>
  /** The stage that was asked for needs nothing more: its execution ended well. */
  | Readonly<{ do: 'nothing'; record: ExecutionRecord }>
  | Readonly<{ do: 'join' | 'resume'; record: ExecutionRecord }>

/**
 * Which execution this process works for. Throws the refusal that says who is in the way, since when, and what to do.
 * The rule of DESIGN (One execution, many processes): a dead holder is taken over only before its first action's intent,
 * afterwards only its own resume or rollback may go on; unknown is not dead.
 */
export async function decideOpening(asked: Asked, known: Known): Promise<Opening> {
  if (asked.execution !== '' && known.named === undefined) throw absent(asked)
  const mine = known.named ?? ownRun(asked, known)
  if (mine !== undefined && isDone(asked, mine)) return { do: 'nothing', record: mine }
  if (asked.resume) return await resume(asked, known, mine ?? known.holder ?? openNewest(known))
  if (mine !== undefined && !isEnded(mine)) return await goOn(asked, known, mine)
  if (known.named !== undefined) throw endedAlready(known.named)
  if (asked.stage !== undefined && asked.stage !== 'preflight') return await joinOpen(asked, known)
  return known.holder === undefined ? { do: 'create' } : await takeOver(asked, known, known.holder)
}

/** The execution of this very workflow run: its stages are processes of their own, and a re-run goes on with it. */
function ownRun(asked: Asked, { holder, newest }: Known): ExecutionRecord | undefined {
  const own = (record: ExecutionRecord | undefined) =>
    record !== undefined && asked.runId !== '' && record.runId === asked.runId
  return [holder, newest].find(
    record => own(record) && record !== undefined && (!isEnded(record) || isDone(asked, record))
  )
}

// The last stages of a checklist may be empty, and then the one before them has ended the execution already.
const isDone = (asked: Asked, record: ExecutionRecord): boolean =>
  !asked.resume &&
  isSuccess(record.status) &&
  (isDoneByEarlierAttempt(asked, record) || (asked.stage !== undefined && asked.stage !== 'preflight'))

/** It went live in an earlier attempt of this very run, which may be red all the same: it is not deployed twice. */
export const isDoneByEarlierAttempt = (
  { runId, runAttempt }: Pick<Asked, 'runId' | 'runAttempt'>,
  record: ExecutionRecord
): boolean =>
  runId !== '' &&
  runId === record.runId &&
  runAttempt > (record.process.runAttempt ?? record.runAttempt) &&
  record.purpose === 'deploy' &&
  isSuccess(record.status) &&
  !record.rolledBack

const openNewest = ({ newest }: Known): ExecutionRecord | undefined =>
  newest === undefined || isEnded(newest) ? undefined : newest

async function goOn(asked: Asked, known: Known, record: ExecutionRecord): Promise<Opening> {
  const later =
    asked.runId !== '' && asked.runId === record.runId && asked.runAttempt > (record.process.runAttempt ?? 0)
  if (later || isPaused(record)) return await resume(asked, known, record)
  if (await isFree(asked, known, record)) return { do: 'join', record }
  return await resume(asked, known, record)
}

async function resume(asked: Asked, known: Known, record: ExecutionRecord | undefined): Promise<Opening> {
  if (record === undefined) {
    throw refused(
      'nothing_to_resume',
      `no execution of ${asked.environment} is open`,
      'Start a new one with `deploy-checklist run`.'
    )
  }
  if (isEnded(record)) throw endedAlready(record)
  if (record.purpose !== 'deploy') throw noDeployment(record)
  if (known.holder !== undefined && known.holder.id !== record.id) throw held(known.holder, 'alive', known)
  if (isPaused(record) || (await isFree(asked, known, record))) return { do: 'resume', record }
  const life = await lifeOf(record, asked, known)
  if (life === 'dead') return { do: 'resume', record }
  throw held(record, life, known)
}

/** Between two stages nothing of ours lives; but for a process that runs all of them, and goes on any moment. */
async function isFree({ takeover }: Asked, known: Known, record: ExecutionRecord): Promise<boolean> {
  if (!(await known.between(record))) return false
  return takeover === record.id || (await known.isLed?.(record)) !== true
}

async function joinOpen(asked: Asked, known: Known): Promise<Opening> {
  const record = known.holder ?? openNewest(known)
  if (record === undefined) {
    const hint = 'Run `preflight` first, or name the execution.'
    throw refused(
      'nothing_to_resume',
      `${asked.stage} was asked for, but no execution of ${asked.environment} is open`,
      hint
    )
  }
  // In Actions another run's execution is never joined by accident: it has to be named.
  if (asked.runId !== '') throw held(record, 'unknown', known)
  if (await isFree(asked, known, record)) return { do: 'join', record }
  throw held(record, await lifeOf(record, asked, known), known)
}

async function takeOver(asked: Asked, known: Known, holder: ExecutionRecord): Promise<Opening> {
  // Locally a holder between two stages has no process: a person decides what happens to what it has begun.
  const life = isPaused(holder) ? 'dead' : await lifeOf(holder, asked, known)
  if (life !== 'dead') throw held(holder, life, known)
  if (holder.acted) throw holder.purpose === 'deploy' ? unfinished(holder) : noDeployment(holder)
  return { do: 'create', takingOver: holder }
}

async function lifeOf(record: ExecutionRecord, asked: Asked, known: Known): Promise<'alive' | 'dead' | 'unknown'> {
  return asked.takeover === record.id ? 'dead' : await known.life(record)
}

const who = (record: ExecutionRecord): string =>
  `${record.id} (number ${record.number}, ${record.status}, commit ${record.commit.slice(0, 12)}, begun by ${record.actor} at ${record.startedAt}, last sign of life ${record.heartbeatAt})`

function held(record: ExecutionRecord, life: 'alive' | 'dead' | 'unknown', known: Known) {
  const where = `${record.key.environment} is held by ${who(record)}`
  const said = known.because?.(record) ?? ''
  const because = said === '' ? '' : `: ${said}`
  if (life === 'alive') {
    return refused(
      'environment_held',
      `${where}, and ${said === '' ? `its process lives on ${record.process.host}` : said}`,
      'Wait for it to end, or cancel it.'
    )
  }
  const hint = `If you know that it is dead, say so with --takeover ${record.id} (input takeover).`
  return refused(
    'holder_unknown',
    `${where}, and nobody here can tell whether it still lives on ${record.process.host}${because}`,
    hint
  )
}

const unfinished = (record: ExecutionRecord) =>
  refused(
    'unfinished_execution',
    `${who(record)} died or was left after it had begun to act`,
    `Go on with it (\`deploy-checklist run --resume ${record.id}\`) or take it back (\`deploy-checklist rollback ${record.id}\`).`
  )

/** A rollback is gone on with by its own command; whatever else is no deployment has changed nothing. */
const noDeployment = (record: ExecutionRecord) =>
  record.purpose === 'rollback'
    ? refused(
        'unfinished_execution',
        `${who(record)} takes ${record.undoesExecutionId} back and has not come to its end`,
        `Go on with it: \`deploy-checklist rollback ${record.undoesExecutionId}\`.`
      )
    : refused(
        'nothing_to_resume',
        `${who(record)} is no deployment (${record.purpose})`,
        `Start it again: it has changed nothing.`
      )

const endedAlready = (record: ExecutionRecord) =>
  refused(
    record.reason === 'superseded' ? 'superseded' : 'nothing_to_resume',
    `${record.id} ended ${record.status} at ${record.completedAt}${record.errorMessage === '' ? '' : `: ${record.errorMessage}`}`,
    record.runId === ''
      ? 'Start a new one with `deploy-checklist run`.'
      : 'Start a new run, or run all jobs of its run again, so that it is prepared anew.'
  )

const absent = ({ execution }: Asked) =>
  refused('nothing_to_resume', `the ledger knows no execution ${execution}`, 'Look at `deploy-checklist history`.')
