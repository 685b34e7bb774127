import type { Ledger } from '../core/ports.js'
import type { Actions } from './host.js'
import { jobFile, leaveIn, leftIn } from './job-file.js'

type Seeing = Ledger & Readonly<{ seen(): string | undefined }>
type Job = Pick<Actions, 'temporary' | 'repository'>

/**
 * The newest commit of the ledger's branch that an earlier step of this job has seen, so that a forced push between two
 * steps is found. The runner's temporary folder is the job's; where there is none, nothing is handed on.
 */
export async function seenBefore(branch: string, job: Job): Promise<string | undefined> {
  const text = await leftIn(fileFor(branch, job))
  return /^[0-9a-f]{40,64}$/.test(text) ? text : undefined
}

/** The same ledger; once it is closed, later steps know what it has seen last. */
export function handingOn(ledger: Seeing, branch: string, job: Job): Ledger {
  return {
    ...ledger,
    close: async () => {
      await ledger.close()
      const seen = ledger.seen()
      if (seen !== undefined) await leaveIn(fileFor(branch, job), seen)
    }
  }
}

const fileFor = (branch: string, { temporary, repository }: Job): string | undefined =>
  jobFile(temporary, 'deploy-checklist-seen-*', JSON.stringify([repository, branch]))
