import { expect, test } from '@jest/globals'
import type { Receipt } from '../../../src/core/records.js'
import { secondsBack } from '../../../src/core/result/seconds-back.js'
import { receipt } from '../../report/sample.js'

const taking = (seconds: Partial<Receipt['seconds']>, more: Partial<Receipt> = {}): Receipt => ({
  ...receipt,
  ...more,
  seconds: { dump: 9, compare: 0.5, total: 20, ...seconds }
})
const nothing = { seconds: null, measured: '' }

test.each<[string, readonly Receipt[], object]>([
  [
    'a dump is restored and compared',
    [taking({ restore: 2 })],
    { seconds: 2.5, measured: expect.stringMatching(/restored and compared/) }
  ],
  ['several add up', [taking({ restore: 2 }), taking({ restore: 1 })], { seconds: 4 }],
  ['a snapshot was never put back', [taking({}, { proof: 'snapshot' })], nothing],
  ['nor was one whose receipt says 0', [taking({ restore: 0 }, { proof: 'snapshot' })], nothing],
  ['one that was not measured leaves the whole open', [taking({ restore: 2 }), taking({})], nothing],
  ['no backup, no time', [], nothing]
])('%s', (_, receipts, expected) => {
  expect(secondsBack(receipts)).toMatchObject(expected)
})
