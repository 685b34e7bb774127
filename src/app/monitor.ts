import { consequenceOf } from '../core/checkpoints.js'
import { benchFor, builtIns, liveOf } from '../core/engine/bench.js'
import { openScratchJournal } from '../core/engine/journal.js'
import { page } from '../core/engine/page.js'
import { runItems } from '../core/engine/run-stage.js'
import { planOf, startOf } from '../core/engine/state.js'
import { refused } from '../core/errors.js'
import type { EventBody } from '../core/events.js'
import { type ExecutionRecord, isEnded } from '../core/execution.js'
import { wayBackOf } from '../core/notify/message.js'
import type { Plan } from '../core/plan.js'
import type { Ledger, Stored } from '../core/ports.js'
import { byMoment } from '../core/text.js'
import { formatDuration } from '../core/units.js'
import { addAfterEnd } from './after-end.js'
import { invocationOf } from './answer.js'
import { mustRead } from './begin.js'
import { tellCheckpoints } from './deployment-end.js'
import { demandValues } from './guards.js'
import { recordsOf } from './records.js'
import type { Request } from './request.js'
import { rollback } from './rollback.js'
import type { Shop } from './shop.js'
import { find, resultFor } from './views.js'
import { maskSecrets, workshopFor } from './workshop.js'

type Checkpoint = Extract<EventBody, { type: 'checkpoint' }>

/** What came of the due checkpoints; `rolledBack` is the rollback that the checklist asked for. */
export type Watched = Readonly<{
  execution: string
  checkpoints: readonly Checkpoint[]
  rolledBack?: string
  /** The checklist asks for a rollback, and another job makes it. */
  handedOver?: boolean
  /** What more there is to say of what failed. */
  said?: string
  /** The one that comes next, where none is due. */
  next?: ExecutionRecord['due'][number] | undefined
}>

const nextOf = ({ due }: ExecutionRecord) => [...due].sort((a, b) => byMoment(a.dueAt, b.dueAt))[0]

/**
 * Runs every checkpoint that is due, those that a late schedule missed too, with the lateness recorded. Void once a newer
 * execution stands. What fails pages a person or rolls back, once, as the checklist says.
 */
export async function monitor(request: Request, shop: Shop): Promise<Watched> {
  const ledger = await shop.ledger()
  const stored = await watched(request, ledger, shop)
  const { record } = stored
  const plan = planOf(stored.events)
  const now = shop.clock.now()
  const due = record.due.filter(({ dueAt }) => Date.parse(dueAt) <= now.getTime())
  if (due.length === 0) return { execution: record.id, checkpoints: [], next: nextOf(record) }
  maskSecrets(plan, shop)
  const { to, why } = consequenceOf(plan, request.onFailure)
  demandValues(to === 'rollback' ? plan : onlyLooking(plan), ['monitor'], shop, record.id)
  // Late ones are answered by one look: the same items at the same moment would say the same thing twice.
  const results = await look(stored, shop)
  const passed = results.every(({ outcome }) => outcome === 'pass' || outcome === 'degraded' || outcome === 'skip')
  const checkpoints = due.map(
    ({ checkpoint, dueAt }): Checkpoint => ({
      type: 'checkpoint',
      checkpoint,
      dueAt,
      lateMs: now.getTime() - Date.parse(dueAt),
      passed,
      results
    })
  )
  await addAfterEnd(record.id, checkpoints, ledger, shop)
  const names = due.map(({ checkpoint }) => checkpoint).join(', ')
  await tellCheckpoints(record.id, passed, names, { wish: request, ledger, shop })
  if (passed) return { execution: record.id, checkpoints }
  const message = `${names}: ${results
    .filter(({ outcome }) => outcome !== 'pass')
    .map(({ item, detail }) => `${item} (${detail})`)
    .join('; ')}`
  if (to === 'hand-over') return { execution: record.id, checkpoints, handedOver: true }
  if (to === 'page') {
    const said = why && `${why}: ${wayBackOf(await resultFor(stored, ledger, invocationOf(request, shop)))}`
    await callPerson(stored, said === undefined ? message : `${message}; ${said}`, shop)
    return { execution: record.id, checkpoints, ...(said && { said }) }
  }
  const rolledBack = await rollback(
    { ...request, surface: 'cli', execution: record.id, because: `checkpoint ${message}` },
    shop
  )
  return { execution: record.id, checkpoints, rolledBack }
}

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
  return stored !== undefined && isEnded(stored.record) && stored.record.due.length > 0
}

/** The newest deployment that succeeded and has something due; a newer one that acted makes it void. */
async function watched(request: Request, ledger: Ledger, shop: Shop): Promise<Stored> {
  if (request.execution !== '' && request.execution !== 'newest')
    return await standing(await find(request, shop), ledger)
  const { repository } = await shop.identity()
  const { environment } = request
  const { records } = await ledger.list(
    { key: environment === '' ? { repository } : { repository, environment } },
    { limit: 100 }
  )
  const found = onlyOne(records) ?? records.find(({ purpose }) => purpose === 'deploy')
  if (found === undefined)
    throw refused('usage', `nothing was deployed here yet (${ledger.name})`, 'Start with `deploy-checklist run`.')
  return await standing(await mustRead(found.id, ledger), ledger)
}

/** The newest one that has something due; one environment at a time, so that none is forgotten. */
function onlyOne(records: readonly ExecutionRecord[]): ExecutionRecord | undefined {
  const waiting = records.filter(
    ({ purpose, due, rolledBack }) => purpose === 'deploy' && due.length > 0 && !rolledBack
  )
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
  for await (const { id, number, purpose, acted } of recordsOf(ledger, { key: record.key })) {
    if (number <= record.number) break
    if (acted && purpose !== 'observe')
      throw refused('superseded', `the checkpoints of ${record.id} are void: ${id} stands`, 'Nothing has to be done.')
  }
  return stored
}

async function look({ record, events, head }: Stored, shop: Shop): Promise<Checkpoint['results']> {
  const plan = planOf(events)
  const { clock, redactor, terminal, host } = shop
  const journal = openScratchJournal(
    { state: startOf(plan), record, head, seq: 0 },
    { clock, redactor, observers: [terminal] }
  )
  const workshop = workshopFor(plan, shop)
  const errand = { folder: host.folder, acceptedLoss: [] }
  const bench = benchFor('monitor', journal, workshop, errand, { plan, live: liveOf(plan) })
  await runItems(plan.stages.monitor, { bench, workshop, journal }, true)
  return plan.stages.monitor.map(({ id }) => {
    const settled = journal.state.deeds.get(`monitor|${id}|run`)?.settled
    return { item: id, outcome: settled?.outcome ?? 'error', detail: settled?.detail ?? 'it was not run' }
  })
}

/** A failed checkpoint pages as a failed run does, with the same names. */
async function callPerson({ record, events }: Stored, message: string, shop: Shop): Promise<void> {
  const plan = planOf(events)
  const workshop = workshopFor(plan, shop)
  const names = workshop.values(plan, builtIns(record.id, plan.key.environment, liveOf(plan)))
  const said = shop.redactor.redact(message)
  await page({ text: plan.monitor?.page, folder: shop.host.folder, names, message: said }, workshop)
}

/** One line per checkpoint, for people. */
export const watchedText = ({ execution, checkpoints, next, said }: Watched): string =>
  checkpoints.length === 0
    ? `No checkpoint of ${execution} is due; ${next === undefined ? 'none is to come' : `the next one is ${next.checkpoint}, at ${next.dueAt}`}.`
    : [
        ...checkpoints.map(
          ({ checkpoint, passed, lateMs }) =>
            `${checkpoint} of ${execution}: ${passed ? 'passed' : 'FAILED'}, ${formatDuration(lateMs)} after it was due`
        ),
        ...(said === undefined ? [] : [said])
      ].join('\n')

/** Not due, passed or failed, as an exit status. */
export const watchedStatus = ({ checkpoints }: Watched): ExecutionRecord['status'] =>
  checkpoints.every(({ passed }) => passed) ? 'SUCCESS' : 'FAILED'
