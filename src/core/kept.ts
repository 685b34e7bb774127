import { type ChainState, link } from './chain.js'
import type { Event, EventBody } from './events.js'
import type { ExecutionRecord } from './execution.js'
import { canonicalOf, type Json, type JsonObject } from './json.js'
import { sha256 } from './plan.js'
import type { Ledger, Liveness, NewExecution } from './ports.js'
import { REASONS, type Reason } from './reasons.js'
import type { ProcessIdentity } from './records.js'

type Keeps = Pick<Ledger, 'keeps'>

/**
 * What of an event may be kept where everybody can read the ledger: the plan before interpolation, versions, digests,
 * verdicts, and what a person put their name under; never what a program said or why something failed. It happens before
 * events are chained, so that the chain covers what is kept. Done twice it does no more than once.
 *
 * Notes, receipts and records of migrations stay whole: the way back needs them, and kinds of our own write them.
 */
export function keptBody(body: EventBody, { keeps = 'all' }: Keeps): EventBody {
  if (keeps === 'all') return body
  switch (body.type) {
    case 'opened':
    case 'joined':
    case 'owed':
      return { ...body, process: concealed(body.process) }
    case 'outcome':
      return { ...body, detail: '', hint: '', ...(body.evidence && { evidence: keptEvidence(body.evidence) }) }
    case 'rollback-started':
      return { ...body, because: body.cause === 'ok' ? 'it was asked for' : REASONS[body.cause] }
    case 'rollback-ended':
      return { ...body, detail: '', remains: body.remains.map(() => LEFT_OUT) }
    case 'paused':
    case 'ended':
      return { ...body, message: keptMessage(body.reason, body.message) }
    case 'deployment-missed':
      return { ...body, message: '' }
    case 'checkpoint':
      return { ...body, results: body.results.map(result => ({ ...result, detail: '' })) }
    case 'emergency':
      return { ...body, waived: body.waived.map(({ reason }) => ({ reason, message: REASONS[reason] })) }
    case 'gate-passed':
      // What is not known may be an error of GitHub's; that an admin let it pass is a verdict.
      return body.how === 'unknown' ? { ...body, why: '' } : body
    case 'rolled-back':
    case 'marked-bad':
      return { ...body, because: ofPerson(body.because) }
    default:
      return body
  }
}

const LEFT_OUT = 'left out, because everybody can read this ledger'

/** What a code means stands for what happened; by which signal it was cancelled decides the exit code. */
function keptMessage(reason: Reason, message: string): string {
  if (message === '') return ''
  const signal = reason === 'cancelled' ? /SIG(?:TERM|INT)/.exec(message)?.[0] : undefined
  return signal === undefined ? REASONS[reason] : `${REASONS[reason]} (${signal})`
}

/** A late checkpoint gives what failed as its reason; what a person gives is theirs to say. */
const ofPerson = (because: string): string => /^checkpoint [\w., -]*/.exec(because)?.[0].trim() ?? because

/** Numbers and verdicts; of texts only the two that a later process decides by. */
const keptEvidence = (evidence: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(evidence).flatMap(([name, value]) => keptEntry(name, value)))

function keptEntry(name: string, value: Json): readonly (readonly [string, Json])[] {
  if (typeof value === 'string') return name === 'took' || name === 'old' ? [[name, value]] : []
  return typeof value === 'object' && value !== null ? [] : [[name, value]]
}

/** Events for these bodies as this ledger may have them, chained to what is there. */
export const linkFor = (ledger: Keeps, bodies: readonly EventBody[], state: ChainState): readonly Event[] =>
  link(
    bodies.map(body => keptBody(body, ledger)),
    state
  )

/** What was told of events while they happened, in the place of what the ledger kept of them. */
export function withWords(kept: readonly Event[], told: readonly Event[]): readonly Event[] {
  const byHash = new Map(told.map(event => [event.hash, event]))
  return kept.map(event => byHash.get(event.hash) ?? event)
}

/** The same machine can tell that a process was its own; nobody else learns its name where it `isPublic`. */
export function concealing(liveness: Liveness, isPublic = async () => true): Liveness {
  return {
    ...liveness,
    self: async () => ((await isPublic()) ? concealed(await liveness.self()) : await liveness.self()),
    state: async other => {
      const { host } = await liveness.self()
      return await liveness.state(other.host === concealedHost(host) ? { ...other, host } : other)
    }
  }
}

const concealed = (process: ProcessIdentity): ProcessIdentity => ({
  ...process,
  host: concealedHost(process.host),
  ...(process.runner !== undefined && { runner: concealedRunner(process.runner) })
})

/** A runner of one's own is often called as its machine is. */
const concealedRunner = (runner: string): string =>
  /^runner-[0-9a-f]{16}$/.test(runner) ? runner : `runner-${sha256(runner).slice(0, 16)}`

/** Whether it is that runner, of which perhaps only the concealed name is known. */
export const isRunner = (known: string, name: string): boolean => known === name || known === concealedRunner(name)
const concealedHost = (host: string): string =>
  /^host-[0-9a-f]{16}$/.test(host) ? host : `host-${sha256(host).slice(0, 16)}`

/** Words that reach a store which keeps verdicts only are a bug of the caller: nothing is written then. */
export function assertKept({ record, events }: NewExecution): void {
  const loud = events.find(({ body }) => canonicalOf(keptBody(body, VERDICTS)) !== canonicalOf(body))
  if (loud !== undefined) throw new Error(`event ${loud.body.type} has words that a public ledger must not hold`)
  const field = wordsIn(record)
  if (field !== undefined) throw new Error(`${field} of execution ${record.id} is not for a public ledger`)
}

const VERDICTS = { keeps: 'verdicts' } as const

function wordsIn({ reason, errorMessage, process, rollbackReason, markedBad }: ExecutionRecord): string | undefined {
  if (errorMessage !== (reason === '' ? '' : keptMessage(reason, errorMessage))) return 'errorMessage'
  if (canonicalOf(process) !== canonicalOf(concealed(process))) return 'process'
  if (rollbackReason !== ofPerson(rollbackReason)) return 'rollbackReason'
  return markedBad === ofPerson(markedBad) ? undefined : 'markedBad'
}
