import { canonical } from '../../src/core/json.js'
import type { Stored } from '../../src/core/ports.js'
import { openPostgresLedger } from '../../src/ledger/postgres.js'
import { systemClock } from '../../src/shell/clock.js'
import { ledgerContract } from '../contract/ledger-contract.js'
import { ledgerVerifyContract } from '../contract/ledger-verify-contract.js'
import { usePostgres } from '../fakes/postgres-server.js'
import { openSession } from '../fakes/postgres-session.js'

const server = usePostgres('embedded')

const open = async () => {
  // One database for all tests, without the schema at the beginning of each: much faster than a new one.
  const url = server.url()
  await server.sql(url, 'DROP SCHEMA IF EXISTS deploy_checklist CASCADE')
  const openOne = () =>
    openPostgresLedger({ address: 'ledger at 127.0.0.1', open: () => openSession(url), clock: systemClock() })
  const [ledger, other] = [openOne(), openOne()]
  const tamper = async ({ record, events, head }: Stored) => {
    const session = await openSession(url)
    const text = (value: unknown) => canonical(JSON.parse(JSON.stringify(value)))
    const table = 'deploy_checklist.events'
    await session.query(`DELETE FROM ${table} WHERE execution_id = $1`, [record.id])
    for (const { seq, at, token, body, prev, hash } of events) {
      const row = [record.id, seq, at, token, body.type, text(body), prev, hash]
      await session.query(`INSERT INTO ${table} VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`, row)
    }
    const update = 'UPDATE deploy_checklist.executions SET record = $2, head = $3 WHERE id = $1'
    await session.query(update, [record.id, text(record), head])
    await session.close()
  }
  const close = async () => {
    await Promise.all([ledger.close(), other.close()])
  }
  return { ledger, other, tamper, close }
}

ledgerContract('postgres', open)
ledgerVerifyContract('postgres', open)
