import { type ChecklistError, refused } from '../../core/errors.js'
import type { Clock } from '../../core/ports.js'
import type { Branch } from './branch.js'
import { MARKER } from './readme.js'
import { type Known, NOTHING } from './shelf.js'

/** What this process last saw of the branch. */
export interface Watch {
  last(): Known | undefined
  /** Asks for the tip, and reads what it holds if it has moved: one request, three where it has. */
  look(): Promise<Known>
  /** Our own commit is the newest now. */
  moved(known: Known): void
}

const LOOKS = 5
const BETWEEN_LOOKS_MS = 1000

/** `seen` is a commit that an earlier process saw there: what is found must follow it. */
export type Watched = Readonly<{ branch: Branch; name: string; clock: Clock; seen: string | undefined }>

/** A tip that does not follow the one seen before is an old answer, which passes, or a forced push, which does not. */
export function openWatch({ branch, name, clock, seen }: Watched): Watch {
  let last: Known | undefined

  async function newer(): Promise<Known | undefined> {
    const sha = await branch.tip()
    const before = last?.tip?.sha ?? seen
    if (last !== undefined && sha === last.tip?.sha) return last
    if (sha === undefined) return before === undefined ? NOTHING : undefined
    const tip = await branch.commit(sha)
    const follows =
      before === undefined || before === sha || tip.parents.includes(before) || (await branch.follows(sha, before))
    return follows ? { tip, files: await branch.files(tip.tree) } : undefined
  }

  return {
    last: () => last,
    look: async () => {
      for (let look = 1; look <= LOOKS; look++) {
        const found = await newer()
        if (found !== undefined) {
          if (found.tip !== undefined && !found.files.has(MARKER)) throw foreign(name)
          last = found
          return found
        }
        if (look < LOOKS) await clock.sleep(BETWEEN_LOOKS_MS * look)
      }
      throw rewritten(name, last?.tip?.sha ?? seen ?? '')
    },
    moved: known => {
      last = known
    }
  }
}

const rewritten = (name: string, seen: string): ChecklistError =>
  refused(
    'ledger_broken',
    `the branch ${name} was rewritten or deleted: its history had ${seen}, and has it no more`,
    `Nothing was written. Find out who pushed it by force, put ${seen} back (\`git push --force origin ${seen}:refs/heads/${name}\`), and forbid forced pushes to it in a ruleset.`
  )

const foreign = (name: string): ChecklistError =>
  refused(
    'usage',
    `the branch ${name} is no ledger of deploy-checklist: it has no ${MARKER}`,
    'Nothing was changed. Name another branch for the ledger; it is made where it is not there.'
  )
