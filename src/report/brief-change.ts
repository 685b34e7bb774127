import type { PendingMigration } from '../core/result/ahead.js'
import { shortCommit } from '../core/text.js'
import type { Brief } from './brief.js'
import { code } from './markdown.js'
import { linked, repositoryUrl } from './markdown-links.js'
import { migrationLine, migrationsUndone } from './receipt.js'
import { count, short, some } from './short.js'
import type { SummaryOptions } from './summary.js'

/** Commits named on the first screen; the others are in the evidence. */
const MOST_COMMITS = 2
const MOST_MIGRATIONS = 2

/** From which commit to which, how many come and go, the newest of them, and what becomes of the databases. */
export function changeLines(view: Brief, options: SummaryOptions): readonly string[] {
  const deploys = view.execution?.purpose === 'deploy'
  return [rangeLine(view, options), ...(deploys ? migrationLines(view) : []), ...newestLines(view)]
}

function rangeLine(view: Brief, { serverUrl = '' }: SummaryOptions): string {
  const { previous, execution } = view
  if (execution === null) return ''
  const { commit, key, release } = execution
  const url = repositoryUrl(key.repository, serverUrl)
  const to = code(shortCommit(commit))
  const named = release === '' || release === commit ? '' : `, release ${short(release, 120)}`
  if (previous === null) {
    return `${linked(to, `${url}/commit/${encodeURIComponent(commit)}`)}, the first deployment here${named}`
  }
  if (previous.commit === commit) return `${to}, which is live already${named}`
  const range = [previous.commit, commit].map(encodeURIComponent).join('...')
  return `${linked(`${code(shortCommit(previous.commit))} → ${to}`, `${url}/compare/${range}`)}${commitWords(view)}${named}`
}

function commitWords({ commits }: Brief): string {
  if (commits === null) return ''
  if (commits.kind === 'unknown') return `; ❔ how many commits is not known: ${short(commits.why, 120)}`
  const comes = count(commits.count, 'commit')
  return commits.gone === 0
    ? `, ${comes}`
    : `, ${comes}, and ⚠️ ${count(commits.gone, 'commit')} that ${commits.gone === 1 ? 'is' : 'are'} live ${commits.gone === 1 ? 'goes' : 'go'}`
}

function newestLines({ commits }: Brief): readonly string[] {
  if (commits?.kind !== 'counted') return []
  const shown = commits.newest.slice(0, MOST_COMMITS)
  const more = commits.count - shown.length
  return shown.map(({ subject, author }, index) => {
    const last = index === shown.length - 1 && more > 0 ? ` … and ${more.toLocaleString('en')} more` : ''
    return `· ${short(subject, 80)} (${short(author, 30)})${last}`
  })
}

function migrationLines(view: Brief): readonly string[] {
  const { migrations, ahead } = view
  const undone = migrationsUndone(view)
  const done = migrations.map(migration => `migration ${short(migrationLine(migration, undone), 160)}`)
  const coming = ahead.migrations.map(migration => pendingLine(migration, view))
  const all = [...done, ...coming]
  if (all.length === 0) return ['no migration in this checklist']
  const more = all.length - MOST_MIGRATIONS
  return more > 0 ? [...all.slice(0, MOST_MIGRATIONS), `and ${count(more, 'migration')} more`] : all
}

function pendingLine({ database, files, command }: PendingMigration, view: Brief): string {
  const where = database === '' ? '' : `${short(database, 40)}: `
  const when = isOver(view) ? 'not run' : 'to come'
  if (files === null) {
    const what = command === '' ? 'a command' : code(command.length > 100 ? `${command.slice(0, 100)}…` : command)
    return `migration ${when}: ${where}${what}; what it changes is known when it runs`
  }
  if (files.length === 0) return `${where}no SQL file is new`
  const names = files.map(({ file }) => code(file.split('/').at(-1) ?? file))
  return `${count(files.length, 'SQL file')} ${when}: ${where}${some(names, 3)}`
}

export const isOver = ({ execution }: Brief): boolean => execution !== null && execution.completedAt !== ''
