import { isPublic, openAboutRepository } from '../github/about-repository.js'
import { openClient, ownerAndName } from './client.js'
import type { Front, FrontOptions } from './front.js'
import type { Command } from './request.js'

/** They hold nothing, so that they need no run of Actions behind them: three look, one adds a person's word. */
const FROM_AFAR: readonly Command[] = ['history', 'show', 'verify', 'sign']

export const isFromAfar = (command: Command): boolean => FROM_AFAR.includes(command)

/** The ledger's branch from a machine of somebody's own, with a token that may read it; to sign, that may write it. */
export function branchFromAfar(options: FrontOptions): NonNullable<Front['ledger']> {
  return async (branch, clock) => {
    const { openBranchLedger } = await import('../github/ledger/branch-ledger.js')
    const github = openClient(options, { repository: await ownerAndName(options.repository) })
    const publicRepository = isPublic(await openAboutRepository(github)())
    return openBranchLedger({ github, branch, clock, publicRepository })
  }
}
