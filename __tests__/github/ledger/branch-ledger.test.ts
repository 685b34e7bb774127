import { ledgerContract } from '../../contract/ledger-contract.js'
import { ledgerVerifyContract } from '../../contract/ledger-verify-contract.js'
import { openBranchStand } from '../../fakes/github/branch-stand.js'

ledgerContract('git branch', openBranchStand, { beats: 'ignored' })
ledgerVerifyContract('git branch', openBranchStand, { chain: 'refused' })
