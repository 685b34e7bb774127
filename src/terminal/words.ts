import type { Event, EventBody } from '../core/events.js'
import type { Outcome, Progress } from '../core/item.js'
import { REASONS } from '../core/reasons.js'
import { clip, oneLine, type Paint, padded, type Style, shortCommit, took, widthOf, wrapped } from '../core/text.js'
import { formatSize } from '../core/units.js'

type Settled = Extract<EventBody, { type: 'outcome' }>

export const SIGNS: Readonly<Record<Outcome, readonly [sign: string, style: Style]>> = {
  pass: ['✓', 'green'],
  fail: ['✗', 'red'],
  error: ['✗', 'red'],
  degraded: ['!', 'yellow'],
  inconclusive: ['?', 'yellow'],
  unknown: ['?', 'red'],
  waiting: ['…', 'yellow'],
  skip: ['-', 'dim']
}

/** `12.3 MB of 40 MB (31 %)`, `1,200 rows`. */
export function progressWords({ what, done, total, unit }: Progress): string {
  const amount = (count: number): string =>
    unit === 'bytes' ? formatSize(count) : `${count.toLocaleString('en')} ${unit}`
  const share =
    total === undefined || total <= 0
      ? ''
      : ` of ${amount(total)} (${Math.min(100, Math.floor((done / total) * 100))} %)`
  return `${oneLine(what)} ${amount(done)}${share}`
}

/** Transitions that are worth a line beside the items themselves. */
export function transition(body: EventBody, paint: Paint): string | undefined {
  switch (body.type) {
    case 'opened': {
      const { key, previous, commit } = body.plan
      const from = previous === null ? '' : `${shortCommit(previous.commit)} → `
      return `${paint('bold', oneLine(`${key.checklist} → ${key.environment}`))} · ${from}${shortCommit(commit)} · by ${oneLine(body.actor)}`
    }
    case 'joined':
      return body.why === 'resume' ? paint('yellow', 'resumed: what was done stays done') : undefined
    case 'took-over':
      return paint('yellow', oneLine(`taken over from ${body.from}`))
    case 'rollback-started': {
      const to = body.toCommit === '' ? '' : ` to ${shortCommit(body.toCommit)}`
      return paint('yellow', oneLine(`rolling back${to}: ${body.because || REASONS[body.cause]}`))
    }
    case 'paused':
      return paint('yellow', oneLine(`stopped: ${body.message || REASONS[body.reason]}`))
    case 'signed':
      return `  ${oneLine(`signed by ${body.signOff.who}: ${body.signOff.words}`)}`
    default:
      return undefined
  }
}

/** Columns of the names and times of items, so that what was found stands below one another. */
const [NAMES, TIMES] = [24, 7]

/**
 * One settled item on a terminal of that width. What passed is one line, since its record has the rest; of what did not,
 * everything is shown, and what to do.
 */
export function outcomeLines(body: Settled, paint: Paint, width: number): readonly string[] {
  const [sign, style] = SIGNS[body.outcome]
  const name = padded(shownName(body), NAMES)
  const time = took(body.durationMs).padStart(TIMES)
  const room = width - widthOf(name) - time.length - 8
  const head = `  ${paint(style, sign)} ${name} ${paint('dim', time)}`
  const detail = oneLine(body.detail)
  if (body.outcome === 'pass')
    return [detail === '' || room < 8 ? head : `${head}  ${paint('dim', clip(detail, room))}`]
  const found = wrapped(detail, Math.max(20, width - 6)).map(line => `      ${line}`)
  const hint = wrapped(`→ ${oneLine(body.hint)}`, Math.max(20, width - 6)).map(line => paint('cyan', `      ${line}`))
  return [`${head}  ${paint(style, body.outcome)}`, ...(detail === '' ? [] : found), ...(body.hint === '' ? [] : hint)]
}

/** The same as one plain line for a log: `backup/main pass 3.2 s restored and found identical`. */
export function outcomeLine(body: Settled): string {
  const deed = body.deed === 'undo' ? 'undo of ' : ''
  const hint = body.hint === '' || body.outcome === 'pass' ? '' : ` → ${body.hint}`
  return oneLine(`${deed}${body.item} ${body.outcome} ${took(body.durationMs)} ${body.detail}${hint}`)
}

/** An item under the heading of its stage needs that part of its name no more. */
export const shownName = ({
  item,
  deed,
  target,
  stage
}: Extract<EventBody, { type: 'outcome' | 'intent' }>): string => {
  const short = item.startsWith(`${stage}/`) ? item.slice(stage.length + 1) : item
  return oneLine(`${deed === 'undo' ? 'undo of ' : ''}${short}${target === '' ? '' : ` on ${target}`}`)
}

/** `12:01:03` of a moment, in UTC as everything else that is kept. */
export const timeOf = (at: Event['at']): string => at.slice(11, 19)
