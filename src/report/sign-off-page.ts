import type { State } from '../core/engine/state.js'
import type { ExecutionRecord } from '../core/execution.js'
import { isEnded } from '../core/execution.js'
import { REASONS } from '../core/reasons.js'
import { type Box, boxLine } from '../core/sign-offs/boxes.js'
import { markerOf } from '../core/sign-offs/marker.js'
import { type Question, questionsOf, type Standing, standingOf } from '../core/sign-offs/questions.js'
import { clip, oneLine, shortCommit } from '../core/text.js'
import { formatDuration } from '../core/units.js'
import { code, prose } from './markdown.js'
import { statusMark } from './marks.js'
import { moment } from './summary-after.js'

/** Characters of an issue's text; GitHub takes 65,536. */
const LIMIT = 60_000
const LONGEST_TEXT = 300

export type SignOffPage = Readonly<{ title: string; body: string; marker: string; boxes: readonly Box[] }>

/** The issue in which people settle an execution's manual items: a task list, and who may answer how. */
export function signOffPage(record: ExecutionRecord, state: State): SignOffPage {
  const { id, key, number } = record
  const marker = markerOf({ execution: id, key })
  const boxes = questionsOf(state.plan).map(question => boxOf(question, standingOf(state, question)))
  const head = [marker, '', ...headLines(record), '']
  const foot = ['', ...(isEnded(record) ? [] : HOW), '']
  const room = LIMIT - [...head, ...foot].join('\n').length - 200
  const title = clip(oneLine(`Sign-offs: ${key.checklist} → ${key.environment}, execution ${number}`), 200)
  return { title, body: [...head, ...fitting(boxes.map(boxLine), room), ...foot].join('\n'), marker, boxes }
}

function headLines(record: ExecutionRecord): readonly string[] {
  const { id, key, commit, actor, logUrl, status, reason } = record
  const log = /^https:\/\/[^\s()]+$/.test(logUrl) ? ` · [run](${logUrl})` : ''
  const who = `${prose(key.checklist)} → **${prose(key.environment)}** · ${code(shortCommit(commit))} · started by ${prose(actor)} · execution ${code(id)}${log}`
  if (!isEnded(record)) return [who]
  const why = reason === '' || reason === 'ok' ? '' : `: ${prose(REASONS[reason])}`
  return [`${statusMark(status).emoji} **${status}**${why}. Nothing here counts any more.`, '', who]
}

// A command in a line of its own would be one: these stand inside of lines.
const HOW: readonly string[] = [
  'Tick an item, or answer in a comment, one line for each:',
  '',
  '- `/done ID words`: it is done; the words are kept',
  '- `/na ID reason`: it does not apply, and why',
  '- `/sign ROLE`: everything that is asked of that role',
  '',
  'It counts from whom the item names, and without a name from everybody who may write to this repository. An edited comment does not count.'
]

function boxOf(question: Question, standing: Standing): Box {
  const { id, text } = question
  const ticked = standing.is === 'said' || (standing.is === 'settled' && standing.outcome !== 'fail')
  return { id, ticked, words: `${code(id)} ${prose(text, LONGEST_TEXT)} — ${standingWords(question, standing)}` }
}

function standingWords(question: Question, standing: Standing): string {
  if (standing.is === 'waits') return `waits for ${asked(question)}`
  const { word } = standing
  if (word === undefined)
    return standing.is === 'settled' && standing.outcome === 'fail' ? '**nobody answered**' : 'settled'
  const verdict =
    standing.is === 'settled' && standing.outcome === 'fail'
      ? '**refused**'
      : word.as === 'na'
        ? 'does not apply'
        : 'done'
  const claimed = word.claimed ? ' (claimed)' : ''
  const said = word.words === '' ? '' : `: ${prose(word.words, LONGEST_TEXT)}`
  return `${verdict}, ${prose(word.who)}${claimed}, ${moment(word.at)}${said}`
}

/** Names are from the checklist, and meant to be called. */
function asked({ signer, by, second, limitMs, optional }: Question): string {
  const name = 'name' in signer && /^@[\w-]+(?:\/[\w.-]+)?$/.test(signer.name) ? signer.name : ''
  const role = by.startsWith('@') || by === '' ? '' : `**${prose(by)}**`
  const who = [role, name].filter(part => part !== '').join(' ') || 'somebody who may write here'
  const other = second ? ', who has not started this' : ''
  const limit = limitMs === undefined ? '' : `, ${formatDuration(limitMs)} at most behind an action`
  return `${who}${other}${limit}${optional ? ' (optional)' : ''}`
}

/** From the first line on, as many as there is room for. What has none can still be answered in a comment. */
function fitting(lines: readonly string[], room: number): readonly string[] {
  let left = room
  const shown = lines.filter(line => {
    left -= line.length + 1
    return left >= 0
  })
  if (shown.length === lines.length) return lines
  return [
    ...shown,
    '',
    `${lines.length - shown.length} more have no room here; \`deploy-checklist show\` has them, and comments settle them too.`
  ]
}
