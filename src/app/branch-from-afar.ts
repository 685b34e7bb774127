import { refused } from '../core/errors.js'
import { openGitHub } from '../github/api.js'
import type { Front, FrontOptions } from './front.js'
import { apiOf } from './host.js'
import type { Command } from './request.js'

/** They read and write nothing, so that they need no run of Actions behind them. */
const LOOKS: readonly Command[] = ['history', 'show', 'verify']

export const isLook = (command: Command): boolean => LOOKS.includes(command)

/** The ledger's branch for who looks at it from a machine of their own, with a token that may read. */
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
    // What everybody could read matters to who writes, and nobody writes here.
    return openBranchLedger({ github: openGitHub({ ...base, onWait: say }), branch, clock, publicRepository: true })
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
