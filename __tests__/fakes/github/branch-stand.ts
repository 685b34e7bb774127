import { writeLine } from '../../../src/core/ledger/lines.js'
import { fileOf, folderOf } from '../../../src/core/ledger/names.js'
import type { Stored } from '../../../src/core/ports.js'
import {
  type BranchLedger,
  type BranchLedgerOptions,
  openBranchLedger
} from '../../../src/github/ledger/branch-ledger.js'
import { fakeClock } from '../clock.js'
import { gitOf } from './git-store.js'
import { plainGitHub } from './plain-github.js'
import { type FakeGitHub, startGitHub } from './server.js'

export const BRANCH = 'deploy-checklist'

/** A ledger on a branch of that GitHub, as one process opens it. */
export const openOn = (
  { url }: Pick<FakeGitHub, 'url'>,
  options: Partial<Pick<BranchLedgerOptions, 'publicRepository' | 'seen'>> = {}
): BranchLedger =>
  openBranchLedger({
    github: plainGitHub(url),
    branch: BRANCH,
    clock: fakeClock({ mode: 'turning' }),
    publicRepository: false,
    ...options
  })

/** A stand for the contract: a GitHub of its own, and two processes that know it. */
export async function openBranchStand() {
  const github = await startGitHub()
  const [ledger, other] = [openOn(github), openOn(github)]
  const tamper = async (stored: Stored) => {
    const path = `${folderOf(stored.record.key)}/${fileOf(stored.record)}`
    gitOf(github.state).push(BRANCH, { [path]: writeLine(stored) })
  }
  const close = async () => {
    await Promise.all([ledger.close(), other.close()])
    await github.close()
    if (github.violations().length > 0) throw new Error(github.violations().join('\n'))
  }
  return { ledger, other, tamper, close }
}
