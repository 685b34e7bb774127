import { describe, expect, test } from '@jest/globals'
import { link } from '../../../src/core/chain.js'
import { expiredStages } from '../../../src/core/engine/expiry.js'
import type { Event, EventBody } from '../../../src/core/events.js'
import { GENESIS } from '../../../src/core/events.js'
import type { ForwardStage, StageName } from '../../../src/core/stages.js'

type Entry = readonly [minute: number, body: EventBody]

const START = Date.parse('2026-01-05T10:00:00Z')
const after = (minutes: number) => new Date(START + minutes * 60_000)

function journal(entries: readonly Entry[]): readonly Event[] {
  const events: Event[] = []
  for (const [minute, body] of entries) {
    const last = events.at(-1)
    const at = { head: last?.hash ?? GENESIS, seq: last?.seq ?? 0, at: after(minute).toISOString(), token: 1 }
    events.push(...link([body], at))
  }
  return events
}

const started = (minute: number, stage: ForwardStage): Entry => [minute, { type: 'stage-started', stage }]
const ended = (minute: number, stage: ForwardStage, passed = true): Entry => [
  minute,
  { type: 'stage-ended', stage, passed, durationMs: 0 }
]
const item = (stage: ForwardStage) => ({ stage, item: `${stage}/a`, target: '', attempt: 1, deed: 'run' }) as const
const intent = (minute: number, stage: ForwardStage): Entry => [minute, { type: 'intent', ...item(stage) }]
const found = (minute: number, stage: ForwardStage): Entry => [
  minute,
  { type: 'outcome', ...item(stage), outcome: 'pass', detail: '', hint: '', durationMs: 0 }
]
const ran = (minute: number, stage: ForwardStage): readonly Entry[] => [
  started(minute, stage),
  found(minute, stage),
  ended(minute, stage)
]
const forgot = (minute: number, stages: readonly ForwardStage[]): Entry => [
  minute,
  { type: 'expired', stages, because: '' }
]

describe('what is too old after 70 minutes', () => {
  const both = ['preflight', 'backup'] as const
  test.each<[string, readonly Entry[], StageName | undefined, readonly ForwardStage[]]>([
    ['nothing that never was', [], undefined, []],
    ['what was looked at in the beginning', ran(0, 'preflight'), undefined, ['preflight']],
    ['not what was looked at since', ran(20, 'preflight'), undefined, []],
    ['what was looked at ahead of its stage', [found(0, 'preflight')], undefined, ['preflight']],
    ['each by its own age', [...ran(0, 'preflight'), ...ran(30, 'backup')], undefined, ['preflight']],
    ['both', [...ran(0, 'preflight'), ...ran(5, 'backup')], undefined, both],
    ['only what is asked for', [...ran(0, 'preflight'), ...ran(5, 'backup')], 'backup', ['backup']],
    ['nothing for a later stage, which cannot make it afresh', ran(0, 'preflight'), 'deploy', []],
    ['nothing once a migration was begun', [...ran(0, 'preflight'), intent(2, 'migrate')], undefined, []],
    [
      'an empty stage behind it is no beginning',
      [...ran(0, 'backup'), started(1, 'migrate'), ended(1, 'migrate')],
      undefined,
      ['backup']
    ],
    ['not what was left in the middle', [started(0, 'backup'), intent(0, 'backup')], undefined, []],
    ['not what failed', [started(0, 'preflight'), found(0, 'preflight'), ended(0, 'preflight', false)], undefined, []],
    ['not what is forgotten already', [...ran(0, 'backup'), forgot(2, ['backup'])], undefined, []],
    [
      'not what is being made afresh',
      [...ran(0, 'backup'), forgot(2, ['backup']), started(3, 'backup'), intent(3, 'backup')],
      undefined,
      []
    ],
    [
      'what was made afresh, and is old again',
      [...ran(0, 'backup'), forgot(2, ['backup']), ...ran(3, 'backup')],
      undefined,
      ['backup']
    ],
    [
      'what began long ago, however late it ended',
      [started(0, 'backup'), found(1, 'backup'), found(60, 'backup'), ended(60, 'backup')],
      undefined,
      ['backup']
    ]
  ])('%s', (_, entries, asked, expected) => {
    expect(expiredStages(journal(entries), { asked, maxAgeMs: undefined, now: after(70) })).toEqual(expected)
  })

  test.each([
    [69, ['preflight']],
    [70, []]
  ])('is what is older than %i minutes, if the checklist says so', (minutes, expected) => {
    const expiry = { asked: undefined, maxAgeMs: minutes * 60_000, now: after(70) }
    expect(expiredStages(journal(ran(0, 'preflight')), expiry)).toEqual(expected)
  })
})
