import { expect, test } from '@jest/globals'
import { requestFromInputs } from '../../src/app/request.js'
import { openStand, refusal } from './stand.js'

const NEEDING = `name: shop
secrets: [OWN, OTHER, WAY_BACK]
stages:
  preflight: [{ run: 'test "$OWN" = own-value', id: first }]
  migrate: [{ run: 'echo migrated >> "$WORLD/log"', id: schema, undo: 'echo "$WAY_BACK" > /dev/null' }]
  deploy: [{ run: 'test -n "$OTHER"; echo deployed >> "$WORLD/log"', id: release, undo: 'true' }]
  smoke-test: [{ run: 'true', id: alive }]
`
const OWN = { env: { OWN: 'own-value' } }

test.each(['preflight', 'migrate'])(
  'a value that a later stage of the same job lacks is missing in %s, before anything is changed',
  async stage => {
    const at = openStand(NEEDING)
    if (stage === 'migrate') await at.step({ ledger: `file:${at.ledger}`, stage: 'preflight' }, OWN)
    const done = await at.step({ ledger: `file:${at.ledger}`, stage, 'whole-job': 'true' }, OWN)
    expect(refusal(done)).toEqual(['REFUSED', 'missing_value', 2])
    expect(done.result.problems.join()).toMatch(/OTHER: needed by deploy\/release.*WAY_BACK|WAY_BACK.*OTHER/)
    expect(at.did()).toEqual([])
  }
)

test('stages of other jobs bring what they need themselves', async () => {
  const at = openStand(NEEDING)
  const done = await at.step({ ledger: `file:${at.ledger}`, stage: 'preflight' }, OWN)
  expect([done.result.exitCode, done.result.problems]).toEqual([0, []])
})

test('without a stage of its own the action is one job', () => {
  expect([requestFromInputs({}, 'preflight').wholeJob, requestFromInputs({ stage: 'preflight' }, '').wholeJob]).toEqual(
    [true, false]
  )
})
