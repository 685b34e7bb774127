import { expect, test } from '@jest/globals'
import { manualKind } from '../../src/checks/manual.js'
import type { SignOff } from '../../src/core/item.js'
import { contextOf } from './context.js'

const word = (who: string, words = 'fine', claimed = false): SignOff => ({
  item: 'preflight/it',
  who,
  words,
  claimed,
  at: '2026-01-05T10:00:00Z'
})

test.each<[string, SignOff[], string, string | undefined]>([
  ['nobody has signed', [], 'waiting', 'waiting_for_person'],
  ['who started it has', [word('ann')], 'waiting', 'waiting_for_person'],
  ['somebody else has', [word('bob')], 'pass', undefined],
  ['somebody else refuses', [word('bob', 'no, not today')], 'fail', undefined],
  ['somebody else is claimed to have', [word('bob', 'fine', true)], 'waiting', 'waiting_for_person']
])('an item for a second person: %s', async (_, signOffs, outcome, reason) => {
  const asked: string[] = []
  const interview = {
    ask: async ({ item }: { item: string }) => {
      asked.push(item)
      return { who: 'bob', words: 'yes', agrees: true, claimed: true }
    }
  }
  const context = contextOf({ signOffs })
  const begun = { ...context, execution: { ...context.execution, starter: 'ann' } }
  const finding = await manualKind({ interview }).run({ manual: 'x', second: true }, begun)
  expect([finding.outcome, finding.reason]).toEqual([outcome, reason])
  // Whoever sits at the terminal may write any name.
  expect(asked).toEqual([])
})
