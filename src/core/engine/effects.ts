import type { Finding, ItemContext, PlannedItem, Probe } from '../item.js'
import { isObject } from '../json.js'
import type { Interview, Leftover, Leftovers } from '../ports.js'
import { type Limit, limitOf, timeoutOf, withLimit } from './limits.js'
import { contextOf, fill, guarded } from './run-item.js'
import { outcomeOf, type Shift } from './run-stage.js'
import { type DeedState, isOpen } from './state.js'

/** Whom the engine asks when an earlier process died in the middle of an action. */
export type Witnesses = Readonly<{ leftovers: Leftovers; interview: Interview }>

const LOOK_AGAIN_MS = 250
const PROBE_TIMEOUT_MS = 60_000

/**
 * Finds out about actions that an earlier process did not finish: first what still lives of them ends, then their probe,
 * a sign-off or a person says whether they took effect. What stays unknown is never repeated. True when all are settled.
 */
export async function settleDeeds(deeds: readonly DeedState[], shift: Shift, witnesses: Witnesses): Promise<boolean> {
  let all = true
  for (const deed of deeds) {
    if (deed.settled === undefined) await shift.journal.commit(interrupted(deed))
    const probe = await tookEffect(deed, shift, witnesses)
    if (shift.workshop.signal.aborted) return false
    const finding = await finished(deed, probe, shift)
    if (shift.workshop.signal.aborted) return false
    await shift.journal.commit(outcomeOf(finding, named(deed), 0))
    if (isOpen(finding)) all = false
  }
  return all
}

const interrupted = (deed: DeedState) =>
  outcomeOf({ outcome: 'unknown', detail: 'its process ended before it could say how it went' }, named(deed), 0)

const named = ({ stage, item, attempt, deed }: DeedState) => ({ stage, item, attempt, deed })

function findingOf({ took, detail, finding, reason }: Probe): Finding {
  if (took === 'unknown') return { outcome: 'unknown', detail, ...(reason && { reason }) }
  const part = finding?.migration === undefined ? {} : { migration: finding.migration }
  if (took === 'no-effect') return { outcome: 'unknown', detail, evidence: { took }, ...part }
  return finding ?? { outcome: 'pass', detail, evidence: { took } }
}

/** What the deed came to: one that took effect passes only with what its kind asserts after it, such as its health. */
async function finished(deed: DeedState, probe: Probe, shift: Shift): Promise<Finding> {
  const item = itemOf(deed, shift)
  const judged = probe.took !== 'effect' || probe.finding !== undefined || deed.deed === 'undo'
  const seen = judged || item === undefined ? undefined : await afterEffect(item, deed, shift)
  if (seen === undefined) return findingOf(probe)
  const detail = [probe.detail, seen.detail].filter(text => text !== '').join('; ')
  return { ...seen, detail, ...(seen.outcome !== 'unknown' && { evidence: { ...seen.evidence, took: probe.took } }) }
}

const afterEffect = (item: PlannedItem, deed: DeedState, shift: Shift): Promise<Finding | undefined> =>
  ask<Finding | undefined>(item, deed, shift, {
    within: limitOf(item, shift.bench, shift.workshop.clock),
    broke: notSeen,
    look: async context => {
      const kind = shift.workshop.kinds.get(item.kind)
      if (kind?.finish === undefined) return undefined
      const filled = fill(item, kind, shift.bench)
      return 'outcome' in filled ? notSeen(filled.detail) : await kind.finish(filled.spec, context)
    }
  })

const notSeen = (why: string): Finding => ({
  outcome: 'unknown',
  detail: `it took effect, and what has to hold after it could not be looked at: ${why}`
})

/** Whether a deed took effect. An undo took effect when its item's effect is gone. */
export async function tookEffect(deed: DeedState, shift: Shift, witnesses: Witnesses): Promise<Probe> {
  const item = itemOf(deed, shift)
  if (item === undefined) return unknown(`${deed.item} is not in the plan`)
  const alive = await outlived(item, deed, shift, witnesses.leftovers)
  if (alive !== undefined) return { ...unknown(alive), reason: 'still_running' }
  const said = fromSignOff(deed, shift)
  if (said !== undefined) return said
  const probe = await probed(item, deed, shift)
  if (probe.took !== 'unknown') return probe
  return (await asked(item, deed, shift, witnesses.interview)) ?? probe
}

const unknown = (detail: string): Probe => ({ took: 'unknown', detail })

export function itemOf({ item, stage }: DeedState, { journal }: Shift): PlannedItem | undefined {
  const { stages } = journal.state.plan
  const all = Object.values(stages).flat()
  return (
    (stage === 'rollback' ? undefined : stages[stage].find(({ id }) => id === item)) ??
    all.find(({ id }) => id === item)
  )
}

/** Waits for what is alive of the item, as long as the item may take; says what lives on after that. */
async function outlived(
  item: PlannedItem,
  { notes, deed }: DeedState,
  { journal, workshop }: Shift,
  leftovers: Leftovers
): Promise<string | undefined> {
  const until = workshop.clock.now().getTime() + timeoutOf(item)
  // A rollback by hand is an execution of its own: its undos bear its mark, what they undo bears the other's.
  const { id, undoesExecutionId } = journal.record
  const execution = deed === 'run' && undoesExecutionId !== '' ? undoesExecutionId : id
  for (let said = false; ; said = true) {
    const alive = (await leftovers.find(execution)).filter(
      found => found.item === item.id && isTheProgram(found, notes)
    )
    const pids = alive.map(({ pid }) => pid).join(', ')
    if (alive.length === 0) return undefined
    if (workshop.signal.aborted || workshop.clock.now().getTime() > until) return `still running: process ${pids}`
    if (!said) workshop.say(item.id, `waiting for what an earlier process left running (process ${pids})`)
    await workshop.clock.sleep(LOOK_AGAIN_MS, workshop.signal)
  }
}

/**
 * A service that the item started bears its marks too and never ends. Where the journal does not say which one the
 * program itself is, everything that leads a group counts.
 */
export function isTheProgram({ pid, startedAt, leads }: Leftover, notes: DeedState['notes']): boolean {
  const noted = notes.findLast(note => isObject(note['program']))?.['program']
  return isObject(noted) ? noted['pid'] === pid && noted['startedAt'] === startedAt : leads
}

const DONE = /^(done|yes)\b/i
const AGAIN = /^(again|not done|no)\b/i

function fromSignOff(deed: DeedState, { journal }: Shift): Probe | undefined {
  const signed = journal.state.signOffs
    .slice(deed.signOffsBefore)
    .findLast(({ item, words }) => item === deed.item && (DONE.test(words) || AGAIN.test(words)))
  if (signed === undefined) return undefined
  const took = DONE.test(signed.words) ? 'effect' : 'no-effect'
  return { took, detail: `${signed.who} says: ${signed.words}` }
}

/** The kind's own knowledge, else the item's `probe`: exit 0 means that it took effect, 1 that it did not. */
async function probed(item: PlannedItem, deed: DeedState, shift: Shift): Promise<Probe> {
  const broke = (why: string) => unknown(`its probe broke: ${why}`)
  const seen = await ask(item, deed, shift, {
    within: { ms: PROBE_TIMEOUT_MS },
    broke,
    look: at => lookAt(item, shift, at)
  })
  return deed.deed === 'run' ? seen : inverse(seen)
}

type Question<T> = Readonly<{ within: Limit; look(context: ItemContext): Promise<T>; broke(why: string): T }>

/** Looks at an interrupted deed, in so much time; what that throws is no verdict on the deed. */
async function ask<T>(
  item: PlannedItem,
  deed: DeedState,
  shift: Shift,
  { within, look, broke }: Question<T>
): Promise<T> {
  const { bench, workshop, journal } = shift
  const limit = withLimit(workshop.signal, within, workshop.clock)
  try {
    // The notes are the deed's own: for a rollback by hand they stand in another journal than the one that is written.
    return await look({ ...contextOf(item, deed.deed, bench, workshop, journal, limit.signal), notes: deed.notes })
  } catch (error) {
    return broke((await guarded(workshop, item.id, () => Promise.reject(error))).detail)
  } finally {
    limit.done()
  }
}

async function lookAt(item: PlannedItem, shift: Shift, context: ItemContext): Promise<Probe> {
  if (item.probe !== undefined) return await byCommand(item.probe, item, shift, context.signal)
  const kind = shift.workshop.kinds.get(item.kind)
  const filled = kind === undefined ? undefined : fill(item, kind, shift.bench)
  if (kind?.probe === undefined || filled === undefined || 'outcome' in filled)
    return unknown(`${item.id} has no probe`)
  return await kind.probe(filled.spec, context)
}

// A command and a kind know of the item's effect only: its undo took effect when that is gone.
function inverse({ took, detail }: Probe): Probe {
  if (took === 'unknown') return { took, detail }
  return { took: took === 'effect' ? 'no-effect' : 'effect', detail }
}

async function byCommand(
  text: string,
  item: PlannedItem,
  { bench, workshop }: Shift,
  signal: AbortSignal
): Promise<Probe> {
  const exit = await workshop.shell.run({
    what: { text, shell: 'sh' },
    env: { ...workshop.baseEnv, ...bench.names, DEPLOY_ITEM: item.id },
    folder: bench.view.folder,
    timeoutMs: PROBE_TIMEOUT_MS,
    signal,
    onAbort: 'end',
    onLine: line => workshop.say(item.id, line)
  })
  const detail = `its probe ended with ${exit.code}`
  if (exit.kind !== 'exited' || exit.code > 1) return unknown(detail)
  return { took: exit.code === 0 ? 'effect' : 'no-effect', detail }
}

async function asked(
  item: PlannedItem,
  { deed }: DeedState,
  { workshop }: Shift,
  interview: Interview
): Promise<Probe | undefined> {
  const text = `${deed === 'undo' ? 'The undo of ' : ''}${item.id} was interrupted. Did it take effect?`
  const answer = await interview.ask({ item: item.id, text, by: undefined, signal: workshop.signal })
  if (answer === undefined) return undefined
  return { took: answer.agrees ? 'effect' : 'no-effect', detail: `${answer.who} says: ${answer.words}` }
}
