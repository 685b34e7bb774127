import type { PromotedExecution } from '../core/evidence.js'
import { elapsed } from '../core/text.js'
import type { Brief } from './brief.js'
import { linked } from './markdown-links.js'
import { short } from './short.js'
import { moment } from './summary-after.js'

/** What the environment before this one has shown of the same release, and what CI says of the commit. */
export const triedLines = (view: Brief): readonly string[] => [stagingLine(view), ciLine(view)]

function stagingLine(view: Brief): string {
  const { demands, evidence, execution } = view
  if (demands.after === null) return `no environment comes before ${short(execution?.key.environment ?? '', 60)}`
  const name = short(demands.after, 60)
  const after = evidence.after
  if (after === undefined) return `❔ ${name}: ${isWaived(view) ? 'set aside by the emergency' : 'nobody has looked'}`
  if (after.execution === null) return `⚠️ ${name}: this release has not succeeded there`
  return `${name}: ${promotedWords(after.execution, view.toldAt)}`
}

const isWaived = ({ emergency }: Brief): boolean => emergency !== null

function promotedWords(execution: PromotedExecution, toldAt: string): string {
  const { number, status, completedAt, logUrl, smokeTest, checkpoints, due } = execution
  const age = elapsed(completedAt, toldAt)
  const ago = age === '' ? moment(completedAt) : `${age} ago`
  const tested = smokeTest.of === 0 ? '❔ no smoke test' : `smoke test ${smokeTest.passed} of ${smokeTest.of}`
  const good = status === 'SUCCESS' && smokeTest.of > 0 && smokeTest.passed === smokeTest.of
  const seen = checkpoints.map(({ name, passed }) => `checkpoint ${short(name, 20)} ${passed ? 'passed' : '❌ failed'}`)
  const coming = due.length === 0 ? [] : [`${short(due.slice(0, 3).join(', '), 40)} still to come`]
  const words = [`${ago}`, tested, ...seen.slice(-2), ...coming].filter(part => part !== '').join(', ')
  return `${good ? '✅' : '⚠️'} ${linked(`execution ${number}`, logUrl)} ${status}, ${words}`
}

function ciLine({ demands, evidence }: Brief): string {
  if (demands.ci === null) return 'CI: not asked for by this checklist'
  if (evidence.ci === undefined) return '❔ CI: nobody has looked'
  const { rule, passed, others } = evidence.ci
  const which = typeof rule === 'string' ? '' : ` of ${short(rule.join(', '), 80)}`
  if (passed === 0) return `❔ CI: no check has passed${which}, and the checklist is content with that`
  return `✅ CI: ${passed} passed${which}${others > 0 ? `, ${others} skipped` : ''}`
}
