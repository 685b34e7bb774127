import type { Commit, CommitsBetween } from '../core/commits.js'
import type { Exit } from '../core/ports.js'

/** Runs git with these arguments; rejects when it did not end by itself. */
type Git = (args: readonly string[]) => Promise<Exit>
type Range = Readonly<{ from: string; to: string; most: number }>

/**
 * Counts the commits between two. A shallow clone has its history cut off, so that whatever it would count may be wrong:
 * it says so. Never rejects.
 */
export async function commitsBetween({ from, to, most }: Range, git: Git): Promise<CommitsBetween> {
  try {
    if (!isWhole(from) || !isWhole(to)) return unknown('one of them is not named by its whole SHA')
    if ((await git(['rev-parse', '--is-shallow-repository'])).stdout.trim() !== 'false') {
      return unknown('this clone is shallow; `fetch-depth: 0` for actions/checkout brings the rest')
    }
    for (const commit of [from, to]) if (!(await has(commit, git))) return unknown(`this clone has no ${commit}`)
    const [gone = NaN, count = NaN] = numbersIn(await git(['rev-list', '--left-right', '--count', `${from}...${to}`]))
    if (Number.isNaN(gone + count)) return unknown('git could not count them')
    return { kind: 'counted', count, newest: commitsIn(await git(logOf({ from, to, most }))), gone }
  } catch {
    return unknown('git did not answer in time')
  }
}

const unknown = (why: string): CommitsBetween => ({ kind: 'unknown', why })

const has = async (commit: string, git: Git): Promise<boolean> =>
  (await git(['cat-file', '-e', `${commit}^{commit}`])).code === 0

const numbersIn = ({ code, stdout }: Exit): readonly number[] =>
  code === 0 ? stdout.trim().split(/\s+/).map(Number) : []

// Cut by git itself: nobody's subject is too long to be read into memory.
const logOf = ({ from, to, most }: Range): readonly string[] => [
  ...['log', '-z', '--no-show-signature', '--no-color', '--encoding=UTF-8', `--max-count=${most}`],
  '--format=%H%x1f%ct%x1f%<(100,trunc)%an%x1f%<(300,trunc)%s',
  `${from}..${to}`
]

const commitsIn = ({ stdout }: Exit): readonly Commit[] =>
  stdout.split('\0').flatMap(line => {
    const [sha = '', seconds = '', author = '', subject = ''] = line.split('\x1f').map(part => part.trim())
    return isWhole(sha) ? [{ sha, author, subject, at: new Date(Number(seconds) * 1000).toISOString() }] : []
  })

const isWhole = (commit: string): boolean => /^[0-9a-f]{40,64}$/.test(commit)
