import { ledgerContract } from '../contract/ledger-contract.js'
import { ledgerVerifyContract } from '../contract/ledger-verify-contract.js'
import { memoryLedger } from '../fakes/ledger.js'

const open = async () => {
  const ledger = memoryLedger()
  const tamper = async (stored: Parameters<typeof ledger.executions.set>[1]) => {
    ledger.executions.set(stored.record.id, stored)
  }
  return { ledger, other: ledger, tamper, close: async () => {} }
}

ledgerContract('memory', open)
ledgerVerifyContract('memory', open)
