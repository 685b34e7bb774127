import { ChecklistError, unavailable } from '../../core/errors.js'
import type { Clock } from '../../core/ports.js'
import type { Branch } from './branch.js'
import type { Decision, Write } from './decide.js'
import { FIRST_FILES } from './readme.js'
import type { Known, Shelf } from './shelf.js'
import type { Watch } from './watch.js'

type Tools = Readonly<{ branch: Branch; shelf: Shelf; watch: Watch; clock: Clock; name: string }>

/** Decides on what the branch holds; asked again when it has moved. */
export type Decide<Verdict> = (known: Known, again: boolean) => Promise<Decision<Verdict>>

/** How often others may be quicker, and how often an answer may be lost or GitHub may refuse without a reason. */
const TRIES = { outrun: 40, odd: 3 } as const

/**
 * One write: decided on what this process remembers, made as tree, commit and a fast-forward of the branch. Whatever is
 * not a plain yes is resolved by looking again, and judged again by what is found.
 */
export async function write<Verdict>(tools: Tools, decide: Decide<Verdict>, before: boolean): Promise<Verdict> {
  const { watch, clock, name } = tools
  const remembered = before ? undefined : watch.last()
  let [known, fresh, again] = [remembered ?? (await watch.look()), remembered === undefined, before]
  const tried = { outrun: 0, odd: 0 }
  let last: Sent | undefined
  while (tried.outrun < TRIES.outrun && tried.odd < TRIES.odd) {
    const { verdict, write } = await decide(known, again)
    if (write === undefined && fresh) return verdict
    if (write !== undefined) {
      last = await send(tools, known, write)
      if (last.kind === 'done') return verdict
      again ||= last.kind === 'unsure'
      await clock.sleep(pause(tried, last))
    }
    const next = await watch.look()
    if (write !== undefined) tried[next.tip?.sha === known.tip?.sha ? 'odd' : 'outrun'] += 1
    ;[known, fresh] = [next, true]
  }
  throw stuck(name, last?.problem ?? '', tried.outrun === TRIES.outrun ? 'outrun' : (last?.kind ?? 'refused'))
}

/** Those who come at once must not come at once again: each has another commit. Oddities get whole seconds. */
const pause = ({ outrun, odd }: Readonly<{ outrun: number; odd: number }>, { commit }: Sent): number =>
  (Number.parseInt(commit.slice(0, 4), 16) % 250) * (outrun + 1) + 1000 * odd

type Sent = Readonly<{ kind: 'done' | 'refused' | 'unsure'; problem: string; commit: string }>

async function send({ branch, shelf, watch }: Tools, known: Known, write: Write): Promise<Sent> {
  const changes = known.tip === undefined ? [...FIRST_FILES, ...write.changes] : write.changes
  const tree = await branch.writeTree(known.tip, changes)
  const commit = await branch.writeCommit(known.tip, tree, write.message)
  try {
    const problem = await branch.move(commit)
    if (problem !== undefined) return { kind: 'refused', problem, commit: commit.sha }
  } catch (error) {
    // Where GitHub did not answer, the branch may have moved all the same.
    if (!(error instanceof ChecklistError) || error.status !== 'UNAVAILABLE') throw error
    return { kind: 'unsure', problem: error.message, commit: commit.sha }
  }
  watch.moved(shelf.after(known, commit, changes))
  return { kind: 'done', problem: '', commit: commit.sha }
}

const HINTS = {
  done: '',
  outrun: 'Others write to it all the time. Try again later.',
  refused:
    'Nothing was written. A ruleset or branch protection must let this token push to that branch; then try again.',
  unsure: 'Try again when GitHub answers: what was written all the same is found then, and not written twice.'
} as const

const stuck = (name: string, problem: string, why: keyof typeof HINTS): ChecklistError =>
  unavailable('ledger_unavailable', `the branch ${name} could not be moved to a new entry: ${problem}`, HINTS[why])
