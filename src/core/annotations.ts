import { sha256 } from './plan.js'
import type { Result } from './result/result.js'
import type { ResultItem, ResultStage } from './result/result-stages.js'
import { oneLine, outputLine } from './text.js'

/** By what GitHub shows it as; it counts each level by itself. */
export type Level = 'error' | 'warning'

/** Something at a line of the checklist, where it has one. Lines and columns count from 1. */
export type Annotation = Readonly<{
  /** The same for the same finding, whichever step tells of it. */
  key: string
  level: Level
  title: string
  text: string
  file: string
  line?: number
  col?: number
}>

/** GitHub's limits: so many of one level in a step, so many characters in one. */
export const MOST = 10
const LONGEST = 4096
const LONGEST_TITLE = 200

/**
 * Everything that did not go well: problems of the checklist, items that failed, broke, wait or are unknown; what is
 * optional or waits for a person is a warning. Where there is none of it, why it was refused or failed. `checklist` is
 * the file's path in the workspace, empty where nobody knows.
 */
export function annotationsOf(result: Result, checklist: string): readonly Annotation[] {
  const { stages, problems, execution } = result
  // A rollback by hand has items of another commit's checklist: their lines are not those of the file that is there.
  const file = execution?.purpose === 'rollback' ? '' : checklist
  const items = stages.flatMap(stage => stage.items.filter(isRed).map(item => ofItem(item, stage, file, result)))
  const found = [...problems.flatMap(ofProblem), ...items]
  return found.length > 0 || result.exitCode === 0 ? found : [ofWhole(result, file)]
}

const RED: readonly ResultItem['outcome'][] = ['fail', 'error', 'inconclusive', 'unknown', 'waiting']
const isRed = ({ outcome }: ResultItem): boolean => RED.includes(outcome)

function ofItem(item: ResultItem, { name }: ResultStage, file: string, { execution }: Result): Annotation {
  const { id, target, deed, attempt, outcome, detail, hint, optional, at } = item
  const isMild = optional || outcome === 'waiting' || outcome === 'inconclusive'
  const where = target === '' ? '' : ` on ${target}`
  return {
    key: keyOf('item', execution?.id ?? '', name, id, target, deed, String(attempt), outcome),
    level: isMild ? 'warning' : 'error',
    title: titled(`${deed === 'undo' ? 'undo of ' : ''}${id}${where}: ${outcome}`),
    text: cleaned(detail || outcome, hint),
    file,
    ...(file !== '' && at !== null && { line: at.line, col: at.col })
  }
}

const PLACE = /^(.+?):(\d+):(\d+)(?: |: )(.*)$/s

/** `file:line:col path: problem`; whatever else stands among problems is no finding, such as a starter's lines. */
function ofProblem(problem: string): readonly Annotation[] {
  const [, file, line, col, text] = PLACE.exec(problem) ?? []
  if (file === undefined || text === undefined) return []
  const [, path] = /^([\w.[\]"$-]+): /.exec(text) ?? []
  return [
    {
      key: keyOf('problem', problem),
      level: 'error',
      title: titled(path === undefined ? 'error in the checklist' : `error in the checklist at ${path}`),
      text: cleaned(text),
      ...{ file, line: Number(line), col: Number(col) }
    }
  ]
}

const ofWhole = ({ execution, reason, message, verdict, hint }: Result, file: string): Annotation => ({
  key: keyOf('whole', execution?.id ?? '', reason, message),
  level: 'error',
  title: titled(`${execution?.id ?? 'deploy-checklist'}: ${reason}`),
  text: cleaned(message || verdict, hint),
  file
})

/** What was told already in this job, by its key, and how many of each level this step may still show. */
export type Room = Readonly<{ seen: ReadonlySet<string>; left: Readonly<Record<Level, number>> }>

/** Those that are new and have room, errors first; the last one that has room sums up all that have none. */
export function withRoom(all: readonly Annotation[], { seen, left }: Room): readonly Annotation[] {
  const fresh = all.filter(({ key }) => !seen.has(key))
  return (['error', 'warning'] as const).flatMap(level =>
    summed(
      fresh.filter(one => one.level === level),
      left[level]
    )
  )
}

function summed(found: readonly Annotation[], room: number): readonly Annotation[] {
  if (found.length <= room || room < 1) return found.slice(0, Math.max(0, room))
  const rest = found.slice(room - 1)
  const [first] = rest
  if (first === undefined) return found
  const text = cleaned(...rest.map(({ title, line }) => (line === undefined ? title : `line ${line}: ${title}`)))
  const { level, file } = first
  const more = { key: keyOf('more', ...rest.map(({ key }) => key)), level, text, file }
  return [...found.slice(0, room - 1), { ...more, title: `${rest.length} more; the summary has all of them` }]
}

/** Plain lines in which a runner reads no command, as many as GitHub takes. */
function cleaned(...texts: readonly string[]): string {
  const lines = texts.flatMap(text => text.split('\n')).map(outputLine)
  const whole = lines.filter(line => line.trim() !== '').join('\n')
  return cut(whole, LONGEST)
}

const titled = (text: string): string => cut(oneLine(text), LONGEST_TITLE)

function cut(text: string, most: number): string {
  if (text.length <= most) return text
  // Never in the middle of a character that takes two.
  return `${text.slice(0, most - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

const keyOf = (...parts: readonly string[]): string => sha256(JSON.stringify(parts)).slice(0, 16)
