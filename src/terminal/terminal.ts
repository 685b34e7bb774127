import type { Progress } from '../core/item.js'
import type { Clock, Observer } from '../core/ports.js'
import type { StageName } from '../core/stages.js'
import { openLive } from './live.js'
import type { Output } from './moving.js'
import { paintFor } from './paint.js'
import { openPlain } from './plain.js'

/** Where the words of a run go, whoever reads them. */
export interface Terminal extends Observer {
  /** One line of what an item's program printed, redacted already. */
  line(stage: StageName, item: string, line: string): void
  progress(stage: StageName, item: string, progress: Progress): void
  /** A text of ours, of one line or several, painted already. */
  say(text: string): void
  /** Nothing moves while the work is done: for a question, or for what else writes to the terminal. */
  aside<T>(work: () => Promise<T>): Promise<T>
  /** Whole lines only, whatever was going on. Safe to call twice. */
  close(): void
}

/** Folds in a runner's log; `::group::` on GitHub. */
export interface Groups {
  start(name: string): void
  end(): void
}

export type TerminalOptions = Readonly<{
  stdout: Output
  /** True where lines may be drawn again (see `movesLines`); otherwise each thing is said once, with its time. */
  isTTY: boolean
  /** Asked each time, since a window changes. */
  columns: () => number
  clock: Clock
  colour: boolean
  /** In Actions: one group per stage. */
  actions?: Groups
}>

/** Progress for people: stages as they run on a terminal, plain lines everywhere else. */
export function openTerminal({ stdout, isTTY, columns, clock, colour, actions }: TerminalOptions): Terminal {
  const paint = paintFor(colour)
  return isTTY && actions === undefined
    ? openLive({ stdout, columns, clock, paint })
    : openPlain({ stdout, clock, paint, groups: actions })
}
