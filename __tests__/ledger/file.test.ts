import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeLine } from '../../src/core/ledger/lines.js'
import { fileOf, folderOf } from '../../src/core/ledger/names.js'
import type { Liveness, Stored } from '../../src/core/ports.js'
import { openFileLedger } from '../../src/ledger/file.js'
import { snapshotOf } from '../../src/ledger/file-execution.js'
import { systemClock } from '../../src/shell/clock.js'
import { ledgerContract } from '../contract/ledger-contract.js'
import { ledgerVerifyContract } from '../contract/ledger-verify-contract.js'
import { PROCESS } from '../fakes/executions.js'

const alive = { self: async () => PROCESS, state: async () => 'alive' as const } satisfies Liveness

const open = async () => {
  const above = mkdtempSync(join(tmpdir(), 'ledger-'))
  const folder = join(above, 'ledger')
  const openOne = () => openFileLedger({ folder, clock: systemClock(), liveness: alive })
  const [ledger, other] = [openOne(), openOne()]
  const tamper = async (stored: Stored) => {
    const path = join(folder, folderOf(stored.record.key), fileOf(stored.record))
    writeFileSync(path, writeLine(stored))
    rmSync(snapshotOf(path))
  }
  const close = async () => {
    await Promise.all([ledger.close(), other.close()])
    rmSync(above, { recursive: true })
  }
  return { ledger, other, tamper, close }
}

ledgerContract('file', open)
ledgerVerifyContract('file', open)
