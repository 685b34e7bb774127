import { type Checkpoint, consequenceOf, namesOf, replaces, toWatch } from '../core/checkpoints.js'
import { benchFor, liveOf } from '../core/engine/bench.js'
import { openScratchJournal } from '../core/engine/journal.js'
import { runItems } from '../core/engine/run-stage.js'
import { planOf, startOf } from '../core/engine/state.js'
import { ChecklistError, refused } from '../core/errors.js'
import { type ExecutionRecord, isEnded } from '../core/execution.js'
import type { Plan } from '../core/plan.js'
import type { Ledger, Stored } from '../core/ports.js'
import { byMoment } from '../core/text.js'
import { formatDuration } from '../core/units.js'
import { addAfterEnd } from './after-end.js'
import { mustBeAskedFor } from './asked-for.js'
import { mustRead } from './begin.js'
import { catchUp, type Followed, follow, owedBy } from './consequence.js'
import { tellCheckpoints } from './deployment-end.js'
import { demandValues } from './guards.js'
import { recordsOf } from './records.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'
import { find } from './views.js'
import { maskSecrets, workshopFor } from './workshop.js'

/** What came of the due checkpoints. */
export type Watched = Followed &
  Readonly<{
    execution: string
    checkpoints: readonly Checkpoint[]
    /** The one that comes next, where none is due. */
    next?: ExecutionRecord['due'][number] | undefined
  }>

const nextOf = ({ due }: ExecutionRecord) => [...due].sort((a, b) => byMoment(a.dueAt, b.dueAt))[0]

/**
 * Runs every checkpoint that is due, those that a late schedule missed too, with the lateness recorded. Void once a newer
 * execution stands. What fails pages a person or rolls back, once, as the checklist says; what an earlier look has left of
 * that comes first.
 */
export async function monitor(request: Request, shop: Shop): Promise<Watched> {
  const ledger = await shop.ledger()
  const stored = await watched(request, ledger, shop)
  const { record } = stored
  const plan = planOf(stored.events)
  const scene = { request, ledger, shop }
  const now = shop.clock.now()
  const due = record.due.filter(({ dueAt }) => Date.parse(dueAt) <= now.getTime())
  if (due.length === 0 && record.owed === undefined)
    return { execution: record.id, checkpoints: [], next: nextOf(record) }
  maskSecrets(plan, shop)
  const { to } = consequenceOf(plan, request.onFailure)
  demandValues(to === 'rollback' ? plan : onlyLooking(plan), ['monitor'], shop, record.id)
  if (record.owed !== undefined) {
    const found = await catchUp(stored, scene)
    return found === undefined ? leftTo(record) : { execution: record.id, ...found }
  }
  // Late ones are answered by one look: the same items at the same moment would say the same thing twice.
  const found = await look(stored, shop)
  const { passed } = found
  const checkpoints = due.map(({ checkpoint, dueAt }): Checkpoint => {
    const lateMs = now.getTime() - Date.parse(dueAt)
    return { type: 'checkpoint', checkpoint, dueAt, lateMs, ...found }
  })
  const owed = passed ? [] : [await owedBy(shop, to)]
  const isDue = (stands: ExecutionRecord) =>
    stands.owed === undefined && due.every(each => stands.due.some(left => left.checkpoint === each.checkpoint))
  const added = await addAfterEnd(
    record.id,
    each => (isDue(each.record) ? [...checkpoints, ...owed] : []),
    ledger,
    shop
  )
  if (added.length === 0) return leftTo(record)
  const tell = () => tellCheckpoints(record.id, passed, namesOf(checkpoints), { wish: request, ledger, shop })
  // GitHub's last word of what is rolled back is the rollback's; of everything else it has the last head.
  if (to === 'rollback') await tell()
  const followed = passed ? {} : await follow(stored, checkpoints, scene)
  if (to !== 'rollback') await tell()
  return { execution: record.id, checkpoints, ...followed }
}

/** Two looked at once, or what failed is being seen to: one of them is enough. */
const leftTo = ({ id }: ExecutionRecord): Watched => ({
  execution: id,
  checkpoints: [],
  said: `Another process sees to what is due of ${id}.`
})

/** What the undos need is demanded of whoever runs them. */
const onlyLooking = (plan: Plan): Plan => ({ ...plan, monitor: plan.monitor && { ...plan.monitor, onFailure: 'page' } })

/**
 * A step of the action with `stage: monitor` and an execution means the due checkpoints of one that has ended; of one that
 * is open it is the stage itself.
 */
export async function isForDue({ surface, stage, execution }: Request, shop: Shop): Promise<boolean> {
  if (surface !== 'action' || stage !== 'monitor' || execution === '') return false
  if (execution === 'newest') return true
  const stored = await (await shop.ledger()).read(execution)
  return stored !== undefined && isEnded(stored.record) && toWatch([stored.record]).length > 0
}

/** The newest deployment that succeeded and has something due; a newer one that acted makes it void. */
async function watched(request: Request, ledger: Ledger, shop: Shop): Promise<Stored> {
  if (request.execution !== '' && request.execution !== 'newest') {
    const named = await find(request, shop)
    await mustBeAskedFor(named.record, request, shop)
    return await standing(named, ledger)
  }
  const { repository } = await shop.identity()
  const { environment } = request
  const { records } = await ledger.list(
    { key: environment === '' ? { repository } : { repository, environment } },
    { limit: 100 }
  )
  const found = onlyOne(toWatch(records))
  if (found !== undefined) return await mustRead(found.id, ledger)
  const newest = records.find(({ purpose }) => purpose === 'deploy')
  if (newest === undefined)
    throw refused('usage', `nothing was deployed here yet (${ledger.name})`, 'Start with `deploy-checklist run`.')
  const { owed: _, ...record } = newest
  // What is void is not to come any more.
  return { ...(await mustRead(newest.id, ledger)), record: { ...record, due: [] } }
}

/** One environment at a time, so that none is forgotten. */
function onlyOne(waiting: readonly ExecutionRecord[]): ExecutionRecord | undefined {
  const names = new Set(waiting.map(({ key }) => key.environment))
  if (names.size <= 1) return waiting[0]
  throw refused(
    'usage',
    `checkpoints are still to come on ${[...names].join(', ')}, and it is not said which are meant`,
    'Say which with --environment.'
  )
}

async function standing(stored: Stored, ledger: Ledger): Promise<Stored> {
  const { record } = stored
  for await (const newer of recordsOf(ledger, { key: record.key })) {
    if (newer.number <= record.number) break
    if (replaces(newer, record))
      throw refused(
        'superseded',
        `the checkpoints of ${record.id} are void: ${newer.id} stands`,
        'Nothing has to be done.'
      )
  }
  return stored
}

async function look({ record, events, head }: Stored, shop: Shop): Promise<Pick<Checkpoint, 'passed' | 'results'>> {
  const plan = planOf(events)
  const { clock, redactor, terminal, host } = shop
  const journal = openScratchJournal(
    { state: startOf(plan), record, head, seq: 0 },
    { clock, redactor, observers: [terminal] }
  )
  const workshop = workshopFor(plan, shop)
  const errand = { folder: host.folder, acceptedLoss: [] }
  const bench = benchFor('monitor', journal, workshop, errand, { plan, live: liveOf(plan) })
  const passed = await runItems(plan.stages.monitor, { bench, workshop, journal }, true)
  // What was cut off in the middle has found nothing.
  if (shop.signal.aborted)
    throw new ChecklistError('CANCELLED', 'cancelled', {
      message: 'it was cancelled while it looked, and nothing was recorded',
      hint: 'What is due is looked at by the next one.'
    })
  const results = plan.stages.monitor.map(({ id }) => {
    const settled = journal.state.deeds.get(`monitor|${id}|run`)?.settled
    return { item: id, outcome: settled?.outcome ?? 'error', detail: settled?.detail ?? 'it was not run' }
  })
  return { passed, results }
}

/** One line per checkpoint, for people. */
export function watchedText({ execution, checkpoints, next, said }: Watched): string {
  const lines = checkpoints.map(
    ({ checkpoint, passed, lateMs }) =>
      `${checkpoint} of ${execution}: ${passed ? 'passed' : 'FAILED'}, ${formatDuration(lateMs)} after it was due`
  )
  const told = said === undefined ? lines : [...lines, said]
  if (told.length > 0) return told.join('\n')
  const then = next === undefined ? 'none is to come' : `the next one is ${next.checkpoint}, at ${next.dueAt}`
  return `No checkpoint of ${execution} is due; ${then}.`
}

/** Not due, passed or failed, as an exit status. */
export const watchedStatus = ({ checkpoints }: Watched): ExecutionRecord['status'] =>
  checkpoints.every(({ passed }) => passed) ? 'SUCCESS' : 'FAILED'
