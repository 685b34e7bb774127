import { expect, test } from '@jest/globals'
import { deedsToUndo } from '../../../src/core/engine/deeds-to-undo.js'
import { withEarlierUndos } from '../../../src/core/engine/earlier-undos.js'
import { advance, type State, startOf } from '../../../src/core/engine/state.js'
import type { EventBody } from '../../../src/core/events.js'
import type { Outcome, PlannedItem } from '../../../src/core/item.js'
import { item, plan } from '../../fakes/engine.js'

const act = (stage: 'migrate' | 'deploy', named: string, undo: string): PlannedItem =>
  item(stage, { named, kind: 'act', undo })
const MIGRATED = act('migrate', 'schema', './down')
const TOLD = act('migrate', 'told', './down --to "$DEPLOY_PREVIOUS_COMMIT"')
const RELEASE = act('deploy', 'release', 'redeploy')
const SCRIPT = act('deploy', 'script', './back')
const WHOLE = plan({ migrate: [MIGRATED, TOLD], deploy: [RELEASE, SCRIPT] })
const ITEMS = [MIGRATED, TOLD, RELEASE, SCRIPT]

const after = (...bodies: readonly EventBody[]): State => bodies.reduce(advance, startOf(WHOLE))
const named = (id: string) => ({ item: id, target: '', attempt: 1 })
const did = ({ id }: PlannedItem): readonly EventBody[] => {
  const stage = WHOLE.stages.deploy.some(item => item.id === id) ? 'deploy' : 'migrate'
  const whole = { ...named(id), stage, deed: 'run' } as const
  return [
    { type: 'intent', ...whole },
    { type: 'outcome', ...whole, outcome: 'pass', detail: '', hint: '', durationMs: 1 }
  ]
}
/** A rollback to this execution, and how each undo of it ended. */
const back = (toExecution: string, undos: readonly (readonly [PlannedItem, Outcome])[]): readonly EventBody[] => [
  { type: 'rollback-started', scope: 'all', cause: 'ok', because: '', toExecution, toCommit: '', restore: [] },
  ...undos.flatMap(([{ id }, outcome]): EventBody[] => {
    const whole = { ...named(id), stage: 'rollback', deed: 'undo' } as const
    return [
      { type: 'intent', ...whole },
      { type: 'outcome', ...whole, outcome, detail: '', hint: '', durationMs: 1 }
    ]
  })
]
const all = (outcome: Outcome) => ITEMS.map(item => [item, outcome] as const)

test.each<[string, readonly EventBody[], readonly (readonly EventBody[])[], readonly PlannedItem[]]>([
  ['nothing was', [], [], [SCRIPT, RELEASE, TOLD, MIGRATED]],
  ['its own rollback led there', back('one', all('pass')), [], []],
  ['its own rollback led elsewhere', back('two', all('pass')), [], [SCRIPT, RELEASE, TOLD]],
  ['an earlier one led there', back('two', all('pass')), [back('one', all('pass'))], []],
  ['an earlier one led elsewhere after that', back('one', all('pass')), [back('two', all('pass'))], ITEMS.slice(1)],
  [
    'one that led elsewhere failed in the middle',
    back('one', all('pass')),
    [back('two', [[RELEASE, 'fail']])],
    [RELEASE]
  ],
  [
    'nobody knows of one',
    [],
    [
      back('one', [
        [RELEASE, 'unknown'],
        [SCRIPT, 'pass']
      ])
    ],
    [RELEASE, TOLD, MIGRATED]
  ]
])('what is left to take back on the way to one, where %s', (_, own, later, left) => {
  const undone = after(...ITEMS.flatMap(did), ...own)
  const state = withEarlierUndos(
    undone,
    later.map(bodies => after(...bodies)),
    'one'
  )
  expect(new Set(deedsToUndo(state, 'all').map(({ item: id }) => id))).toEqual(new Set(left.map(({ id }) => id)))
  expect([...state.deeds.values()].filter(({ deed }) => deed === 'run')).toHaveLength(ITEMS.length)
})
