import { missedWords } from '../core/deployments/missed.js'
import type { Event, EventBody } from '../core/events.js'
import { REASONS } from '../core/reasons.js'
import type { Result } from '../core/result/result.js'
import type { ResultItem } from '../core/result/result-stages.js'
import { oneLine, type Paint, shortCommit, took } from '../core/text.js'
import { columns } from './columns.js'
import { ending } from './ending.js'
import { moment } from './history.js'
import { type Layout, PLAIN } from './layout.js'
import { itemMark, stageMark } from './marks.js'
import { passageWords } from './passage.js'

/** One execution whole: who and what, every item, every event of its chain, and what stands now. */
export function showText(result: Result, events: readonly Event[], layout: Layout = PLAIN): string {
  return [
    ...headLines(result, layout.paint),
    '',
    ...result.stages.flatMap(({ name, state, items }) => [
      layout.paint('bold', `${stageMark(state).sign} ${name}`),
      ...itemTable(items, layout)
    ]),
    '',
    layout.paint('bold', 'Events'),
    ...eventTable(events, layout),
    ending(result, layout)
  ].join('\n')
}

function headLines({ execution, previous }: Result, paint: Paint): readonly string[] {
  if (execution === null) return []
  const { id, number, key, purpose, actor, trigger, commit, planDigest, startedAt } = execution
  const from = previous === null ? 'first deployment' : `${shortCommit(previous.commit)} before`
  return [
    `${paint('bold', `${key.checklist} → ${key.environment}`)} · ${purpose} ${number} · ${id}`,
    `${shortCommit(commit)} (${from}) · by ${actor} (${trigger}) · ${moment(startedAt)} UTC`,
    paint('dim', `plan ${planDigest}`)
  ].map(oneLineKept)
}

// Painted already, so only line ends are taken out.
const oneLineKept = (text: string): string => text.replaceAll('\n', ' ')

const itemTable = (items: readonly ResultItem[], { width, paint }: Layout): readonly string[] =>
  columns(
    ['', '', '', ''],
    items.map(item => [
      { text: `${itemMark(item.outcome).sign} ${item.outcome}`, style: itemMark(item.outcome).style },
      { text: item.deed === 'undo' ? `undo of ${item.id}` : item.id },
      { text: item.startedAt === '' ? '' : took(item.durationMs) },
      { text: item.detail, style: 'dim' }
    ]),
    { width: width - 2, paint }
  )
    .slice(1)
    .map(line => `  ${line}`)

const eventTable = (events: readonly Event[], layout: Layout): readonly string[] =>
  columns(
    ['seq', 'at (UTC)', 'event', 'what', 'hash'],
    events.map(({ seq, at, body, hash }) => [
      { text: String(seq) },
      { text: at.slice(0, 23).replace('T', ' ') },
      { text: body.type },
      { text: eventWords(body) },
      { text: hash.slice(0, 12), style: 'dim', whole: true }
    ]),
    layout
  )

/** An event in words, without what its type says already. */
export function eventWords(body: EventBody): string {
  switch (body.type) {
    case 'opened':
      return `${body.purpose} of ${shortCommit(body.plan.commit)} by ${body.actor}`
    case 'joined':
      return `${body.why} on ${body.process.host}, pid ${body.process.pid}`
    case 'took-over':
      return `from ${body.from} by ${body.by}`
    case 'emergency':
      return `by ${body.by}, because ${body.because}; waived: ${body.waived.map(({ message }) => message).join('; ') || 'nothing'}`
    case 'reasoned':
      return `by ${body.by}, because ${body.because}${body.marked === undefined ? '' : `; ${body.marked.execution} had marked it bad: ${body.marked.because}`}`
    case 'gate-passed':
      return passageWords(body)
    case 'expired':
      return `${body.stages.join(', ')}: ${body.because}`
    case 'deployment-taken':
      return `${body.own ? "the job's own" : 'made'} ${body.id} to ${body.environment}`
    case 'deployment-missed':
      return missedWords(body)
    case 'stage-started':
      return body.stage
    case 'intent':
      return `${deedOf(body)}${body.item}${body.target === '' ? '' : ` on ${body.target}`}, attempt ${body.attempt}`
    case 'note':
      return `${deedOf(body)}${body.item}: ${oneLine(JSON.stringify(body.data))}`
    case 'outcome':
      return `${deedOf(body)}${body.item}: ${body.outcome}, ${took(body.durationMs)}`
    case 'stage-ended':
      return `${body.stage} ${body.passed ? 'passed' : 'failed'} in ${took(body.durationMs)}`
    case 'asked':
      return `people, in ${body.url}`
    case 'signed':
      return `${body.signOff.item}${body.signOff.as === 'na' ? ' does not apply,' : ''} by ${body.signOff.who}${body.signOff.claimed ? ' (claimed)' : ''}: ${body.signOff.words}`
    case 'rollback-started':
      return `to ${shortCommit(body.toCommit) || 'nothing'}, because ${body.because || REASONS[body.cause]}`
    case 'rollback-ended':
      return `${body.verified ? 'verified' : 'not verified'}: ${body.detail}`
    case 'paused':
    case 'ended':
      return `${body.status} (${body.reason}) ${body.message}`.trim()
    case 'checkpoint':
      return `${body.checkpoint} ${body.passed ? 'passed' : 'failed'}`
    case 'owed':
      return `not done yet: ${{ page: 'a person is paged', rollback: 'it is rolled back', 'hand-over': 'another job rolls it back' }[body.to]}`
    case 'answered':
      return 'a person was paged'
    case 'told':
      if (body.kind === 'page') return 'a person, by the page command'
      return body.kind === 'waiting' ? body.cause : `nobody has reacted for ${took(body.afterMs)}: ${body.cause}`
    case 'marked-bad':
    case 'rolled-back':
      return `by ${body.by}, because ${body.because}`
    case 'linked':
      return `${body.as} ${body.to}${body.url === undefined ? '' : `, ${body.url}`}`
  }
}

const deedOf = ({ deed }: Readonly<{ deed: 'run' | 'undo' }>): string => (deed === 'undo' ? 'undo of ' : '')
