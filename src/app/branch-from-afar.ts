import { refused } from '../core/errors.js'
import { isPublic, openAboutRepository } from '../github/about-repository.js'
import { openGitHub } from '../github/api.js'
import type { Front, FrontOptions } from './front.js'
import { apiOf } from './host.js'
import type { Command } from './request.js'

/** They hold nothing, so that they need no run of Actions behind them: three look, one adds a person's word. */
const FROM_AFAR: readonly Command[] = ['history', 'show', 'verify', 'sign']

export const isFromAfar = (command: Command): boolean => FROM_AFAR.includes(command)

/** The ledger's branch from a machine of somebody's own, with a token that may read it; to sign, that may write it. */
export function branchFromAfar({ host, repository, say }: FrontOptions, token: string): NonNullable<Front['ledger']> {
  return async (branch, clock) => {
    const { openBranchLedger } = await import('../github/ledger/branch-ledger.js')
    const base = {
      url: apiOf(host),
      token,
      repository: await ownerAndName(repository),
      clock: host.clock,
      env: host.env
    }
    const github = openGitHub({ ...base, onWait: say })
    const publicRepository = isPublic(await openAboutRepository(github)())
    return openBranchLedger({ github, branch, clock, publicRepository })
  }
}

/** `owner/name`; a folder's own name, which is what a clone without a remote has, is none that GitHub could be asked for. */
export async function ownerAndName(repository: FrontOptions['repository']): Promise<string> {
  const name = await repository()
  if (/^[^/\s]+\/[^/\s]+$/.test(name)) return name
  throw refused(
    'usage',
    `expected a clone of a repository on GitHub, found ${name}, whose remote names no owner`,
    'Run it in such a clone, or say which one: GITHUB_REPOSITORY=OWNER/NAME.'
  )
}
