import { ledgerContract } from '../contract/ledger-contract.js'
import { memoryLedger } from '../fakes/ledger.js'

ledgerContract('memory', async () => {
  const ledger = memoryLedger()
  return { ledger, other: ledger, close: async () => {} }
})
