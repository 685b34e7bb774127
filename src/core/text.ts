import { harmless } from './redact/workflow-commands.js'
import { formatDuration } from './units.js'

/** Styles that a text may have on a terminal; a Markdown page has its own. */
export type Style = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan'
export type Paint = (style: Style, text: string) => string
export const unpainted: Paint = (_, text) => text

// Escape sequences of a terminal: CSI, OSC up to its end, and the two-byte ones.
const [ESC, BELL] = [String.fromCharCode(27), String.fromCharCode(7)]
const OSC = `\\][^${BELL}${ESC}]*(?:${BELL}|${ESC}\\\\)?`
const SEQUENCES = new RegExp(`${ESC}(?:\\[[0-?]*[ -/]*[@-~]|${OSC}|[@-Z\\\\-_])`, 'g')
// Control characters, and the invisible ones that turn the order of what is read around.
const UNSEEN = /[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]+/gu

/** One line without anything that moves a cursor, hides from the eye or that a runner would take for a command. */
export const oneLine = (text: string): string =>
  harmless(text.replace(SEQUENCES, '').replace(UNSEEN, ' ').replace(/\s+/gu, ' ').trim())

/**
 * A line of a program's output as a log can show it: its blanks kept, the rest of what it was overwritten with (a bar
 * that redraws itself), nothing that moves a cursor or that a runner would take for a command.
 */
export function outputLine(text: string): string {
  const last = text.split('\r').findLast(part => part.trim() !== '') ?? ''
  return harmless(last.replace(SEQUENCES, '').replaceAll('\t', '  ').replace(UNSEEN, ' ').trimEnd())
}

/**
 * Order of two moments in ISO 8601 (UTC), the earlier one first. `localeCompare` would say the same, but reads the rules of
 * a language for it first, which takes as long as all the rest of a summary.
 */
export const byMoment = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Columns that the text takes on a terminal; it holds no control characters. */
export const widthOf = (text: string): number => [...text].reduce((sum, character) => sum + columnsOf(character), 0)

/** The text in at most `columns`, its end replaced by an ellipsis when it is longer. */
export function clip(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text
  let kept = ''
  let width = 0
  for (const character of text) {
    width += columnsOf(character)
    if (width > columns - 1) break
    kept += character
  }
  return columns < 1 ? '' : `${kept.trimEnd()}…`
}

/** Filled with blanks up to `columns`; a longer text stays as it is. */
export const padded = (text: string, columns: number): string => text + ' '.repeat(Math.max(0, columns - widthOf(text)))

/** Lines of at most `columns`, broken between words where there is a place. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (line !== '' && widthOf(longer) > columns) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return [...lines, line]
}

const COMBINING = /^(?:\p{Mn}|\p{Me}|\p{Cf}|\ufe0f)$/u
// Ideographs, kana, Hangul, full-width forms and pictures take two columns.
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]$/u

const columnsOf = (character: string): number => (COMBINING.test(character) ? 0 : WIDE.test(character) ? 2 : 1)

/** The first seven digits of a commit, or the name as it is. */
export const shortCommit = (commit: string): string => (/^[0-9a-f]{40,64}$/.test(commit) ? commit.slice(0, 7) : commit)

/** How long before `now` it was; empty where one of the two is not known, or they are the wrong way around. */
export function elapsed(at: string, now: string): string {
  const ms = Date.parse(now) - Date.parse(at)
  return Number.isNaN(ms) || ms < 0 ? '' : formatDuration(ms)
}

/** How long something took: `3 ms`, then as durations are read everywhere. */
export const took = (ms: number): string => (ms < 95 ? `${Math.round(ms)} ms` : formatDuration(ms))
