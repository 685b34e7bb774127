import type { Journal } from '../core/engine/journal.js'
import { noticesOf, waitingCause } from '../core/notify/notices.js'
import type { Clock, Interview } from '../core/ports.js'
import type { Herald } from './notify-herald.js'
import { notifyOf } from './notify-watch.js'

/** A process waits so long before it tells that it does: whoever looks at the page may have answered by then. */
const AT_ONCE_MS = 10_000

/**
 * The same interview; a process that waits for an answer tells that it does, and after the time that somebody has set,
 * that nobody reacts. Written before it is told, as in every sweep that looks at it later.
 */
export function patient(
  interview: Interview,
  { herald, clock }: Readonly<{ herald: () => Herald; clock: Clock }>
): Interview {
  async function watch(item: string, signal: AbortSignal): Promise<void> {
    const journal = herald().leads()
    const known = journal && herald().knows(journal.record.id)
    if (journal === undefined || known === undefined) return
    const began = clock.now()
    const rules = notifyOf(known.events).filter(({ on }) => on.includes('escalation'))
    const limits = [...new Set(rules.map(({ afterMs }) => afterMs))].sort((a, b) => a - b)
    // Whoever sits at a terminal is being asked already.
    const steps = [...(interview.vouches === true ? [0] : []), ...limits]
    for (const afterMs of steps) {
      await clock.sleep(Math.max(afterMs, AT_ONCE_MS) - (clock.now().getTime() - began.getTime()), signal)
      if (signal.aborted) return
      await tell(journal, waitingCause(item), afterMs, began)
    }
  }

  async function tell(journal: Journal, cause: string, afterMs: number, began: Date): Promise<void> {
    const { id } = journal.record
    const before = herald().knows(id)?.events ?? []
    const kind = afterMs === 0 ? 'waiting' : 'escalation'
    const isTold =
      kind === 'waiting'
        ? noticesOf(before).some(notice => notice.cause === cause)
        : before.some(({ body }) => body.type === 'told' && body.cause === cause && body.afterMs === afterMs)
    if (isTold) return
    await journal.commit({ type: 'told', kind, cause, afterMs })
    const known = herald().knows(id)
    if (kind === 'waiting' || known === undefined) return
    const waitedMs = clock.now().getTime() - began.getTime()
    herald().escalate(known, { kind, cause, at: began.toISOString(), waitedMs }, afterMs)
  }

  return {
    ...interview,
    ask: async question => {
      const answered = new AbortController()
      // What cannot be written here, the process finds out by itself at its next write.
      watch(question.item, answered.signal).catch(() => {})
      try {
        return await interview.ask(question)
      } finally {
        answered.abort()
      }
    }
  }
}
