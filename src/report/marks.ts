import type { Status } from '../core/execution.js'
import type { ItemState, ResultStage } from '../core/result/result-stages.js'
import type { Style } from '../core/text.js'

type Mark = Readonly<{ sign: string; emoji: string; style: Style }>

/** Signs are of one column and mean the same without colour. */
const ITEM_MARKS = {
  pass: { sign: '✓', emoji: '✅', style: 'green' },
  fail: { sign: '✗', emoji: '❌', style: 'red' },
  error: { sign: '✗', emoji: '💥', style: 'red' },
  degraded: { sign: '!', emoji: '⚠️', style: 'yellow' },
  inconclusive: { sign: '?', emoji: '❔', style: 'yellow' },
  unknown: { sign: '?', emoji: '❓', style: 'red' },
  waiting: { sign: '…', emoji: '⏳', style: 'yellow' },
  skip: { sign: '-', emoji: '⏭️', style: 'dim' },
  running: { sign: '…', emoji: '🔄', style: 'cyan' },
  'not-run': { sign: '·', emoji: '▫️', style: 'dim' }
} as const satisfies Record<ItemState, Mark>

const STAGE_MARKS = {
  passed: ITEM_MARKS.pass,
  failed: ITEM_MARKS.fail,
  running: ITEM_MARKS.running,
  'not-run': ITEM_MARKS['not-run']
} as const satisfies Record<ResultStage['state'], Mark>

const GOOD = { sign: '✓', emoji: '✅', style: 'green' } as const
const BAD = { sign: '✗', emoji: '❌', style: 'red' } as const
const GOING = { sign: '…', emoji: '🔄', style: 'cyan' } as const

const STATUS_MARKS: Readonly<Record<Status, Mark>> = {
  SUCCESS: GOOD,
  PARTIAL: { sign: '!', emoji: '⚠️', style: 'yellow' },
  FAILED: BAD,
  ROLLED_BACK: { sign: '↩', emoji: '↩️', style: 'yellow' },
  REFUSED: { sign: '✗', emoji: '⛔', style: 'red' },
  UNAVAILABLE: { sign: '✗', emoji: '🔌', style: 'red' },
  WAITING: { sign: '…', emoji: '⏳', style: 'yellow' },
  CANCELLED: { sign: '✗', emoji: '🛑', style: 'yellow' },
  PLANNED: { sign: '·', emoji: '📋', style: 'cyan' },
  BUILDING: GOING,
  DEPLOYING: GOING,
  TESTING: GOING
}

export const itemMark = (outcome: ItemState): Mark => ITEM_MARKS[outcome]
export const stageMark = (state: ResultStage['state']): Mark => STAGE_MARKS[state]
export const statusMark = (status: Status): Mark => STATUS_MARKS[status]

/** What a reader has to look at: neither good nor merely not reached. */
export const isNotable = (outcome: ItemState): boolean => !['pass', 'skip', 'running', 'not-run'].includes(outcome)
