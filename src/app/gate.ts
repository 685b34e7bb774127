import type { Checklist, GateRules } from '../core/checklist.js'
import { NO_RULES } from '../core/checklist.js'
import type { ChecklistError } from '../core/errors.js'
import { gateSeen } from '../core/evidence.js'
import { judgeGate } from '../core/gate/judge.js'
import { asksGitHub, demandsOf } from '../core/gate/settings.js'
import type { GateFacts, Objection, OnDefaultBranch } from '../core/ports.js'
import { sayWeakenings, weakenings } from '../core/weakened/weakened.js'
import type { Weakening } from '../core/weakened/weakening.js'
import { PLACES } from './find-checklist.js'
import { refuseAll } from './guards.js'
import { nameOf } from './identity.js'
import type { Prepared } from './prepare.js'
import type { Shop } from './shop.js'

/** What the default branch demands: nobody lowers the gate by the very commit that has to pass it. */
type Demanded = Readonly<{ kind: 'read'; checklist: Checklist }> | Exclude<OnDefaultBranch, Readonly<{ kind: 'read' }>>

type Known = Pick<Prepared, 'file' | 'checklist' | 'key'>

/**
 * Whether GitHub enforces less than this checklist promises, or than that of the default branch does. `ref` is what the run
 * was started for, or empty where nothing would be deployed.
 */
export async function closedByGate(known: Known, ref: string, shop: Shop): Promise<ChecklistError | undefined> {
  return refuseAll(await gateObjections(known, ref, shop))
}

export async function gateObjections(known: Known, ref: string, shop: Shop): Promise<readonly Objection[]> {
  const demanded = await demandedBy(known, shop)
  const { environment } = known.key
  const own = gateOf(known.checklist, environment)
  const theirs = demanded.kind === 'read' ? gateOf(demanded.checklist, environment) : {}
  const asks = asksGitHub(own) || asksGitHub(theirs)
  const demands = demandsOf(own, theirs)
  if (Object.keys(demands).length > 0) shop.seen.demands = demands
  const facts: GateFacts = asks ? await shop.gate.read(environment) : { kind: 'unreadable', why: '', hint: '' }
  if (asks) shop.seen.gate = gateSeen(facts)
  const found = [...judgeGate(own, facts, ref), ...judgeGate(theirs, facts, ref)]
  const lowered = theirs.reviewers === 'sign-off' && own.reviewers === undefined
  return [
    ...found.filter(({ message }, index) => found.findIndex(other => other.message === message) === index),
    ...(lowered ? [withoutSignOff(environment)] : []),
    ...(demanded.kind === 'unreadable' && isMissed(demanded, own) ? [unknownDemands(demanded)] : [])
  ]
}

/**
 * Where nothing is promised here, and nothing can be known of there, there is nothing to hold GitHub to. But what only does
 * not answer now may promise something: that passes, and is asked again.
 */
const isMissed = ({ reason }: Extract<GateFacts, { kind: 'unreadable' }>, own: GateRules): boolean =>
  reason === 'github_unavailable' || Object.keys(own).length > 0

const gateOf = ({ environments }: Checklist, environment: string) => (environments[environment] ?? NO_RULES).gate ?? {}

const withoutSignOff = (environment: string): Objection => ({
  reason: 'gate_too_weak',
  message: `the default branch demands a second person's sign-off for ${environment}; the checklist of this commit does not`,
  hint: 'Keep `reviewers: sign-off` in the checklist, or take it out on the default branch first, where others see it.'
})

const unknownDemands = ({ why, hint, reason = 'gate_unreadable' }: Extract<GateFacts, { kind: 'unreadable' }>) => ({
  reason,
  message: `what the default branch demands cannot be read: ${why}`,
  hint
})

async function demandedBy({ file, key }: Known, shop: Shop): Promise<Demanded> {
  const own = await readThere(file, shop)
  if (own.kind !== 'absent' || shop.defaultBranch === undefined) return own
  // One that has only moved is held to what it was.
  const elsewhere = await Promise.all(PLACES.filter(place => place !== file).map(place => readThere(place, shop)))
  const name = key.checklist
  const moved = elsewhere.find(
    found => found.kind === 'read' && (found.checklist.name ?? nameOf(key.repository)) === name
  )
  return moved ?? own
}

async function readThere(file: string, { defaultBranch, kinds }: Shop): Promise<Demanded> {
  const found = (await defaultBranch?.read(file)) ?? { kind: 'absent' }
  if (found.kind !== 'read') return found
  const { loadChecklist } = await import('../config/load.js')
  const loaded = loadChecklist({ file, text: found.text, kinds })
  if ('checklist' in loaded) return { kind: 'read', checklist: loaded.checklist }
  return {
    kind: 'unreadable',
    why: `${file} has errors there, such as ${loaded.problems[0] ?? ''}`,
    hint: 'Mend it on the default branch.'
  }
}

/** What this checklist asks less of than that of the default branch; nothing where that one is not known. */
export async function weakenedBy(known: Known, shop: Shop): Promise<readonly Weakening[]> {
  const demanded = await demandedBy(known, shop)
  if (demanded.kind !== 'read') return []
  return weakenings(demanded.checklist, known.checklist, known.key.environment)
}

/** The same, and it is said: before anything runs, and in the ledger for who looks later. */
export async function tellWeakened(known: Known, shop: Shop): Promise<string> {
  const line = await sayWeakened(known, shop)
  if (line !== '') shop.terminal.say(`Note: ${line}.`)
  return line
}

/** The same in one line for a reviewer, or empty. */
export const sayWeakened = async (known: Known, shop: Shop): Promise<string> =>
  sayWeakenings(await weakenedBy(known, shop))
