import { openShop } from '../app.js'
import type { ExecutionRecord } from '../core/execution.js'
import { EXIT_CODES } from '../core/execution.js'
import type { Interview } from '../core/ports.js'
import type { Result } from '../core/result/result.js'
import type { Layout } from '../report/layout.js'
import type { Terminal } from '../terminal/terminal.js'
import { type Answer, answerFor, resultOfFault } from './answer.js'
import type { Host } from './host.js'
import { withUntold } from './notify-said.js'
import { obey } from './obey.js'
import type { Request } from './request.js'

/** How one surface speaks. */
export type Voice = Readonly<{
  terminal: Terminal
  interview: Interview
  layout: Layout
  onMask(value: string): void
  /** The execution that this process works for is known: whatever ends it now, somebody else can settle it. */
  onOpened?(record: ExecutionRecord): void
}>

/** From the first signal to the last word; the runner kills after ten seconds. */
const CANCEL_MS = 6_500
/** By then whoever is to be told of the cancel has been, or is not: the rest is for the result. */
const TOLD_MS = 5_800

export type Ended = Readonly<{ answer: Answer; record: ExecutionRecord | undefined }>

/**
 * Obeys one request, whatever happens: a fault becomes a result, a cancel is obeyed within seven seconds, what was opened
 * is closed. `signals` calls back with the signal's name and returns how to stop listening.
 */
export async function session(
  host: Host,
  request: Request,
  voice: Voice,
  signals: (handler: (signal: string) => void) => () => void,
  exit: (code: number) => void
): Promise<Ended> {
  const cancel = new AbortController()
  const over = new AbortController()
  const deaf = signals(signal => {
    if (cancel.signal.aborted) return
    cancel.abort(signal)
    voice.terminal.say(`Cancelled by ${signal}: what looks is ended, what acts gets a few seconds.`)
    setTimeout(() => over.abort(), TOLD_MS).unref()
    // Something hangs that cannot be ended. The journal knows what was begun; a resume finds out how it went.
    setTimeout(() => exit(signal === 'SIGINT' ? 130 : 143), CANCEL_MS).unref()
  })
  let record: ExecutionRecord | undefined
  const onOpened = (opened: ExecutionRecord) => {
    record = opened
    voice.onOpened?.(opened)
  }
  const shop = openShop(host, request, { ...voice, signal: cancel.signal, onOpened })
  try {
    const answer = await obey(request, shop, voice.layout)
    return { answer: redacted(await withUntold(answer, shop, over.signal), shop.redactor.redact), record }
  } catch (thrown) {
    if (!('reason' in Object(thrown)) && thrown instanceof Error)
      host.stderr.write(`${shop.redactor.redact(thrown.stack ?? '')}\n`)
    const fault = resultOfFault(thrown)
    const result = cancel.signal.aborted ? cancelled(fault, String(cancel.signal.reason)) : fault
    const told = record === undefined ? undefined : await answerFor(record.id, request, shop).catch(() => undefined)
    const answer = await withUntold({ result: merged(result, told?.result) }, shop, over.signal)
    return { answer: redacted(answer, shop.redactor.redact), record }
  } finally {
    deaf()
    await shop.close()
  }
}

// What is known of the execution is shown beside the fault that ended this process.
const merged = (fault: Result, known: Result | undefined): Result =>
  known === undefined
    ? fault
    : {
        ...known,
        status: fault.status,
        reason: fault.reason,
        exitCode: fault.exitCode,
        message: fault.message,
        hint: fault.hint
      }

const cancelled = (fault: Result, signal: string): Result => ({
  ...fault,
  status: 'CANCELLED',
  reason: 'cancelled',
  exitCode: signal === 'SIGTERM' ? 143 : EXIT_CODES.CANCELLED
})

/** Codes of closed lists: another program reads them, and a value that happens to be called the same is no secret. */
const CODES = new Set(['status', 'reason', 'outcome', 'stage'])

/** Whatever a message was made of: nothing is printed or handed on that holds a secret. */
function redacted(answer: Answer, redact: (text: string) => string): Answer {
  const clean = <T>(value: T): T =>
    JSON.parse(JSON.stringify(value), (key, part) =>
      typeof part === 'string' && !CODES.has(key) ? redact(part) : part
    )
  return {
    result: clean(answer.result),
    ...(answer.text !== undefined && { text: redact(answer.text) }),
    ...(answer.page !== undefined && { page: redact(answer.page) }),
    ...(answer.json !== undefined && { json: clean(answer.json) })
  }
}
