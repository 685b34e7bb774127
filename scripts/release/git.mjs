import { execFileSync } from 'node:child_process'

// The helper is gh's, with the token that it has: none of ours ever holds it. It is asked only by a remote over https.
const CREDENTIALS = ['-c', 'credential.helper=', '-c', 'credential.helper=!gh auth git-credential']

/** git in that folder, for what a release reads and the two pushes that it makes. */
export function gitIn(folder) {
  const git = (...args) =>
    execFileSync('git', [...CREDENTIALS, ...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  const succeeds = (...args) => {
    try {
      git(...args)
      return true
    } catch {
      return false
    }
  }
  // A clone without a remote can be looked at too: it is its own.
  const remote = succeeds('remote', 'get-url', 'origin') ? 'origin' : '.'
  return {
    remote,
    commit: () => git('rev-parse', 'HEAD').trim(),
    changed: () => linesOf(git('status', '--porcelain', '--untracked-files=no')).map(line => line.slice(3)),
    isAncestor: (older, newer) => succeeds('merge-base', '--is-ancestor', older, newer),

    /** As the remote has them now: the default branch and its commit, each tag's commit, and what each ref itself is. */
    remoteRefs() {
      const lines = linesOf(git('ls-remote', '--symref', remote, 'HEAD', 'refs/heads/*', 'refs/tags/*'))
      const commits = Object.fromEntries(lines.map(line => line.split('\t').reverse()))
      const branch = lines.map(line => /^ref: refs\/heads\/(\S+)\tHEAD$/.exec(line)?.[1]).find(Boolean)
      // The objects alone, so that one can be told from its ancestors; refs here stay as they are.
      const needed = Object.keys(commits).filter(
        ref => ref === `refs/heads/${branch}` || /^refs\/tags\/v\d+$/.test(ref)
      )
      if (remote !== '.') git('fetch', '--quiet', '--no-tags', '--refmap=', remote, ...needed)
      return { branch, head: commits[`refs/heads/${branch}`], tags: peeled(commits), refs: commits }
    },

    /** Only if the tag's ref still is `from` (undefined: absent); false when it is not. Throws for all else. */
    push(tag, from, commit) {
      const lease = `--force-with-lease=refs/tags/${tag}:${from ?? ''}`
      try {
        git('push', '--quiet', '--porcelain', lease, remote, `${commit}:refs/tags/${tag}`)
        return true
      } catch (error) {
        // `stale info` is our lease; `reference already exists` is the remote's own, when two come at once.
        if (/stale info|already exists|cannot lock ref/.test(`${error.stdout}${error.stderr}`)) return false
        throw error
      }
    }
  }
}

// A tag with a message is an object of its own; `^{}` is the commit that it means.
function peeled(commits) {
  const tags = Object.keys(commits).filter(ref => ref.startsWith('refs/tags/') && !ref.endsWith('^{}'))
  return Object.fromEntries(tags.map(ref => [ref.slice('refs/tags/'.length), commits[`${ref}^{}`] ?? commits[ref]]))
}

const linesOf = text => text.split('\n').filter(line => line !== '')
