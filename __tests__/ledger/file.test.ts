import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Liveness } from '../../src/core/ports.js'
import { openFileLedger } from '../../src/ledger/file.js'
import { systemClock } from '../../src/shell/clock.js'
import { ledgerContract } from '../contract/ledger-contract.js'
import { PROCESS } from '../fakes/executions.js'

const alive = { self: async () => PROCESS, state: async () => 'alive' as const } satisfies Liveness

ledgerContract('file', async () => {
  const above = mkdtempSync(join(tmpdir(), 'ledger-'))
  const open = () => openFileLedger({ folder: join(above, 'ledger'), clock: systemClock(), liveness: alive })
  const [ledger, other] = [open(), open()]
  const close = async () => {
    await Promise.all([ledger.close(), other.close()])
    rmSync(above, { recursive: true })
  }
  return { ledger, other, close }
})
