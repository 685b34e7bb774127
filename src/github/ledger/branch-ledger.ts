import { GENESIS } from '../../core/events.js'
import type { Key } from '../../core/execution.js'
import { assertKept } from '../../core/kept.js'
import { broken } from '../../core/ledger/damage.js'
import { openDoubts } from '../../core/ledger/doubts.js'
import { fileOf, isOf, nameIn } from '../../core/ledger/names.js'
import { type AppendVerdict, assertChained, type CreateVerdict } from '../../core/ledger/rules.js'
import type { Change, Clock, Ledger, NewExecution, Stored, Survey } from '../../core/ports.js'
import type { GitHub } from '../github.js'
import { openBranch } from './branch.js'
import { decideAppend, decideCreate, decideRemoval } from './decide.js'
import { journalsIn, newestFile, newestIn, stateIn, viewKey } from './key-view.js'
import { foldersIn, listExecutions } from './listing.js'
import { contradicts, rowsFileOf } from './rows.js'
import { type Known, openShelf, pathOf } from './shelf.js'
import { openWatch } from './watch.js'
import { type Decide, write } from './writer.js'

export type BranchLedgerOptions = Readonly<{
  github: GitHub
  branch: string
  clock: Clock
  publicRepository: boolean
  /** A commit that an earlier process has seen there: a branch that has lost it is refused as rewritten. */
  seen?: string
}>

/** `seen` is the newest commit that this process knows of, for a later one; undefined where it has not looked. */
export type BranchLedger = Ledger & Readonly<{ seen(): string | undefined }>

/**
 * Executions on a branch of their own, written through GitHub's git data API: one folder per key, in it one file of JSON
 * lines per execution, an index, and rows of what has ended. The branch's newest commit is the compare-and-swap for
 * everything: a write is three requests (tree, commit, fast-forward) and reads nothing as long as nobody else wrote; a
 * look is one. Heartbeats are not kept: they never decide, and each would be a commit.
 *
 * In a public repository it `keeps` verdicts only: whoever writes to it takes words out before they are chained, and a
 * write that has some is refused as the bug that it is.
 */
export function openBranchLedger(options: BranchLedgerOptions): BranchLedger {
  const { github, branch: name, clock, publicRepository, seen } = options
  const branch = openBranch(github, name)
  const shelf = openShelf(branch, name)
  const watch = openWatch({ branch, name, clock, seen })
  const doubts = openDoubts()
  const tools = { branch, shelf, watch, clock, name }
  const inTurn = oneAtATime()
  const allowed = (...writes: readonly (NewExecution | undefined)[]): void => {
    if (publicRepository) for (const write of writes) if (write !== undefined) assertKept(write)
  }

  async function create(entry: NewExecution, takingOverFrom: Change | undefined, again: boolean) {
    assertChained(entry.events, GENESIS, 0)
    allowed(entry, takingOverFrom)
    const { record } = entry
    const own = [fileOf(record), ...(takingOverFrom === undefined ? [] : [fileOf(takingOverFrom.record)])]
    const decide: Decide<CreateVerdict> = async (known, again) => {
      const view = await viewKey(shelf, known, record.key, (index, files) => [...own, ...newestFile(index, files)])
      const rows = await shelf.rows(known, view.folder, rowsFileOf(view.index.lastNumber))
      return decideCreate(view, entry, { takingOverFrom, rows, again })
    }
    return await write(tools, decide, again)
  }

  async function append(change: Change, again: boolean) {
    allowed(change)
    const decide: Decide<AppendVerdict> = async (known, again) => {
      const view = await viewKey(shelf, known, change.record.key, () => [fileOf(change.record)])
      return decideAppend(view, change, again)
    }
    return await write(tools, decide, again)
  }

  async function survey(key: Key): Promise<Survey> {
    const view = await viewKey(shelf, await watch.look(), key, newestFile)
    const { lastNumber, fence, holder } = stateIn(view)
    const newest = newestIn(view)?.tail
    return {
      nextNumber: lastNumber + 1,
      nextToken: fence + 1,
      newest: newest?.record,
      newestHead: newest?.head ?? GENESIS,
      holder
    }
  }

  async function read(id: string): Promise<Stored | undefined> {
    const known = await watch.look()
    const at = placeOf(known, id)
    const journal = at && (await shelf.journal(known, at.folder, at.file))
    if (at === undefined || journal === undefined) return undefined
    const { record, head } = journal.tail
    const path = pathOf(at.folder, rowsFileOf(record.number))
    const row = shelf.rowsAtHand(known, at.folder, rowsFileOf(record.number))[at.file]
    if (row !== undefined && row.blob === known.files.get(pathOf(at.folder, at.file)) && contradicts(row, record))
      throw broken(path, `what it says of execution ${id} is not what that one's own file says`)
    return { record, events: journal.events, head }
  }

  async function remove(id: string, by: string, at: string, again: boolean) {
    const decide: Decide<'removed' | 'not-ended' | 'newest' | 'absent'> = async (known, again) => {
      if (again && (await isBuried(known, id, at))) return { verdict: 'removed' }
      const place = placeOf(known, id)
      const key = place && (await shelf.index(known, place.folder))?.key
      if (place === undefined || key === undefined) return { verdict: 'absent' }
      const view = await viewKey(shelf, known, key, () => [place.file])
      const rows = await shelf.rows(known, view.folder, rowsFileOf(nameIn(place.file).number))
      return decideRemoval(view, place.file, { by, at, rows })
    }
    return await write(tools, decide, again)
  }

  async function isBuried(known: Known, id: string, at: string): Promise<boolean> {
    for (const folder of foldersIn(known)) {
      const index = await shelf.index(known, folder)
      if (index?.tombstones.some(tombstone => tombstone.id === id && tombstone.deletedAt === at)) return true
    }
    return false
  }

  return {
    name: `git branch ${name} of ${github.repository}`,
    keeps: publicRepository ? 'verdicts' : 'all',
    writes: 'dear',
    prepare: () =>
      inTurn(() =>
        write(tools, async known => ({ verdict: undefined, ...(known.tip === undefined && { write: FIRST }) }), true)
      ),
    create: (entry, options) =>
      inTurn(() => doubts.during(entry.events, again => create(entry, options?.takingOverFrom, again))),
    survey: key => inTurn(() => survey(key)),
    append: change => inTurn(() => doubts.during(change.events, again => append(change, again))),
    beat: async () => {},
    read: id => inTurn(() => read(id)),
    list: (filter, page) => inTurn(async () => listExecutions(shelf, await watch.look(), filter, page)),
    remove: (id, by, at) => inTurn(() => doubts.about(`remove ${id} at ${at}`, again => remove(id, by, at, again))),
    close: async () => {},
    seen: () => watch.last()?.tip?.sha ?? seen
  }
}

const FIRST = { changes: [], message: 'The ledger begins' }

function placeOf(known: Known, id: string): Readonly<{ folder: string; file: string }> | undefined {
  return foldersIn(known)
    .flatMap(folder => [...journalsIn(known, folder).keys()].map(file => ({ folder, file })))
    .find(({ file }) => isOf(file, id))
}

/** What one process asks for at once is done one after the other, since each step remembers what the one before found. */
function oneAtATime() {
  let queue: Promise<unknown> = Promise.resolve()
  return <T>(work: () => Promise<T>): Promise<T> => {
    const done = queue.then(work)
    queue = done.catch(() => {})
    return done
  }
}
