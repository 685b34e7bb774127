import { expect, test } from '@jest/globals'
import { CHECKLIST, openStand } from './stand.js'

const NOTE = /(\w+) has only (.*): values that short are not hidden in output/g

test.each(['run', 'plan', 'rollback'])('%s says once which secrets are too short to be hidden', async line => {
  const at = openStand(`secrets: [PIN, FLAG, EMPTY, LONG]\n${CHECKLIST}`)
  await at.does('run')
  at.commit()
  await at.does('run')
  const { said } = await at.does(line, { env: { PIN: '123', FLAG: '1\n', EMPTY: '', LONG: '1234' } })
  expect([...said.matchAll(NOTE)].map(([, name, much]) => [name, much])).toEqual([
    ['PIN', '3 characters'],
    ['FLAG', '1 character']
  ])
})

test('nothing is said where all are long enough', async () => {
  const at = openStand(`secrets: [PIN]\n${CHECKLIST}`)
  expect((await at.does('run', { env: { PIN: '1234' } })).said).not.toMatch(NOTE)
})
