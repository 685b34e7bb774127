import { builtIns, liveOf } from '../core/engine/bench.js'
import type { Journal } from '../core/engine/journal.js'
import { planOf } from '../core/engine/state.js'
import type { Event } from '../core/events.js'
import type { AnyKind } from '../core/item.js'
import { withWords } from '../core/kept.js'
import { resolveNames } from '../core/names.js'
import { messageFor, type Occasion } from '../core/notify/message.js'
import { mayBeTold, type Notice, noticesOf } from '../core/notify/notices.js'
import type { Destination, Message, NotifyRule, Untold } from '../core/notify/notifier.js'
import type { Ledger, Redactor } from '../core/ports.js'
import type { Invocation } from '../core/result/next-steps.js'
import { resultOf } from '../core/result/result.js'
import type { Host } from './host.js'
import type { Wires } from './notify-open.js'
import { publicly, retold } from './notify-public.js'
import { tell, untoldFor } from './notify-tell.js'
import { notifyOf, type Written, watched } from './notify-watch.js'
import { maskSecrets } from './workshop.js'

export type HeraldOptions = Wires &
  Readonly<{
    host: Pick<Host, 'env'>
    kinds: () => readonly AnyKind[]
    redactor: Redactor
    mask(value: string): void
    /** Events of this process with all their words. */
    told: readonly Event[]
    invocation: Invocation
  }>

type Execution = Pick<Written, 'record' | 'events'>

/** Tells people how executions go, beside them: whatever happens to a message, nothing happens to a deployment. */
export type Herald = Readonly<{
  /** The same ledger; what is written through it is told. */
  watching(ledger: Ledger): Ledger
  /** From now on this process leads that execution. */
  attend(journal: Journal): void
  leads(): Journal | undefined
  /** The events of an execution as this process knows them, where somebody is told of it. */
  knows(id: string): Execution | undefined
  /** Those who are told of escalations after so long that nobody has reacted. */
  escalate(of: Execution, occasion: Occasion, afterMs: number): void
  /** Tells one of them something of no execution. */
  tellOnly(to: Destination, message: Message, values: Readonly<Record<string, string>>): Promise<Untold | undefined>
  /** Tells what is left to tell, waits a few seconds at most, and says what could not be told, each once. */
  settle(over?: AbortSignal): Promise<readonly Untold[]>
}>

export function openHerald(options: HeraldOptions): Herald {
  const newest = new Map<string, Execution>()
  let led: Journal | undefined
  let waiting: Readonly<{ id: string; notice: Notice }>[] = []
  let underWay: Promise<Untold | undefined>[] = []
  const ended = new AbortController()

  function hear({ record, events, fresh }: Written): void {
    newest.set(record.id, { record, events })
    if (!events.some(({ seq, body }) => fresh.has(seq) && mayBeTold(body))) return
    for (const notice of noticesOf(events).filter(({ seq }) => fresh.has(seq))) {
      // How it ends is told at the end of the process, with all that is known by then.
      if (isPrompt(notice, events)) send({ record, events }, notice)
      else waiting.push({ id: record.id, notice })
    }
  }

  function missed(thrown: unknown): void {
    underWay.push(Promise.resolve(untoldFor('whoever is told', 'failure', thrown, options.redactor)))
  }

  function send(of: Execution, occasion: Occasion, wants: (rule: NotifyRule) => boolean = () => true): void {
    const rules = notifyOf(of.events).filter(rule => rule.on.includes(occasion.kind) && wants(rule))
    for (const rule of rules) underWay.push(tellOne(rule, occasion, of))
  }

  async function tellOne({ to }: NotifyRule, occasion: Occasion, of: Execution): Promise<Untold | undefined> {
    const open = to.kind === 'issue-comment'
    const make = async () => messageOn(occasion, open && (await isPublic()) ? publicly(of) : withAllWords(of))
    const untold = await tell(to, make, { ...options, values: valuesFor(of), over: ended.signal })
    return untold && { ...untold, kind: occasion.kind }
  }

  // Whatever GitHub says or does not: what nobody knows to be private is not.
  const isPublic = async (): Promise<boolean> => (await options.comments?.isPublic().catch(() => true)) ?? true

  const withAllWords = ({ record, events }: Execution): Execution =>
    retold(record, withWords(events, options.told), record.errorMessage)

  function messageOn(occasion: Occasion, { record, events }: Execution): Message | undefined {
    const result = resultOf({ record, events, invocation: options.invocation })
    return result && messageFor(occasion, result)
  }

  function valuesFor({ record, events }: Execution): Readonly<Record<string, string>> {
    const plan = planOf(events)
    const { env } = options.host
    maskSecrets(plan, options)
    const known = builtIns(record.id, plan.key.environment, liveOf(plan))
    return resolveNames({ plan, kinds: options.kinds(), stages: [], env, builtIns: known }).values
  }

  return {
    watching: ledger => watched(ledger, hear, missed),
    attend: journal => {
      led = journal
    },
    leads: () => led,
    knows: id => newest.get(id),
    escalate: (of, occasion, afterMs) => send(of, occasion, rule => rule.afterMs === afterMs),
    tellOnly: (to, message, values) => tell(to, async () => message, { ...options, values, over: ended.signal }),
    settle: async over => {
      const late = waiting
      waiting = []
      for (const { id, notice } of late) {
        const of = newest.get(id)
        if (of !== undefined) send(of, notice)
      }
      if (over?.aborted) ended.abort()
      over?.addEventListener('abort', () => ended.abort(), { once: true })
      const told = underWay
      underWay = []
      return (await Promise.all(told)).filter(untold => untold !== undefined)
    }
  }
}

/** While it goes on; only what stops or ends it is told at the end of its process. */
const isPrompt = ({ seq }: Notice, events: readonly Event[]): boolean => {
  const type = events.find(event => event.seq === seq)?.body.type
  return type !== 'paused' && type !== 'ended'
}
