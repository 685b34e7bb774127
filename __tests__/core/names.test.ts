import { expect, test } from '@jest/globals'
import type { AnyKind, Finding, PlannedItem } from '../../src/core/item.js'
import type { JsonObject } from '../../src/core/json.js'
import {
  asked,
  declaredByItems,
  demandedNames,
  type NamedPlan,
  resolveNames,
  shellNames,
  textsOf
} from '../../src/core/names.js'
import type { StageName } from '../../src/core/stages.js'

const base = {
  shape: { safeParse: (raw: unknown) => ({ success: true as const, data: raw }) },
  effect: 'by-stage' as const,
  turn: () => 'together' as const,
  subject: () => '',
  run: async (): Promise<Finding> => ({ outcome: 'pass', detail: '' })
}
const listOf = (spec: unknown, key: string): readonly string[] => {
  const value =
    typeof spec === 'object' && spec !== null ? Object.entries(spec).find(([name]) => name === key)?.[1] : []
  return Array.isArray(value) ? value.map(String) : []
}
const KINDS: readonly AnyKind[] = [
  { ...base, name: 'run', shellText: ['run'] },
  { ...base, name: 'env', declares: spec => listOf(spec, 'env') },
  { ...base, name: 'http', captures: spec => listOf(spec, 'capture'), mentions: spec => listOf(spec, 'reads') },
  { ...base, name: 'deploy', shellText: ['run'], nested: ['health'] },
  { ...base, name: 'migrate', shellText: ['migrate'], undo: base.run },
  {
    ...base,
    name: 'picky',
    shape: { safeParse: () => ({ success: false, error: { issues: [] } }) },
    declares: () => ['X']
  }
]

const item = (id: string, spec: JsonObject, more: Partial<PlannedItem> = {}): PlannedItem => ({
  ...{
    id,
    name: id,
    kind: Object.keys(spec)[0] ?? '',
    at: { line: 1, col: 1 },
    effect: 'check',
    optional: false,
    spec
  },
  ...more
})
const NOTHING = { preflight: [], backup: [], migrate: [], deploy: [], 'smoke-test': [], monitor: [] }
const plan = (more: Partial<NamedPlan>): NamedPlan => ({
  ...{ vars: {}, secrets: [], databases: {}, monitor: null },
  ...more,
  stages: { ...NOTHING, ...more.stages }
})
const stages = (more: Partial<NamedPlan['stages']>): NamedPlan['stages'] => ({ ...NOTHING, ...more })

test.each([
  ['echo "$HOME" ${USER}', ['HOME', 'USER']],
  ['${A:-b} ${#C} ${!D} $$ $1 $? ${} $(E)', ['A', 'C', 'D']],
  ['nothing', []]
])('the names that a shell would look up in %j', (text, expected) => {
  expect(shellNames(text)).toEqual(expected)
})

test('every text of an item that may hold a name, and which of them are shell text', () => {
  const spec = { deploy: 'direct', run: 'go $A', health: { http: 'GET ${B}', run: 'x' }, list: ['${C}', { deep: 1 }] }
  const texts = textsOf(item('x', spec, { undo: 'back $D', probe: 'is $E' }), KINDS)
  expect(texts.map(({ path, text, shell }) => [path.join('.'), text, shell])).toEqual([
    ['run', 'go $A', true],
    ['health.http', 'GET ${B}', false],
    ['list.0', '${C}', false],
    ['undo', 'back $D', true],
    ['probe', 'is $E', true]
  ])
  const redeployed = textsOf(item('x', { run: 'a $A' }, { undo: 'redeploy' }), KINDS)
  expect(redeployed.map(({ path }) => path.join('.'))).toEqual(['run'])
  expect(textsOf(item('x', { gone: '$A', health: 'text ${B}' }), KINDS)).toHaveLength(2)
  expect(textsOf(item('x', { deploy: '$A', health: { retry: 'none' } }), KINDS)).toHaveLength(1)
})

const PLAN = plan({
  vars: { BASE: 'https://${HOST}', HOST: 'h.${ZONE}', UNUSED: '${LOST}' },
  secrets: ['DB_URL', 'KEY', 'UNDO_KEY', 'PAGER'],
  databases: { main: { url: '${DB_URL}', engine: 'postgres', scratch: '${SCRATCH}', atLeast: 'identical' } },
  stages: stages({
    preflight: [item('p/env', { env: ['ZONE', 'SCRATCH'] })],
    migrate: [item('m/up', { migrate: 'up "$KEY"' }, { in: 'main' })],
    deploy: [
      item('d/run', { run: './go $KEY $HOME' }, { undo: './back $UNDO_KEY' }),
      item('d/again', { run: './go $ZONE' }, { undo: 'redeploy' }),
      item('d/skipped', { run: './go $PAGER' }, { skip: 'later', undo: './back $PAGER' }),
      item('d/looks', { run: 'look' })
    ],
    'smoke-test': [
      item('s/login', { http: 'GET ${BASE}/login', capture: ['SESSION'] }),
      item('s/in', { http: 'GET ${BASE}/?s=${SESSION}&c=${DEPLOY_COMMIT}' })
    ],
    monitor: [item('w/up', { http: 'GET ${BASE}' })]
  }),
  monitor: { checkpoints: [], settleMs: 0, onFailure: 'page', page: 'call $PAGER' }
})

const demanded = (all: NamedPlan, ...names: StageName[]) =>
  Object.fromEntries(demandedNames(all, names, KINDS).map(({ name, by }) => [name, by]))

test.each<[string, StageName[], Record<string, string[]>]>([
  ['an env item declares and demands nothing by itself', ['preflight'], {}],
  [
    'a migration needs its own names and those of its database',
    ['migrate'],
    { KEY: ['m/up'], DB_URL: ['m/up'], SCRATCH: ['m/up'] }
  ],
  [
    'a stage that may roll back needs what the undos need, and never what is skipped',
    ['deploy'],
    { KEY: ['d/run', 'm/up'], ZONE: ['d/again'], UNDO_KEY: ['d/run'], DB_URL: ['m/up'], SCRATCH: ['m/up'] }
  ],
  [
    'a rollback needs only what the undos need',
    ['rollback'],
    { UNDO_KEY: ['d/run'], ZONE: ['d/again'], KEY: ['m/up'], DB_URL: ['m/up'], SCRATCH: ['m/up'] }
  ],
  [
    'a monitor needs vars down to what must be set, and its pager',
    ['monitor'],
    { ZONE: ['w/up'], PAGER: ['monitor.page'] }
  ],
  ['no stage needs nothing', [], {}]
])('%s', (_, names, expected) => {
  expect(demanded(PLAN, ...names)).toEqual(expected)
})

test('what takes back an action of backup is demanded wherever a later stage may fail, but not what a backup is made of', () => {
  const saving = plan({
    secrets: ['ON', 'OFF', 'DUMP'],
    stages: stages({
      backup: [
        item('b/on', { run: './on $ON' }, { undo: './off $OFF' }),
        item('b/off', { run: './x' }, { skip: 'no', undo: './x $DUMP' }),
        item('b/main', { run: './dump $DUMP' })
      ]
    })
  })
  for (const stage of ['migrate', 'deploy', 'rollback'] as const)
    expect(demanded(saving, stage)).toEqual({ OFF: ['b/on'] })
  expect(demanded(saving, 'backup')).toEqual({ ON: ['b/on'], OFF: ['b/on'], DUMP: ['b/main'] })
})

test('captures and built-ins are not demanded from the environment', () => {
  expect(Object.keys(demanded(PLAN, 'smoke-test')).sort()).toEqual(['DB_URL', 'KEY', 'SCRATCH', 'UNDO_KEY', 'ZONE'])
})

test('what an item reads without saying so is demanded like what it says', () => {
  const reads = plan({
    vars: { BASE: '${HOST}' },
    stages: stages({ monitor: [item('a', { http: 'GET /', reads: ['BASE'] })] })
  })
  expect(demanded(reads, 'monitor')).toEqual({ HOST: ['a'] })
})

test('a monitor that rolls back needs what the undos need', () => {
  const rollsBack = { checkpoints: [], settleMs: 0, onFailure: 'rollback' } as const
  expect(Object.keys(demanded({ ...PLAN, monitor: rollsBack }, 'monitor'))).toContain('UNDO_KEY')
})

test('an item of a database that is gone, and a circle of vars, are no reason to fail', () => {
  const odd = plan({
    vars: { A: '${B}', B: '${A}${C}' },
    stages: stages({ monitor: [item('a', { http: '${A}' }, { in: 'gone' })] })
  })
  expect(demanded(odd, 'monitor')).toEqual({ C: ['a'] })
  expect(resolveNames({ plan: odd, kinds: KINDS, stages: ['monitor'], env: { C: 'x' }, builtIns: {} })).toEqual({
    values: {},
    missing: [{ name: 'C', by: ['a'] }]
  })
})

test('every declared name that has a value gets it, vars filled in whatever their order', () => {
  const env = {
    ZONE: 'example.com',
    DB_URL: 'postgres://x',
    KEY: 'k',
    PAGER: '',
    SECRET_OF_NOBODY: 's',
    HOST: 'ignored'
  }
  const builtIns = { DEPLOY_COMMIT: 'abc', DEPLOY_PREVIOUS_COMMIT: '' }
  const { values, missing } = resolveNames({ plan: PLAN, kinds: KINDS, stages: ['deploy', 'monitor'], env, builtIns })
  expect(values).toEqual({
    ...{ DEPLOY_COMMIT: 'abc', DEPLOY_PREVIOUS_COMMIT: '', ZONE: 'example.com', DB_URL: 'postgres://x', KEY: 'k' },
    ...{ BASE: 'https://h.example.com', HOST: 'h.example.com' }
  })
  expect(missing).toEqual([
    { name: 'UNDO_KEY', by: ['d/run'] },
    { name: 'SCRATCH', by: ['m/up'] },
    { name: 'PAGER', by: ['monitor.page'] }
  ])
})

test('what an item declares is asked of its kind, and of nobody where the kind or its form is unknown', () => {
  expect(declaredByItems(PLAN, KINDS)).toEqual(['ZONE', 'SCRATCH'])
  expect(asked({ kind: 'gone', spec: {} }, KINDS, 'declares')).toEqual([])
  expect(asked({ kind: 'picky', spec: {} }, KINDS, 'declares')).toEqual([])
  expect(asked({ kind: 'run', spec: {} }, KINDS, 'declares')).toEqual([])
})
