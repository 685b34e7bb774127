import { expect, test } from '@jest/globals'
import { openPostgresLedger } from '../../src/ledger/postgres.js'
import type { Session } from '../../src/ledger/postgres-session.js'
import { fakeClock } from '../fakes/clock.js'
import { KEY } from '../fakes/executions.js'

const absent = () =>
  Object.assign(new Error('relation "deploy_checklist.schema_version" does not exist'), { code: '42P01' })

/** A server whose schema is made by somebody else right after it was first asked for. */
const meanwhile = (rows: readonly (readonly (string | null)[])[]): Session => {
  let asked = 0
  return {
    query: async sql => {
      if (/to_regclass/.test(sql) && !/DO \$/.test(sql)) return { rows: [['deploy_checklist.schema_version']] }
      if (asked++ === 0) throw absent()
      return { rows }
    },
    close: async () => {}
  }
}

const over = (session: Session) =>
  openPostgresLedger({ address: 'ledger at db', open: async () => session, clock: fakeClock() })

test('a schema that another first run makes between two questions is no broken one', async () => {
  await over(meanwhile([['99']]))
    .prepare()
    .catch(error => expect(error.message).toMatch(/schema version 99/))
  expect(await over(meanwhile([['4', '7', null, null, null, null, null]])).survey(KEY)).toMatchObject({ nextNumber: 5 })
})

test('a schema that lacks something is said', async () => {
  const query: Session['query'] = async sql => {
    if (/to_regclass/.test(sql)) return { rows: [['deploy_checklist.schema_version']] }
    throw absent()
  }
  await expect(over({ query, close: async () => {} }).survey(KEY)).rejects.toMatchObject({
    reason: 'ledger_unavailable'
  })
})
