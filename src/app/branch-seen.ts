import { readFile, rename, writeFile } from 'node:fs/promises'
import type { Ledger } from '../core/ports.js'
import type { Actions } from './host.js'
import { jobFile } from './job-file.js'

type Seeing = Ledger & Readonly<{ seen(): string | undefined }>
type Job = Pick<Actions, 'temporary' | 'repository'>

/**
 * The newest commit of the ledger's branch that an earlier step of this job has seen, so that a forced push between two
 * steps is found. The runner's temporary folder is the job's; where there is none, nothing is handed on.
 */
export async function seenBefore(branch: string, job: Job): Promise<string | undefined> {
  const file = fileFor(branch, job)
  const text = file === undefined ? '' : await readFile(file, 'utf8').catch(() => '')
  return /^[0-9a-f]{40,64}$/.test(text) ? text : undefined
}

/** The same ledger; once it is closed, later steps know what it has seen last. */
export function handingOn(ledger: Seeing, branch: string, job: Job): Ledger {
  return {
    ...ledger,
    close: async () => {
      await ledger.close()
      const [file, seen] = [fileFor(branch, job), ledger.seen()]
      if (file === undefined || seen === undefined) return
      // Whole or not at all: two steps may end at once.
      await writeFile(`${file}.${process.pid}`, seen, { mode: 0o600 })
      await rename(`${file}.${process.pid}`, file)
    }
  }
}

const fileFor = (branch: string, { temporary, repository }: Job): string | undefined =>
  jobFile(temporary, 'deploy-checklist-seen-*', JSON.stringify([repository, branch]))
