import type { Event, EventBody } from '../core/events.js'
import type { Progress } from '../core/item.js'
import type { Clock } from '../core/ports.js'
import { isStage, type StageName } from '../core/stages.js'
import { outputLine, type Paint, took } from '../core/text.js'
import { type MovingLine, type Output, openMovingLines } from './moving.js'
import type { Terminal } from './terminal.js'
import { outcomeLines, progressWords, shownName, transition } from './words.js'

type Options = Readonly<{ stdout: Output; columns: () => number; clock: Clock; paint: Paint }>
type Running = Readonly<{ name: string; sinceMs: number; progress: Progress | undefined }>
/** `headed`: its name stands above already; it does once there is something below, so that empty stages say nothing. */
type Stage = Readonly<{ name: StageName; sinceMs: number; total: number; done: number; headed: boolean }>

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const FRAME_MS = 100
/** Items that are shown at once; the others are counted. */
const MOST_ITEMS = 4

/** The stages as they run: settled items stay, and below them moves what is at work. */
export function openLive({ stdout, columns, clock, paint }: Options): Terminal {
  const moving = openMovingLines(stdout, columns)
  const running = new Map<string, Running>()
  const planned = new Map<string, number>()
  let stage: Stage | undefined
  let ticking: AbortController | undefined
  let asides = 0

  const now = () => clock.now().getTime()
  const say = (lines: readonly string[]) => moving.write(lines)
  const sayBelow = (lines: readonly string[]) => {
    const head = stage === undefined || stage.headed ? [] : [paint('bold', stage.name)]
    if (stage !== undefined) stage = { ...stage, headed: true }
    if (head.length > 0) moving.draw([])
    say([...head, ...lines])
  }
  const draw = () => {
    if (asides === 0) moving.draw(stage === undefined ? [] : movingLines(stage, [...running.values()], now(), paint))
  }
  async function tick(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      draw()
      await clock.sleep(FRAME_MS, signal)
    }
  }
  function start(name: StageName): void {
    stop()
    stage = { name, sinceMs: now(), total: planned.get(name) ?? 0, done: 0, headed: false }
    ticking = new AbortController()
    void tick(ticking.signal)
  }
  function stop(): void {
    ticking?.abort()
    stage = undefined
    running.clear()
    moving.clear()
  }

  function seen({ body }: Event): void {
    if (body.type === 'opened') count(planned, body)
    if (body.type === 'stage-started') start(body.stage)
    if (body.type === 'stage-ended' || body.type === 'ended' || body.type === 'paused') stop()
    if (body.type === 'intent') {
      running.set(body.item, { name: shownName(body), sinceMs: now(), progress: undefined })
      draw()
    }
    if (body.type === 'outcome') settle(body)
    const words = transition(body, paint)
    if (words !== undefined) say([words])
  }

  function settle(body: Extract<EventBody, { type: 'outcome' }>): void {
    running.delete(body.item)
    if (stage !== undefined) stage = { ...stage, done: stage.done + 1 }
    sayBelow(outcomeLines(body, paint, columns()))
    draw()
  }

  function progress(where: StageName, item: string, step: Progress): void {
    const name = item.startsWith(`${where}/`) ? item.slice(where.length + 1) : item
    running.set(item, { ...(running.get(item) ?? { name, sinceMs: now() }), progress: step })
  }

  async function aside<T>(work: () => Promise<T>): Promise<T> {
    asides++
    moving.clear()
    sayBelow([])
    try {
      return await work()
    } finally {
      asides--
    }
  }

  return {
    seen,
    progress,
    line: (_stage, _item, line) => sayBelow([paint('dim', `    │ ${outputLine(line)}`)]),
    say: text => say(text.split('\n')),
    aside,
    close: stop
  }
}

function count(planned: Map<string, number>, { plan }: Extract<EventBody, { type: 'opened' }>): void {
  for (const [name, items] of Object.entries(plan.stages)) if (isStage(name)) planned.set(name, items.length)
}

function movingLines(stage: Stage, items: readonly Running[], now: number, paint: Paint): readonly MovingLine[] {
  const frame = FRAMES[Math.floor(now / FRAME_MS) % FRAMES.length] ?? ''
  const bold = (text: string) => paint('bold', text)
  const dim = (text: string) => paint('dim', text)
  const cyan = (text: string) => paint('cyan', text)
  const more = items.length - MOST_ITEMS
  const shown = items.slice(0, MOST_ITEMS).map(({ name, sinceMs, progress }) => {
    const words = progress === undefined ? '' : `  ${progressWords(progress)}`
    return { text: `  ${frame} ${name}  ${took(now - sinceMs)}${words}`, paint: cyan }
  })
  const count = stage.total > 0 ? `${stage.done} of ${stage.total}  ` : ''
  const idle = { text: `  ${frame} ${count}${took(now - stage.sinceMs)}`, paint: cyan }
  return [
    ...(stage.headed ? [] : [{ text: stage.name, paint: bold }]),
    ...(shown.length === 0 ? [idle] : shown),
    ...(more > 0 ? [{ text: `    and ${more} more`, paint: dim }] : [])
  ]
}
