import { spawnSync } from 'node:child_process'
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './install-if-needed.mjs'

const example = join(root, 'examples', 'quickstart')

/** The files of a release over those of the one before, committed. */
export function layOut(number, repository, dumps) {
  cpSync(join(example, `release-${number}`), repository, { recursive: true })
  const checklist = join(repository, 'deploy-checklist.yml')
  const text = readFileSync(checklist, 'utf8')
  const weaker = text.replace(/^( +)store: .*$/m, '$&\n$1at-least: snapshot')
  if (!dumps && !text.includes('at-least:')) writeFileSync(checklist, weaker)
  git(repository, ['add', '-A'])
  git(repository, ['commit', '-q', '-m', `Release ${number}`])
}

export function git(folder, args) {
  const who = ['-c', 'user.name=demo', '-c', 'user.email=demo@localhost', '-c', 'commit.gpgsign=false']
  const { status, stderr, error } = spawnSync('git', [...who, ...args], {
    cwd: folder,
    env: quietEnv(),
    encoding: 'utf8'
  })
  if (status !== 0) throw new Error(`git ${args[0]}: ${error?.message ?? stderr.trim()}`)
}

/** The caller's environment without what would make this a run of a workflow, or of another repository. */
export function quietEnv() {
  const foreign = /^(GITHUB_|INPUT_|RUNNER_|ACTIONS_|GIT_|PG|DEPLOY_|npm_)/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
}
