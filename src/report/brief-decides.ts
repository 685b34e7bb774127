import type { GateSeen } from '../core/evidence.js'
import { asksForReviewers } from '../core/gate/settings.js'
import { REASONS } from '../core/reasons.js'
import { changed } from '../core/result/result-stages.js'
import { formatDuration } from '../core/units.js'
import type { Brief } from './brief.js'
import { isOver } from './brief-change.js'
import { linked } from './markdown-links.js'
import { passageWords, secondWords } from './passage.js'
import { short, some } from './short.js'

const MOST_QUESTIONS = 2

/** Who has to decide what, or who did; where GitHub did not say, that is said. */
export function decidesLines(view: Brief): readonly string[] {
  const lines = [...gateLines(view), ...questionLines(view)]
  return lines.length > 0 ? lines : ['nobody: the checklist promises no gate, and asks nobody']
}

function gateLines(view: Brief): readonly string[] {
  const { gate, demands, evidence } = view
  const second = secondWords(view).map(words => `⚠️ ${short(words)}`)
  if (gate !== null) {
    return [...second, `${markOf(gate)} ${short(passageWords(gate).replace(ISO, '$1 $2 UTC'), 220)}`]
  }
  const asksForThem = evidence.demands?.reviewers ?? (demands.gate !== null && asksForReviewers(demands.gate))
  if (!asksForThem) return second
  return [...second, isAhead(view) ? reviewersLine(evidence.gate) : '❔ who let it pass: nobody has looked']
}

const ISO = /(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)\.\d+Z/g

/** An approval by nobody but those whose commit or run it is is none that a second person gave. */
function markOf({ how, approvals }: NonNullable<Brief['gate']>): string {
  if (how === 'held') return '✅'
  if (how !== 'approved') return how === 'bypassed' ? '⚠️' : '❔'
  return approvals.every(({ own = [] }) => own.length > 0) ? '⚠️' : '✅'
}

// Before anything was changed they are asked, also again when what waits is run again; then, somebody has let it pass.
const isAhead = ({ status, stages }: Brief): boolean =>
  status === 'PLANNED' || (status === 'WAITING' && !changed(stages))

function reviewersLine(gate: GateSeen | undefined): string {
  if (gate === undefined) return '❔ reviewers are promised, and nobody has looked who they are'
  if (gate.kind === 'unreadable') return `❔ reviewers are promised, and could not be read: ${REASONS[gate.reason]}`
  if (gate.reviewers.length === 0) return '⚠️ nobody: the environment has no reviewers'
  const who = `${gate.reviewers.length > 1 ? 'one of ' : ''}${some(
    gate.reviewers.map(name => short(name, 40)),
    3
  )}`
  const rules = [
    ...(gate.preventSelfReview ? ['not who started the run'] : []),
    ...(gate.preventAdminBypass === false ? ['an admin could pass by'] : []),
    ...(gate.preventAdminBypass === null ? ['whether an admin could pass by is not known'] : []),
    ...(gate.waitMs > 0 ? [`not before ${formatDuration(gate.waitMs)} have passed`] : [])
  ]
  return `⏳ ${who}${rules.length === 0 ? '' : `; ${rules.join('; ')}`}`
}

function questionLines(view: Brief): readonly string[] {
  const { waitingFor, ahead, askedIn } = view
  const say =
    (mark: string) =>
    ({ name, by }: Readonly<{ name: string; by: string }>) =>
      `${mark}"${short(name, 80)}"${by === '' ? '' : `, by ${short(by, 60)}`}`
  const later = isOver(view) ? [] : ahead.questions.map(say('to be asked: '))
  const all = [...waitingFor.map(say('⏳ ')), ...later]
  const more = all.length - MOST_QUESTIONS
  const issue = askedIn === undefined ? [] : [`asked ${linked('in this issue', askedIn)}`]
  return [...(more > 0 ? [...all.slice(0, MOST_QUESTIONS), `and ${more} more`] : all), ...issue]
}
