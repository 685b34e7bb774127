import { hide, merged, type SearchingRedactor } from './redact.js'
import { maskIn } from './workflow-commands.js'

/** Text in, in whatever parts it comes; redacted lines out. */
export interface LineRedactor {
  write(text: string): void
  /** No more text comes: what is held back is shown. */
  end(): void
}

export type LineRedactorOptions = Readonly<{
  redactor: SearchingRedactor
  /** `ending` is the line end, or empty for a part of a very long line and for a last line that has none. */
  onLine: (line: string, ending: '\n' | '') => void
  /** A program said that this must not be shown. The redactor has it already. */
  onMask?: (value: string) => void
  /** Longer lines are shown in parts, so that one without end needs no memory. */
  longestLine?: number
}>

/**
 * A line is shown as soon as its end is there; CR alone is an end too, as it is for GitHub's runner. Held back are only
 * lines that may be the beginning of a secret of several lines, and of an overlong line as much as the longest secret.
 */
export function createLineRedactor({
  redactor,
  onLine,
  onMask,
  longestLine = 65_536
}: LineRedactorOptions): LineRedactor {
  let pending = ''
  /** So many characters at the start of `pending` belong to a secret whose beginning was shown as hidden. */
  let covered = 0
  let held = ''
  let afterCr = false
  let swallowing = false

  function write(text: string): void {
    let from = afterCr && text.startsWith('\n') ? 1 : 0
    if (text !== '') afterCr = text.endsWith('\r')
    for (const { index, 0: end } of text.matchAll(/\r\n|\n|\r/g)) {
      if (index < from) continue
      finish(pending + text.slice(from, index), '\n')
      from = index + end.length
    }
    pending += text.slice(from)
    if (pending.length >= longestLine + redactor.longest()) showPart()
  }

  function finish(line: string, ending: '\n' | ''): void {
    const known = covered
    pending = ''
    covered = 0
    if (swallowing) {
      swallowing = false
      return
    }
    if (isMask(line)) return
    const block = held + line + ending
    if (ending !== '' && known === 0 && block.length < longestLine && redactor.mayGoOn(block)) {
      held = block
      return
    }
    held = ''
    show(hide(block, merged([{ start: 0, end: known }, ...redactor.find(block)].filter(({ end }) => end > 0))), ending)
  }

  function isMask(line: string): boolean {
    const mask = maskIn(line)
    if (mask === undefined) return false
    // A traced command ends with the quote that it began with.
    for (const value of new Set([mask.value, mask.value.replace(/['"]+$/, '')])) redactor.add(value)
    if (mask.isCommand && mask.value !== '') onMask?.(mask.value)
    return mask.isCommand
  }

  function show(block: string, ending: '\n' | ''): void {
    const lines = block.split('\n')
    const last = lines.pop() ?? ''
    for (const line of lines) onLine(line, '\n')
    if (ending === '' && last !== '') onLine(last, '')
  }

  // A secret that begins before the cut ends before the end of `pending`, so all of those are known here.
  function showPart(): void {
    if (held !== '') show(redactor.redact(held), '\n')
    held = ''
    // The value of a mask is never shown, not even one that is too long to be looked for.
    swallowing ||= maskIn(pending)?.isCommand === true
    const cut = wholeCharacters(pending, pending.length - redactor.longest())
    const ranges = merged([{ start: 0, end: covered }, ...redactor.find(pending)].filter(({ end }) => end > 0))
    const before = ranges
      .filter(({ start }) => start < cut)
      .map(({ start, end }) => ({ start, end: Math.min(end, cut) }))
    if (!swallowing) onLine(hide(pending.slice(0, cut), before), '')
    covered = Math.max(0, (ranges.find(({ start, end }) => start < cut && end > cut)?.end ?? 0) - cut)
    pending = swallowing ? '' : pending.slice(cut)
  }

  return {
    write,
    end: () => {
      if (pending !== '' || held !== '') finish(pending, '')
      swallowing = false
    }
  }
}

const wholeCharacters = (text: string, cut: number): number =>
  /[\ud800-\udbff]/.test(text.charAt(cut - 1)) ? cut - 1 : cut
