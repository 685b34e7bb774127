import type { EventBody } from '../events.js'
import type { Finding, PlannedItem } from '../item.js'
import { type ForwardStage, STAGES, type StageName } from '../stages.js'
import { blocks } from './decide.js'
import type { Journal } from './journal.js'
import { isOver } from './limits.js'
import { readSpec } from './read-spec.js'
import { type Bench, runItem, unlessCancelled, type Workshop } from './run-item.js'
import { deedKey, mayRunAgain } from './state.js'

const SIDE_BY_SIDE = 10

/** What runs a stage: where it works, with what, and for whom it writes. */
export type Shift = Readonly<{ bench: Bench; workshop: Workshop; journal: Journal }>

/** Runs what is not settled yet of a stage and writes its end. Whether it passed is in the journal. */
export async function runStage(stage: ForwardStage, shift: Shift): Promise<void> {
  const { journal, workshop } = shift
  const began = workshop.clock.now().getTime()
  if (journal.state.stages.get(stage) === undefined) journal.keep({ type: 'stage-started', stage })
  const passed = await runItems(journal.state.plan.stages[stage], shift, STAGES[stage].settlesAll)
  // Cancelled in the middle: the stage did not end, it was left.
  if (workshop.signal.aborted) return await journal.commit()
  const ended = { type: 'stage-ended', stage, passed, durationMs: workshop.clock.now().getTime() - began } as const
  // That a stage without items is over tells nobody anything: it rides along with the next write.
  if (journal.state.plan.stages[stage].length === 0) journal.keep(ended)
  else await journal.commit(ended)
}

/** True when nothing blocks. Items keep their order; neighbours that only look run side by side. */
export async function runItems(items: readonly PlannedItem[], shift: Shift, settlesAll: boolean): Promise<boolean> {
  let passed = true
  for (const group of groups(items, shift)) {
    if (shift.workshop.signal.aborted) return false
    await sideBySide(group, item => settle(item, shift))
    if (group.some(item => blocksNow(item, shift))) passed = false
    if (!passed && !settlesAll) return false
  }
  return passed
}

const blocksNow = (item: PlannedItem, { bench, journal }: Shift): boolean => {
  const deed = journal.state.deeds.get(deedKey(bench.stage, item.id, 'run'))
  return deed === undefined || blocks(item, deed)
}

/** Consecutive items that may share time; an action, a barrier or a time assertion is a group of its own. */
function groups(items: readonly PlannedItem[], { workshop }: Shift): readonly (readonly PlannedItem[])[] {
  const result: PlannedItem[][] = []
  let open: PlannedItem[] | undefined
  for (const item of items) {
    const together = turnOf(item, workshop) === 'together'
    if (together && open !== undefined) open.push(item)
    else result.push([item])
    open = together ? result.at(-1) : undefined
  }
  return result
}

function turnOf(item: PlannedItem, { kinds }: Workshop): 'together' | 'barrier' | 'alone' {
  const kind = kinds.get(item.kind)
  const parsed = kind && readSpec(kind, item.spec)
  if (kind === undefined || parsed?.success !== true || item.effect === 'action') return 'barrier'
  return kind.turn(parsed.data)
}

async function sideBySide(items: readonly PlannedItem[], work: (item: PlannedItem) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item)
  }
  await Promise.all(Array.from({ length: Math.min(SIDE_BY_SIDE, items.length) }, worker))
}

/** One item: what is settled stays settled; an action's intent is durable before it starts. */
async function settle(item: PlannedItem, shift: Shift): Promise<void> {
  const { journal, bench, workshop } = shift
  const before = journal.state.deeds.get(deedKey(bench.stage, item.id, 'run'))
  if (before?.settled !== undefined && !mayRunAgain(before)) return
  const attempt = (before?.attempt ?? 0) + 1
  if (isOver(bench, workshop.clock))
    return journal.keep(outcomeOf(tooLate, { stage: bench.stage, item: item.id, attempt, deed: 'run' }, 0))
  const acts = item.effect === 'action' && item.skip === undefined
  if (acts) {
    const { ahead } = bench.view
    const named = { stage: bench.stage, item: item.id, target: '', attempt, deed: 'run' } as const
    await journal.commit({ type: 'intent', ...named, ...(ahead && { ahead }) })
  }
  const began = workshop.clock.now().getTime()
  const finding = acts ? await act(item, shift) : await runItem(item, bench, workshop, journal)
  // A check that was cut off by a cancel has concluded nothing.
  if (workshop.signal.aborted && !acts && finding.outcome !== 'pass') return
  journal.keep(
    outcomeOf(
      finding,
      { stage: bench.stage, item: item.id, attempt, deed: 'run' },
      workshop.clock.now().getTime() - began
    )
  )
  if (acts && !isWrittenNext(item, shift)) await journal.commit()
}

async function act(item: PlannedItem, { bench, workshop, journal }: Shift): Promise<Finding> {
  // The cancel came while the intent was written.
  if (workshop.signal.aborted) return notBegun
  return unlessCancelled(await runItem(item, bench, workshop, journal), workshop)
}

const notBegun: Finding = {
  outcome: 'unknown',
  detail: 'cancelled before it began',
  reason: 'cancelled',
  evidence: { took: 'no-effect' }
}

const tooLate: Finding = {
  outcome: 'fail',
  detail: 'not begun: the time of its stage was over',
  hint: 'Raise the stage in `timeouts`, or find out what took so long.'
}

// One durable write for this outcome together with the next action's intent, or with the stage's end: nothing lies
// between the two. An action that is skipped, or was settled before, writes no intent.
function isWrittenNext(item: PlannedItem, { bench, journal }: Shift): boolean {
  if (bench.stage === 'rollback') return false
  const items = journal.state.plan.stages[bench.stage]
  const next = items[items.findIndex(({ id }) => id === item.id) + 1]
  if (next === undefined) return true
  const deedOf = ({ id }: PlannedItem) => journal.state.deeds.get(deedKey(bench.stage, id, 'run'))
  const begins = next.effect === 'action' && next.skip === undefined && deedOf(next)?.settled === undefined
  return begins && deedOf(item)?.settled?.outcome === 'pass'
}

type Named = Readonly<{ stage: StageName; item: string; attempt: number; deed: 'run' | 'undo' }>

/** A finding as the journal keeps it: without its captures, which may be secrets. */
export function outcomeOf(finding: Finding, named: Named, durationMs: number): Extract<EventBody, { type: 'outcome' }> {
  const { captures: _, hint = '', ...rest } = finding
  return { type: 'outcome', target: '', ...named, ...rest, hint, durationMs }
}
