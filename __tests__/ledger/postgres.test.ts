import { openPostgresLedger } from '../../src/ledger/postgres.js'
import { systemClock } from '../../src/shell/clock.js'
import { ledgerContract } from '../contract/ledger-contract.js'
import { usePostgres } from '../fakes/postgres-server.js'
import { openSession } from '../fakes/postgres-session.js'

const server = usePostgres('embedded')

ledgerContract('postgres', async () => {
  const url = await server.create()
  const open = () =>
    openPostgresLedger({ address: 'ledger at 127.0.0.1', open: () => openSession(url), clock: systemClock() })
  const [ledger, other] = [open(), open()]
  const close = async () => {
    await Promise.all([ledger.close(), other.close()])
  }
  return { ledger, other, close }
})
