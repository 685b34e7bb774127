import { expect, test } from '@jest/globals'
import { preparable } from '../../../src/core/engine/preparable.js'
import type { AnyKind, Finding, PlannedItem } from '../../../src/core/item.js'

type Spec = Readonly<{ says: string; captures?: readonly string[] }>

const base = {
  shape: { safeParse: (raw: unknown) => ({ success: true as const, data: raw as Spec }) },
  effect: 'by-stage' as const,
  turn: () => 'together' as const,
  subject: () => '',
  run: async (): Promise<Finding> => ({ outcome: 'pass', detail: '' }),
  captures: ({ captures = [] }: Spec) => captures
}
const KINDS: readonly AnyKind[] = ['http', 'manual', 'wait', 'run'].map(name => ({
  ...base,
  name,
  shellText: name === 'run' ? ['says'] : []
}))

const item = (id: string, says: string, more: Partial<PlannedItem> & { captures?: string[] } = {}): PlannedItem => {
  const { captures = [], ...rest } = more
  const spec = { says, captures }
  return { id, name: id, kind: 'http', at: { line: 1, col: 1 }, effect: 'check', optional: false, spec, ...rest }
}

test.each([
  ['checks are looked at in their order', [item('a', 'x'), item('b', 'y')], [], ['a', 'b']],
  ['what lacks a value is left out', [item('a', '${URL}'), item('b', 'y')], ['a'], ['b']],
  ['nobody is asked', [item('a', 'x', { kind: 'manual' }), item('b', 'y')], [], ['b']],
  ['nothing waits', [item('a', 'x', { kind: 'wait' }), item('b', 'y')], [], ['b']],
  [
    'what stands behind an action may look at what it did',
    [item('a', 'x'), item('b', 'y', { effect: 'action' }), item('c', 'z')],
    [],
    ['a']
  ],
  [
    'an action that is skipped did nothing',
    [item('a', 'x', { effect: 'action', skip: 'not today' }), item('b', 'y')],
    [],
    ['a', 'b']
  ],
  [
    'what needs a capture of one that was left out is left out, and what needs its captures',
    [
      item('a', 'x', { captures: ['ID'] }),
      item('b', '${ID}', { captures: ['NEXT'] }),
      item('c', 'echo "$NEXT"', { kind: 'run' }),
      item('d', 'echo ${OTHER}', { kind: 'run' })
    ],
    ['a'],
    ['d']
  ],
  [
    'what was captured ahead of the gate serves there',
    [item('a', 'x', { captures: ['ID'] }), item('b', '${ID}')],
    [],
    ['a', 'b']
  ]
])('%s', (_, items, lacking, expected) => {
  expect(preparable(items, lacking, KINDS).map(({ id }) => id)).toEqual(expected)
})
