import { createHash } from 'node:crypto'
import type { FakeState } from './state.js'

export type TreeEntry = Readonly<{ mode: string; type: 'blob' | 'tree'; sha: string }>
/** By name; what is inside a folder is a tree of its own. */
export type Tree = ReadonlyMap<string, TreeEntry>
export type StoredCommit = Readonly<{ tree: string; parents: readonly string[]; message: string; date: string }>
export type TreeChange = Readonly<{
  path: string
  mode: string
  type: string
  sha?: string | null
  content?: string
}>
export type GitStore = ReturnType<typeof gitStore>

/** The repository's objects and refs, addressed by content as git does it. */
export const gitOf = (state: FakeState): GitStore => state.area('git', () => gitStore(() => state.now()))

function gitStore(now: () => number) {
  const blobs = new Map<string, string>()
  const trees = new Map<string, Tree>()
  const commits = new Map<string, StoredCommit>()
  const refs = new Map<string, string>()

  function putBlob(text: string): string {
    const bytes = Buffer.from(text)
    const sha = hash('blob', bytes)
    blobs.set(sha, text)
    return sha
  }

  function putTree(tree: Tree): string {
    const entries = [...tree].sort(([a, x], [b, y]) => (sortName(a, x) < sortName(b, y) ? -1 : 1))
    const parts = entries.map(([name, { mode, sha }]) =>
      Buffer.concat([Buffer.from(`${mode.replace(/^0/, '')} ${name}\0`), Buffer.from(sha, 'hex')])
    )
    const sha = hash('tree', Buffer.concat(parts))
    trees.set(sha, tree)
    return sha
  }

  /** A tree with one file put or, without a blob, taken away; folders come and go with their files. */
  function withFile(tree: Tree, [name = '', ...rest]: readonly string[], blob: string | undefined): Tree {
    const next = new Map(tree)
    if (rest.length === 0) {
      if (blob === undefined) next.delete(name)
      else next.set(name, { mode: '100644', type: 'blob', sha: blob })
      return next
    }
    const inner = withFile(trees.get(tree.get(name)?.sha ?? '') ?? new Map(), rest, blob)
    if (inner.size === 0) next.delete(name)
    else next.set(name, { mode: '040000', type: 'tree', sha: putTree(inner) })
    return next
  }

  function filesIn(sha: string, prefix = ''): readonly (TreeEntry & Readonly<{ path: string }>)[] {
    return [...(trees.get(sha) ?? [])].flatMap(([name, entry]) => [
      { ...entry, path: `${prefix}${name}` },
      ...(entry.type === 'tree' ? filesIn(entry.sha, `${prefix}${name}/`) : [])
    ])
  }

  function putCommit(commit: Omit<StoredCommit, 'date'>): string {
    const stored = { ...commit, date: new Date(now()).toISOString().replace('.000Z', 'Z') }
    const sha = hash('commit', Buffer.from(JSON.stringify(stored)))
    commits.set(sha, stored)
    return sha
  }

  /** Every commit that is reached from one, itself included. */
  function history(sha: string): ReadonlySet<string> {
    const seen = new Set<string>()
    const waiting = [sha]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (seen.has(next)) continue
      seen.add(next)
      waiting.push(...(commits.get(next)?.parents ?? []))
    }
    return seen
  }

  const store = {
    blobs,
    trees,
    commits,
    refs,
    putBlob,
    putTree,
    putCommit,
    withFile,
    filesIn,
    history,
    /** What a branch holds now: text by path. */
    textsOf(branch: string): Readonly<Record<string, string>> {
      const tree = commits.get(refs.get(`refs/heads/${branch}`) ?? '')?.tree ?? ''
      const files = filesIn(tree).filter(({ type }) => type === 'blob')
      return Object.fromEntries(files.map(({ path, sha }) => [path, blobs.get(sha) ?? '']))
    },
    /** Puts a commit on a branch as somebody with a clone would; `force` leaves out what was there before. */
    push(branch: string, files: Readonly<Record<string, string | undefined>>, { force = false } = {}): string {
      const ref = `refs/heads/${branch}`
      const before = refs.get(ref)
      const base = trees.get(commits.get(before ?? '')?.tree ?? '') ?? new Map()
      const tree = Object.entries(files).reduce<Tree>(
        (whole, [path, text]) => withFile(whole, path.split('/'), text === undefined ? undefined : putBlob(text)),
        base
      )
      const parents = force ? (commits.get(before ?? '')?.parents ?? []) : before === undefined ? [] : [before]
      const sha = putCommit({ tree: putTree(tree), parents, message: 'by hand' })
      refs.set(ref, sha)
      return sha
    }
  }
  putTree(new Map())
  return store
}

const hash = (type: string, bytes: Buffer): string =>
  createHash('sha1').update(`${type} ${bytes.length}\0`).update(bytes).digest('hex')

// git sorts a folder as if its name ended in a slash.
const sortName = (name: string, { type }: TreeEntry): string => (type === 'tree' ? `${name}/` : name)
