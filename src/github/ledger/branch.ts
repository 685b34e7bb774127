import { createHash } from 'node:crypto'
import { ChecklistError, refused, unavailable } from '../../core/errors.js'
import type { ApiRequest, GitHub } from '../github.js'

/** A commit, the tree that it holds, and what it came after. */
export type Commit = Readonly<{ sha: string; tree: string; parents: readonly string[] }>

/** One file of a commit that is to be made; without text it is taken away. */
export type FileChange = Readonly<{ path: string; text: string | undefined }>

/** One branch through GitHub's git data API: no clone, no git. Every call is one request. */
export interface Branch {
  /** SHA of the newest commit; undefined where there is no such branch. */
  tip(): Promise<string | undefined>
  commit(sha: string): Promise<Commit>
  /** Every file of a tree, by its path, with the hash of its content. */
  files(tree: string): Promise<ReadonlyMap<string, string>>
  text(blob: string): Promise<string>
  /** Whether `older` is in the history of `newer`. */
  follows(newer: string, older: string): Promise<boolean>
  /** What `parent` holds, changed; without a parent the first commit of a history of its own. Returns the tree's SHA. */
  writeTree(parent: Commit | undefined, changes: readonly FileChange[]): Promise<string>
  writeCommit(parent: Commit | undefined, tree: string, message: string): Promise<Commit>
  /**
   * Makes the commit the newest one, only where its parent is that still, or where the branch is not there if it has
   * none. Undefined when it was done, else what GitHub says against it.
   */
  move(to: Commit): Promise<string | undefined>
}

const REPOSITORY = '/repos/{owner}/{repo}'

export function openBranch(github: GitHub, name: string): Branch {
  const ref = `heads/${name}`
  const reading = { needs: 'contents: read', what: `show the ledger's branch ${name}` }
  const writing = { needs: 'contents: write', what: `write the ledger's branch ${name}` }

  async function get<T>(path: string, parameters: Readonly<Record<string, unknown>>, expect: readonly number[] = []) {
    return await github.ask<T>({ method: 'GET', path: `${REPOSITORY}${path}`, parameters, expect, ...reading })
  }
  const write = <T>(request: Omit<ApiRequest, 'needs' | 'what'>) =>
    withRemedies(() => github.ask<T>({ ...request, ...writing }))

  return {
    // By what matches, since 404 for one ref may also mean that the token must not look.
    tip: async () => {
      const { status, data } = await get<readonly RawRef[] | RawFault>('/git/matching-refs/{ref}', { ref }, [409])
      if (status === 200 && Array.isArray(data)) return data.find(found => found.ref === `refs/${ref}`)?.object.sha
      if ('message' in data && /empty/i.test(data.message ?? '')) return undefined // no commit in the repository at all
      throw conflict(name)
    },
    commit: async sha => {
      const { data } = await get<RawCommit>('/git/commits/{commit_sha}', { commit_sha: sha })
      return asCommit(data)
    },
    files: async tree => {
      const path = '/git/trees/{tree_sha}'
      const { data } = await get<RawTree>(path, { tree_sha: tree, recursive: '1' })
      if (data.truncated === true) throw tooLarge(name)
      const files = data.tree.filter(({ type }) => type === 'blob')
      return new Map(files.map(({ path: file = '', sha = '' }) => [file, sha]))
    },
    text: async blob => {
      const { data } = await get<{ content: string }>('/git/blobs/{file_sha}', { file_sha: blob })
      return Buffer.from(data.content, 'base64').toString()
    },
    follows: async (newer, older) => {
      const basehead = `${older}...${newer}`
      const { status, data } = await get<{ status: string }>('/compare/{basehead}', { basehead, per_page: 1 }, [404])
      return status === 200 && (data.status === 'ahead' || data.status === 'identical')
    },
    // Trees and commits that nothing points to are nobody's: to make one twice does no harm.
    writeTree: async (parent, changes) => {
      const parameters = { ...(parent && { base_tree: parent.tree }), tree: changes.map(asEntry) }
      const request = { method: 'POST', path: `${REPOSITORY}/git/trees`, parameters, repeatable: true } as const
      return (await write<{ sha: string }>(request)).data.sha
    },
    writeCommit: async (parent, tree, message) => {
      const parameters = { message, tree, parents: parent === undefined ? [] : [parent.sha] }
      const request = { method: 'POST', path: `${REPOSITORY}/git/commits`, parameters, repeatable: true } as const
      return asCommit((await write<RawCommit>(request)).data)
    },
    move: async ({ sha, parents }) => {
      const { status, data } = await write<RawFault>(
        parents.length === 0
          ? { ...CREATE, parameters: { ref: `refs/${ref}`, sha } }
          : { ...UPDATE, parameters: { ref, sha, force: false } }
      )
      return status < 300 ? undefined : (data.message ?? `status ${status}`)
    }
  }
}

const CREATE = { method: 'POST', path: `${REPOSITORY}/git/refs`, expect: [409, 422] } as const
const UPDATE = { method: 'PATCH', path: `${REPOSITORY}/git/refs/{ref}`, expect: [409, 422] } as const

type RawRef = Readonly<{ ref: string; object: { sha: string } }>
type RawFault = Readonly<{ message?: string }>
type RawCommit = Readonly<{ sha: string; tree: { sha: string }; parents: readonly { sha: string }[] }>
type RawTree = Readonly<{ tree: readonly { path?: string; type?: string; sha?: string }[]; truncated?: boolean }>

const asCommit = ({ sha, tree, parents }: RawCommit): Commit => ({
  sha,
  tree: tree.sha,
  parents: parents.map(parent => parent.sha)
})

const asEntry = ({ path, text }: FileChange) => ({
  path,
  mode: '100644',
  type: 'blob',
  ...(text === undefined ? { sha: null } : { content: text })
})

/** The hash that git gives to a file's content. */
export const blobOf = (text: string): string => {
  const bytes = Buffer.from(text)
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}

async function withRemedies<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch (error) {
    if (!(error instanceof ChecklistError) || error.reason !== 'missing_permission') throw error
    const run =
      "or set `ledger: run`, which is this run's memory only: no lock between runs, no history, no rollback click."
    throw refused(
      'missing_permission',
      error.message,
      `${error.hint} Or keep it elsewhere (\`ledger: env:NAME\`), ${run}`,
      error
    )
  }
}

const tooLarge = (name: string) =>
  refused(
    'ledger_unavailable',
    `the branch ${name} has more files than GitHub lists at once`,
    'Nothing was changed. Begin a new ledger on a branch of another name, or keep it in PostgreSQL (`ledger: env:NAME`).'
  )

const conflict = (name: string) =>
  unavailable('github_unavailable', `GitHub could not say where the branch ${name} stands`, 'Try again in a minute.')
