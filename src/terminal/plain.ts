import type { Event, EventBody } from '../core/events.js'
import type { Progress } from '../core/item.js'
import type { Clock } from '../core/ports.js'
import { outputLine, type Paint, took } from '../core/text.js'
import type { Output } from './moving.js'
import type { Groups, Terminal } from './terminal.js'
import { outcomeLine, progressWords, SIGNS, timeOf, transition } from './words.js'

type Options = Readonly<{ stdout: Output; clock: Clock; paint: Paint; groups: Groups | undefined }>

/** How often one item's progress is worth a line of a log. */
const EVERY_MS = 10_000

/** One line per thing that happened, each with its time in UTC; nothing is drawn twice. */
export function openPlain({ stdout, clock, paint, groups }: Options): Terminal {
  const saidAt = new Map<string, number>()
  let grouped = false
  let waiting: Event | undefined

  const write = (at: string, text: string) => void stdout.write(`${paint('dim', `[${timeOf(at)}]`)} ${text}\n`)
  const now = () => clock.now().toISOString()
  const endGroup = () => {
    if (grouped) groups?.end()
    grouped = false
  }
  const startGroup = (name: string) => {
    endGroup()
    groups?.start(name)
    grouped = groups !== undefined
  }

  // A stage is named once something happens in it, so that an empty one is no group and no line.
  const begin = () => {
    const event = waiting
    waiting = undefined
    if (event?.body.type !== 'stage-started') return
    startGroup(event.body.stage)
    tell(event)
  }
  function seen(event: Event): void {
    const { body } = event
    if (body.type === 'stage-started') {
      waiting = event
      return
    }
    const empty = waiting !== undefined && body.type === 'stage-ended' && body.passed
    if (empty) waiting = undefined
    else begin()
    if (body.type === 'stage-ended' || body.type === 'ended' || body.type === 'paused') endGroup()
    if (!empty) tell(event)
  }
  function tell({ at, body }: Event): void {
    const words = eventLine(body, paint)
    if (words !== undefined) write(at, words)
  }

  function progress(_stage: string, item: string, step: Progress): void {
    const time = clock.now().getTime()
    const last = saidAt.get(item)
    saidAt.set(item, last ?? time)
    if (last === undefined || time - last < EVERY_MS) return
    begin()
    saidAt.set(item, time)
    write(now(), `${item} ${progressWords(step)}`)
  }

  return {
    seen,
    progress,
    line: (_stage, item, line) => {
      begin()
      write(now(), `${item} ${paint('dim', '|')} ${outputLine(line)}`.trimEnd())
    },
    say: text => void stdout.write(`${text}\n`),
    aside: work => work(),
    close: endGroup
  }
}

function eventLine(body: EventBody, paint: Paint): string | undefined {
  switch (body.type) {
    case 'stage-started':
      return paint('bold', `${body.stage} started`)
    case 'stage-ended': {
      const words = `${body.stage} ${body.passed ? 'passed' : 'failed'} in ${took(body.durationMs)}`
      return paint(body.passed ? 'green' : 'red', words)
    }
    case 'intent':
      return `${body.deed === 'undo' ? 'undo of ' : ''}${body.item} started`
    case 'outcome':
      return body.outcome === 'pass' ? outcomeLine(body) : paint(SIGNS[body.outcome][1], outcomeLine(body))
    default:
      return transition(body, paint)?.trim()
  }
}
