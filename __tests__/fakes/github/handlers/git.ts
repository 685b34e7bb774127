import { type GitStore, gitOf, type StoredCommit, type Tree, type TreeChange } from '../git-store.js'
import { absent, failure, type HandlerAnswer, type Handlers } from '../handler.js'
import { account } from '../state.js'

/** Git's data API over a store of real objects, and comparing two of its commits. */
export const handlers: Handlers = {
  'git/get-ref': ({ params: { ref = '' }, base }, state) => {
    const sha = gitOf(state).refs.get(`refs/${ref}`)
    return sha === undefined ? absent() : { status: 200, body: refBody(`refs/${ref}`, sha, base) }
  },
  'git/list-matching-refs': ({ params: { ref = '' }, base }, state) => {
    const found = [...gitOf(state).refs].filter(([name]) => name.startsWith(`refs/${ref}`))
    return { status: 200, body: found.map(([name, sha]) => refBody(name, sha, base)) }
  },
  'git/create-ref': ({ body: { ref, sha }, base }, state) => {
    const { refs, commits } = gitOf(state)
    if (refs.has(ref)) return failure(422, 'Reference already exists')
    if (!commits.has(sha)) return failure(422, 'Object does not exist')
    refs.set(ref, sha)
    return { status: 201, body: refBody(ref, sha, base) }
  },
  'git/update-ref': ({ params: { ref = '' }, body: { sha, force }, base }, state) => {
    const { refs, commits, history } = gitOf(state)
    const before = refs.get(`refs/${ref}`)
    if (before === undefined) return failure(422, 'Reference does not exist')
    if (!commits.has(sha)) return failure(422, 'Object does not exist')
    if (force !== true && !history(sha).has(before)) return failure(422, 'Update is not a fast forward')
    refs.set(`refs/${ref}`, sha)
    return { status: 200, body: refBody(`refs/${ref}`, sha, base) }
  },
  'git/get-commit': ({ params: { commit_sha: sha = '' }, base }, state) => {
    const commit = gitOf(state).commits.get(sha)
    return commit === undefined ? absent() : { status: 200, body: commitBody(sha, commit, base) }
  },
  'git/create-commit': ({ body: { message, tree, parents = [] }, base }, state) => {
    const git = gitOf(state)
    if (!git.trees.has(tree)) return failure(422, 'Tree SHA does not exist')
    if (!parents.every((parent: string) => git.commits.has(parent)))
      return failure(422, 'Parent SHA does not exist or is not a commit object')
    const sha = git.putCommit({ message, tree, parents })
    return { status: 201, body: commitBody(sha, git.commits.get(sha), base) }
  },
  'git/get-tree': ({ params: { tree_sha: sha = '' }, query, base }, state) => {
    const git = gitOf(state)
    return git.trees.has(sha) ? treeAnswer(200, git, sha, base, query['recursive'] !== undefined) : absent()
  },
  'git/create-tree': ({ body: { base_tree: baseTree, tree }, base }, state) => {
    const git = gitOf(state)
    const before = baseTree === undefined ? new Map() : git.trees.get(baseTree)
    if (before === undefined) return failure(422, `tree.base_tree ${baseTree} is not a valid tree oid`)
    const wrong = tree.find((change: TreeChange) => !isWhole(git, before, change))
    if (wrong !== undefined) return failure(422, `tree.path ${wrong.path} is not valid`)
    const changed = tree.reduce(
      (whole: Tree, { path, sha, content }: TreeChange) =>
        git.withFile(whole, path.split('/'), content === undefined ? (sha ?? undefined) : git.putBlob(content)),
      before
    )
    return treeAnswer(201, git, git.putTree(changed), base, false)
  },
  'git/get-blob': ({ params: { file_sha: sha = '' }, base }, state) => {
    const text = gitOf(state).blobs.get(sha)
    if (text === undefined) return absent()
    const bytes = Buffer.from(text)
    // GitHub breaks its base64 into lines.
    const content = `${bytes.toString('base64').replaceAll(/.{60}/g, '$&\n')}\n`
    const body = {
      sha,
      node_id: `B_${sha}`,
      size: bytes.length,
      url: `${base}/blobs/${sha}`,
      content,
      encoding: 'base64'
    }
    return { status: 200, body }
  },
  'git/create-blob': ({ body: { content, encoding }, base }, state) => {
    const sha = gitOf(state).putBlob(encoding === 'base64' ? Buffer.from(content, 'base64').toString() : content)
    return { status: 201, body: { sha, url: `${base}/blobs/${sha}` } }
  },
  'repos/compare-commits-with-basehead': ({ params: { basehead = '' }, base }, state) => {
    const git = gitOf(state)
    const [older = '', newer = ''] = basehead.split('...')
    const [before, after] = [git.history(older), git.history(newer)]
    const shared = [...after].find(sha => before.has(sha))
    if (!git.commits.has(older) || !git.commits.has(newer)) return absent()
    if (shared === undefined) return failure(404, `No common ancestor between ${older} and ${newer}.`)
    const ahead = [...after].filter(sha => !before.has(sha))
    const behind = [...before].filter(sha => !after.has(sha)).length
    return { status: 200, body: comparison({ git, older, shared, ahead, behind, base }) }
  }
}

/** A change names either what to put there or, with `sha: null`, something that is there to be taken away. */
function isWhole(git: GitStore, before: Tree, { path, sha, content }: TreeChange): boolean {
  if (path === '' || path.startsWith('/') || path.split('/').some(part => ['', '.', '..', '.git'].includes(part)))
    return false
  if (content !== undefined) return sha === undefined
  if (typeof sha === 'string') return git.blobs.has(sha)
  const files = git.filesIn(git.putTree(before)).map(file => file.path)
  return sha === null && files.includes(path)
}

const refBody = (ref: string, sha: string, base: string) => ({
  ref,
  node_id: `R_${ref}`,
  url: `${base}/git/${ref}`,
  object: { type: 'commit', sha, url: `${base}/git/commits/${sha}` }
})

function treeAnswer(status: number, git: GitStore, sha: string, base: string, recursive: boolean): HandlerAnswer {
  const entries = git.filesIn(sha).filter(({ path }) => recursive || !path.includes('/'))
  const tree = entries.map(entry => ({ ...entry, url: `${base}/git/${entry.type}s/${entry.sha}` }))
  return { status, body: { sha, url: `${base}/git/trees/${sha}`, tree, truncated: false } }
}

const person = (date: string) => ({ name: 'github-actions[bot]', email: 'bot@users.noreply.github.com', date })
const VERIFICATION = { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null }

function commitBody(sha: string, commit: StoredCommit | undefined, base: string) {
  const { tree = '', parents = [], message = '', date = '' } = commit ?? {}
  return {
    sha,
    node_id: `C_${sha}`,
    url: `${base}/git/commits/${sha}`,
    html_url: `https://github.com/commit/${sha}`,
    author: person(date),
    committer: person(date),
    tree: { sha: tree, url: `${base}/git/trees/${tree}` },
    message,
    parents: parents.map(parent => parentBody(parent, base)),
    verification: VERIFICATION
  }
}

const parentBody = (sha: string, base: string) => ({
  sha,
  url: `${base}/git/commits/${sha}`,
  html_url: `https://github.com/commit/${sha}`
})

type Compared = Readonly<{
  git: GitStore
  older: string
  shared: string
  ahead: readonly string[]
  behind: number
  base: string
}>

function comparison({ git, older, shared, ahead, behind, base }: Compared) {
  const status =
    behind === 0 ? (ahead.length === 0 ? 'identical' : 'ahead') : ahead.length === 0 ? 'behind' : 'diverged'
  const url = `${base}/compare`
  return {
    url,
    html_url: url,
    permalink_url: url,
    diff_url: url,
    patch_url: url,
    base_commit: listedCommit(git, older, base),
    merge_base_commit: listedCommit(git, shared, base),
    status,
    ahead_by: ahead.length,
    behind_by: behind,
    total_commits: ahead.length,
    commits: ahead.slice(0, 1).map(sha => listedCommit(git, sha, base)),
    files: []
  }
}

function listedCommit(git: GitStore, sha: string, base: string) {
  const { tree, message, author, committer, parents, node_id, url, html_url } = commitBody(
    sha,
    git.commits.get(sha),
    base
  )
  const bot = account('github-actions[bot]', base)
  return {
    sha,
    node_id,
    url,
    html_url,
    comments_url: `${url}/comments`,
    commit: { url, author, committer, message, comment_count: 0, tree, verification: VERIFICATION },
    author: bot,
    committer: bot,
    parents
  }
}
