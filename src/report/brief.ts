import type { Objection } from '../core/ports.js'
import type { Result, ResultExecution } from '../core/result/result.js'
import { changeLines } from './brief-change.js'
import { decidesLines } from './brief-decides.js'
import { backupLines, wayBackLines } from './brief-proof.js'
import { redLines } from './brief-red.js'
import { type Fact, inOneScreen } from './brief-room.js'
import { triedLines } from './brief-tried.js'
import { row } from './markdown.js'
import { linked } from './markdown-links.js'
import { whyLines } from './said.js'
import { short } from './short.js'
import type { SummaryOptions } from './summary.js'

/** What a brief is about: an execution, or the plan of one. */
export type Brief = Omit<Result, 'execution'> &
  Readonly<{
    /** What stands in the way of a plan today. */
    objections?: readonly Objection[]
    execution:
      | (Pick<ResultExecution, 'key' | 'commit' | 'release' | 'actor' | 'purpose' | 'completedAt'> &
          Readonly<{ about?: readonly string[]; logUrl?: string }>)
      | null
  }>

/**
 * What a reviewer decides from within a minute, always in this order: what is set aside, what changes, the backup, the
 * way back, what was tried before, what is red, who decides. Each answer is a line or a few; the evidence stands below.
 */
export function brief(view: Brief, options: SummaryOptions): readonly string[] {
  if (view.execution === null) return []
  const deploys = view.execution.purpose === 'deploy'
  const rows = [
    ...fact('Emergency', emergencyLines(view)),
    ...fact(
      'Why',
      whyLines(view).map(line => short(line))
    ),
    ...fact('Checklist', view.weakened === undefined ? [] : [`⚠️ ${short(view.weakened)}`]),
    ...fact('Changes', changeLines(view, options)),
    ...(deploys ? fact('Backup', backupLines(view)) : []),
    ...(deploys || view.rollback !== null ? fact('Way back', wayBackLines(view)) : []),
    ...(deploys ? fact('Tried before', triedLines(view)).map(tried => ({ ...tried, whole: true })) : []),
    ...fact('Red', redLines(view)),
    ...fact('Decides', decidesLines(view))
  ]
  const shown = inOneScreen(rows).map(({ name, lines }) => row([name, lines.join('<br>')]))
  return [aboutRow(view.execution, view.url), row([':---', ':---']), ...shown, '']
}

/** What is deployed where, by whom and when: the head of the table. */
function aboutRow({ key, about = [], logUrl = '' }: NonNullable<Brief['execution']>, url = ''): string {
  const name = `${short(key.checklist, 60)} → ${short(key.environment, 60)}`
  const pages = [linked('log', logUrl), linked('application', url)].filter(page => page.startsWith('['))
  return row([
    name.length > 40 ? name : name.replaceAll(' ', '&nbsp;'),
    [...about.map(part => short(part, 50)), ...pages].join(' · ')
  ])
}

const fact = (name: string, lines: readonly string[]): readonly Fact[] =>
  lines.length === 0 ? [] : [{ name: `**${name.replaceAll(' ', '&nbsp;')}**`, lines }]

const MOST_WAIVED = 1

/** Above everything else: what is set aside, for which reason, by whom. */
function emergencyLines({ emergency }: Brief): readonly string[] {
  if (emergency === null) return []
  const { because, by, waived } = emergency
  const set = waived.slice(0, MOST_WAIVED).map(({ message }) => `set aside: ${short(message, 160)}`)
  const more = waived.length - set.length
  return [
    `⚠️ ${short(because, 120)} (${short(by, 40)})`,
    ...(waived.length === 0 ? ['nothing had to be set aside'] : set),
    ...(more > 0 ? [`and ${more} more that ${more === 1 ? 'is' : 'are'} named below`] : [])
  ]
}
