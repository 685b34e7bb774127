import { changeFrom, type Journal, openJournal, startFrom } from '../core/engine/journal.js'
import type { Opening } from '../core/engine/opening.js'
import { project } from '../core/engine/project.js'
import { startOf } from '../core/engine/state.js'
import { refused } from '../core/errors.js'
import { type Event, type EventBody, GENESIS } from '../core/events.js'
import type { ExecutionRecord } from '../core/execution.js'
import { linkFor } from '../core/kept.js'
import type { NotifyRule } from '../core/notify/notifier.js'
import type { Plan } from '../core/plan.js'
import type { Change, Ledger, Stored, Survey } from '../core/ports.js'
import type { Identity } from './identity.js'
import { endLeftChecks } from './left-of-checks.js'
import type { Shop } from './shop.js'

/** What a new execution is for, beside its plan. */
export type Begin = Readonly<{
  plan: Plan
  identity: Identity
  purpose: ExecutionRecord['purpose']
  hold: boolean
  undoes?: ExecutionRecord
  /** What is applied already, from the newest execution. */
  applied: ExecutionRecord['applied']
  /** What the checklist asks less of than that of the default branch, in one line, or empty. */
  weakened?: string
  /** Who is told how it goes. */
  notify?: readonly NotifyRule[]
}>

/** Writes a new execution with the environment's lock, or says that the ledger moved on meanwhile. */
export async function create(
  begin: Begin,
  survey: Survey,
  ledger: Ledger,
  shop: Shop,
  takingOver?: ExecutionRecord
): Promise<Journal | undefined> {
  const { plan, purpose, hold, weakened = '', notify = [] } = begin
  const draft = await newRecord(begin, survey, shop)
  const previousHead = survey.newestHead
  const opened: EventBody = {
    ...{ type: 'opened', plan, previousHead, process: draft.process, purpose, actor: draft.actor },
    ...(weakened !== '' && { weakened }),
    ...(purpose === 'deploy' && !hold && { prepared: true as const }),
    ...(notify.length > 0 && { notify }),
    ...evidenceOf(shop)
  }
  const events = linkFor(ledger, [opened], { head: GENESIS, seq: 0, at: draft.startedAt, token: draft.token })
  const state = startOf(plan)
  const record = events.reduce((current, event) => project(current, state, event), draft)
  const options =
    takingOver === undefined ? undefined : { takingOverFrom: await takeover(takingOver, draft.id, ledger, shop) }
  // Only now: a refusal before this has touched nothing, not even a ledger that was never used.
  await ledger.prepare()
  const written = await ledger.create({ record, events }, options)
  if (written.kind === 'moved') return undefined
  if (written.kind === 'held') return undefined
  shop.opened(record)
  const last = events.at(-1)
  if (last !== undefined) shop.terminal.seen(last, record)
  const start = { state, record, head: last?.hash ?? GENESIS, seq: last?.seq ?? 0 }
  const journal = openJournal(start, journalPorts(ledger, shop))
  shop.herald.attend(journal)
  if (takingOver !== undefined) await endLeftChecks(await mustRead(takingOver.id, ledger), shop)
  return journal
}

/** What this process has seen of gate, CI and the environment before; nothing where it was not asked. */
const evidenceOf = ({ seen }: Shop) => (Object.keys(seen).length === 0 ? {} : { evidence: { ...seen } })

async function newRecord(
  { plan, identity, purpose, hold, undoes, applied }: Begin,
  survey: Survey,
  shop: Shop
): Promise<ExecutionRecord> {
  const at = shop.clock.now().toISOString()
  const { actor, ref, trigger, runId, runAttempt, logUrl } = identity
  return {
    id: `${at.replace(/[-:]|\.\d+Z/g, '')}-${shop.host.random(4)}`,
    key: plan.key,
    number: survey.nextNumber,
    purpose,
    ...{ trigger, actor, ref, runId, runAttempt, logUrl },
    commit: plan.commit,
    release: plan.release,
    planDigest: plan.digest,
    status: 'PLANNED',
    reason: '',
    errorMessage: '',
    startedAt: at,
    completedAt: '',
    durationSeconds: 0,
    rolledBack: false,
    rollbackReason: '',
    markedBad: '',
    previousExecutionId: plan.previous?.execution ?? '',
    undoesExecutionId: undoes?.id ?? '',
    acted: false,
    holdsEnvironment: hold,
    token: survey.nextToken,
    heartbeatAt: at,
    process: await shop.liveness.self(),
    approvals: [],
    receipts: [],
    migrations: [],
    applied,
    due: []
  }
}

/** The change that frees a dead holder, for the same step that makes the newcomer. */
async function takeover(holder: ExecutionRecord, by: string, ledger: Ledger, shop: Shop): Promise<Change> {
  const stored = await mustRead(holder.id, ledger)
  const bodies: EventBody[] = [
    { type: 'took-over', from: holder.id, by },
    {
      type: 'ended',
      status: holder.acted ? 'FAILED' : 'CANCELLED',
      reason: 'superseded',
      message: `taken over by ${by}`
    }
  ]
  return changeFrom(stored, bodies, ledger, shop.clock.now().toISOString())
}

/** Joins or resumes an execution that is there: the same journal, a new process, and the environment again if it was freed. */
export async function goOn(
  { record, do: how }: Extract<Opening, { do: 'join' | 'resume' }>,
  ledger: Ledger,
  shop: Shop,
  survey: Survey,
  tries = 3
): Promise<Journal> {
  const stored = await mustRead(record.id, ledger)
  const again = !stored.record.holdsEnvironment && stored.record.purpose !== 'observe'
  const holding = again ? { ...stored.record, holdsEnvironment: true, token: survey.nextToken } : stored.record
  const journal = openAgain({ ...stored, record: holding }, ledger, shop)
  const joined = {
    type: 'joined',
    process: await shop.liveness.self(),
    why: how === 'resume' ? 'resume' : 'stage',
    ...evidenceOf(shop)
  } as const
  try {
    await journal.commit(joined)
  } catch (fault) {
    // Whoever was told meanwhile that nobody reacts, stands in nobody's way.
    if (tries <= 1 || !(await isOnlyTold(stored, ledger))) throw fault
    return await goOn({ record, do: how }, ledger, shop, survey, tries - 1)
  }
  shop.herald.attend(journal)
  if (how === 'resume') await endLeftChecks(stored, shop)
  return journal
}

/** The journal of an execution that another process began: whoever watches learns what its plan is. */
export function openAgain(stored: Stored, ledger: Ledger, shop: Shop): Journal {
  const { record, events } = stored
  const journal = openJournal(startFrom(stored), journalPorts(ledger, shop))
  shop.opened(record)
  if (events[0] !== undefined) shop.terminal.seen(events[0], record)
  return journal
}

/** Whether nothing was written since but that somebody was told. */
async function isOnlyTold({ record: { id }, events }: Stored, ledger: Ledger): Promise<boolean> {
  const since = (await ledger.read(id))?.events.slice(events.length) ?? []
  return since.length > 0 && since.every(({ body }) => body.type === 'told')
}

export async function mustRead(id: string, ledger: Ledger): Promise<Stored> {
  const stored = await ledger.read(id)
  if (stored !== undefined) return stored
  throw refused('ledger_broken', `the ledger names ${id} but cannot show it`, 'Run `deploy-checklist verify`.')
}

/** What a journal of this process is opened with. */
export const journalPorts = (ledger: Ledger, { clock, redactor, terminal, told }: Shop) => ({
  ledger,
  clock,
  redactor,
  observers: [terminal, { seen: (event: Event) => void told.push(event) }]
})
