import type { Event, EventBody } from '../core/events.js'
import type { Outcome, Progress } from '../core/item.js'
import { REASONS } from '../core/reasons.js'
import { oneLine, type Paint, type Style, shortCommit, took } from '../core/text.js'
import { formatSize } from '../core/units.js'

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

/** One settled item on a terminal: the line, and below it what to do where it did not pass. */
export function outcomeLines(body: Extract<EventBody, { type: 'outcome' }>, paint: Paint): readonly string[] {
  const [sign, style] = SIGNS[body.outcome]
  const name = shownName(body)
  const time = paint('dim', took(body.durationMs))
  const word = body.outcome === 'pass' ? '' : ` ${paint(style, body.outcome)}`
  const detail =
    body.detail === '' ? '' : `  ${body.outcome === 'pass' ? paint('dim', oneLine(body.detail)) : oneLine(body.detail)}`
  const hint = body.hint === '' || body.outcome === 'pass' ? [] : [paint('cyan', `      → ${oneLine(body.hint)}`)]
  return [`  ${paint(style, sign)} ${name}${word}  ${time}${detail}`, ...hint]
}

/** The same as one plain line for a log: `backup/main pass 3.2 s restored and found identical`. */
export function outcomeLine(body: Extract<EventBody, { type: 'outcome' }>): string {
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
