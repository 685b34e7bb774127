import { ChecklistError, messageOf } from '../core/errors.js'
import { withTexts } from '../core/notify/message.js'
import {
  type Destination,
  type Message,
  type NoticeKind,
  nameOfDestination,
  type Untold
} from '../core/notify/notifier.js'
import type { Redactor } from '../core/ports.js'
import { filledIn, openNotifier, secretsOf, type Wires } from './notify-open.js'

export type Telling = Wires &
  Readonly<{
    values: Readonly<Record<string, string>>
    redactor: Redactor
    /** Makes a value known as a secret to us and to the runner. */
    mask(value: string): void
    /** Ends what is under way, because the process has to. */
    over: AbortSignal
  }>

/** The longest that anybody is tried to be told. */
export const LONGEST_MS = 5_000

/**
 * Tells one of them, in a few seconds or not at all; what could not be told is the answer, never a fault. `make` is asked
 * with the destination, since what stands where everybody reads says less.
 */
export async function tell(
  to: Destination,
  make: () => Promise<Message | undefined>,
  telling: Telling
): Promise<Untold | undefined> {
  const { redactor, mask } = telling
  let kind: Message['kind'] = 'start'
  try {
    const filled = filledIn(to, telling.values)
    for (const secret of secretsOf(filled)) if (secret.length > 4) mask(secret)
    const made = await make()
    if (made === undefined) return undefined
    kind = made.kind
    const notifier = await openNotifier(filled, telling)
    await inTime(signal => notifier.tell(withTexts(made, redactor.redact), signal), telling.over)
    return undefined
  } catch (thrown) {
    return untoldFor(nameOfDestination(to), kind, thrown, redactor)
  }
}

/** Why it was not told, in words that hold no secret. */
export function untoldFor(to: string, kind: NoticeKind, thrown: unknown, { redact }: Redactor): Untold {
  const known = thrown instanceof ChecklistError
  const hint = known ? thrown.hint : 'This is a fault of deploy-checklist. Please report it.'
  return { to: redact(to), kind, problem: redact(messageOf(thrown)), hint: redact(hint) }
}

/** Whatever the other side does: over when the time is, or the process is. */
async function inTime(work: (signal: AbortSignal) => Promise<void>, over: AbortSignal): Promise<void> {
  const ended = new AbortController()
  const end = () => ended.abort()
  const late = new Promise<never>((_, reject) => {
    ended.signal.addEventListener('abort', () => setImmediate(() => reject(new Error('not told in time'))), {
      once: true
    })
  })
  const timer = setTimeout(end, LONGEST_MS)
  over.addEventListener('abort', end, { once: true })
  if (over.aborted) end()
  try {
    await Promise.race([work(ended.signal), late])
  } finally {
    clearTimeout(timer)
    over.removeEventListener('abort', end)
    late.catch(() => {})
  }
}
