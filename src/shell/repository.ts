import { mkdtemp, realpath, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { ChecklistError, refused, unavailable } from '../core/errors.js'
import type { Exit, Repository, Shell } from '../core/ports.js'
import { commitsBetween } from './commits-between.js'

export type RepositoryOptions = Readonly<{
  folder: string
  shell: Shell
  /** The environment git runs in: PATH, HOME and what it needs for its remote. */
  env: Readonly<Record<string, string>>
  signal?: AbortSignal
}>

const LOCAL_MS = 60_000
const FETCH_MS = 120_000
/** For what is only shown: nobody waits long for it, and a cancelled run still shows it. */
const LOOK_MS = 5_000
const never = new AbortController().signal

/** The git repository that `folder` lies in. */
export function openRepository({ folder, shell, env, signal }: RepositoryOptions): Repository {
  const run = (args: readonly string[], during: AbortSignal, timeoutMs: number): Promise<Exit> =>
    shell.run({
      what: { argv: ['git', ...SETTINGS, ...args] },
      env: gitEnvironment(env),
      folder,
      timeoutMs,
      signal: during,
      onAbort: 'end',
      keep: 'raw'
    })

  // Only an answer of git's own is one: what did not end by itself says nothing about the repository.
  async function git(args: readonly string[]): Promise<Exit> {
    const exit = await run(args, signal ?? never, LOCAL_MS)
    if (exit.kind === 'exited') return exit
    const what = `git ${args[0]}`
    if (exit.kind === 'timed-out') {
      throw unavailable(
        'service_unavailable',
        `${what} took longer than ${LOCAL_MS / 1000} s`,
        'Look at its disk and its remote.'
      )
    }
    const hint = 'Start again when the run may go on.'
    throw new ChecklistError('CANCELLED', 'cancelled', { message: `${what} was cancelled`, hint })
  }

  const has = async (commit: string) =>
    isCommit(commit) && (await git(['cat-file', '-e', `${commit}^{commit}`])).code === 0

  async function commit(): Promise<string> {
    const { code, stdout, stderr } = await git(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'])
    if (code === 0) return stdout.trim()
    throw await noCommit(stderr)
  }

  async function noCommit(said: string) {
    if (/dubious ownership/.test(said)) {
      const hint = `Say that you trust it: git config --global --add safe.directory ${folder}`
      return refused('no_commit', `git does not trust ${folder}, because it belongs to another user`, hint)
    }
    if ((await git(['rev-parse', '--git-dir'])).code === 0) {
      return refused('no_commit', `${folder} has no commit yet`, 'Commit what is to be deployed.')
    }
    return refused(
      'no_commit',
      `${folder} is no git repository`,
      'Run inside a clone, after actions/checkout in a workflow.'
    )
  }

  async function worktree(wanted: string) {
    if (!isCommit(wanted)) throw refused('no_way_back', `not a commit: ${wanted}`, 'Name it by its full SHA.')
    if (!(await has(wanted))) await fetchCommit(wanted)
    const parent = await mkdtemp(join(await realpath(tmpdir()), 'deploy-checklist-'))
    // Also after a cancel.
    const remove = async () => {
      await run(['worktree', 'remove', '--force', '--force', join(parent, 'worktree')], never, LOCAL_MS)
      await rm(parent, { recursive: true, force: true })
      await run(['worktree', 'prune'], never, LOCAL_MS)
    }
    const added = await git(['worktree', 'add', '--detach', '--quiet', join(parent, 'worktree'), wanted]).catch(
      async (error: unknown) => {
        await remove()
        throw error
      }
    )
    if (added.code === 0) return { folder: join(parent, 'worktree'), remove }
    await remove()
    throw unavailable(
      'no_way_back',
      `no worktree of ${wanted}: ${lastLine(added.stderr)}`,
      'See that the disk has room, and try again.'
    )
  }

  // A shallow clone can often fetch the one commit that it lacks; where it cannot, say how to bring it.
  async function fetchCommit(wanted: string): Promise<void> {
    await run(['fetch', '--quiet', '--no-tags', '--depth=1', 'origin', wanted], signal ?? never, FETCH_MS)
    if (await has(wanted)) return
    const shallow = (await git(['rev-parse', '--is-shallow-repository'])).stdout.trim() === 'true'
    const where = shallow ? 'this clone is shallow and' : 'this clone'
    const hint = shallow
      ? 'Give actions/checkout `fetch-depth: 0`, or run `git fetch --unshallow` before.'
      : 'Fetch the branch that it is on: git fetch origin'
    throw refused('no_way_back', `${where} does not have commit ${wanted}`, hint)
  }

  async function name(): Promise<string> {
    const remote = (await git(['config', '--get', 'remote.origin.url'])).stdout.trim()
    const top = (await git(['rev-parse', '--show-toplevel'])).stdout.trim()
    return repositoryName(remote) ?? basename(top === '' ? folder : top)
  }

  async function ref(): Promise<string> {
    const branch = (await git(['symbolic-ref', '--quiet', 'HEAD'])).stdout.trim()
    if (branch !== '') return branch
    const tag = (await git(['describe', '--tags', '--exact-match', 'HEAD'])).stdout.trim()
    return tag === '' ? 'HEAD' : `refs/tags/${tag}`
  }

  async function dirty(): Promise<boolean> {
    const { code, stdout, stderr } = await git(['status', '--porcelain', '--untracked-files=no'])
    if (code === 0) return stdout !== ''
    await commit()
    throw unavailable(
      'runner_unfit',
      `git status failed: ${lastLine(stderr)}`,
      `Run it in ${folder} and see what it says.`
    )
  }

  const glance = async (args: readonly string[]): Promise<Exit> => {
    const exit = await run(args, never, LOOK_MS)
    if (exit.kind !== 'exited') throw new Error(`git ${args[0]} took longer than ${LOOK_MS} ms`)
    return exit
  }

  return { commit, dirty, worktree, has, commitsBetween: range => commitsBetween(range, glance), name, ref }
}

/** `owner/name` of a remote's address, or undefined for a path of this machine. Never holds its user or password. */
export function repositoryName(remote: string): string | undefined {
  const [, path] =
    /^[a-z][a-z0-9+.-]*:\/\/[^/]+\/(.+)$/i.exec(remote) ??
    /^(?:[^@/\s]+@)?[^:/\s]{2,}:(?!\/\/)\/?(.+)$/.exec(remote) ??
    []
  if (path === undefined || /^file:/i.test(remote)) return undefined
  const name = path
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
  return name === '' ? undefined : name
}

/**
 * The checklist's own commands come from this folder, so whoever runs them trusts it, whoever owns it. Hooks and the
 * file-system monitor are left out all the same: reading a repository should start nothing.
 */
const SETTINGS = ['-c', 'safe.directory=*', '-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false'] as const

/** Inside a hook GIT_DIR and others name another repository than the folder's; and nobody can answer a question here. */
function gitEnvironment(env: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept = Object.entries(env).filter(([name]) => !name.startsWith('GIT_') || KEPT.test(name))
  return { ...Object.fromEntries(kept), GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' }
}

const KEPT =
  /^GIT_(?:SSH|SSH_COMMAND|ASKPASS|CONFIG_(?:GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|SSL_\w+|PROXY_\w+)$/

const isCommit = (text: string): boolean => /^[0-9a-f]{7,64}$/i.test(text)

// A remote's address may hold a token that nobody declared as secret.
const lastLine = (text: string): string => (text.trim().split('\n').at(-1) ?? '').replace(/\/\/[^/\s]*@/g, '//***@')
