import { hide, merged, type Range, type SearchingRedactor, type Sighting, unwrapped, withinLines } from './redact.js'
import { SHORTEST_HIDDEN } from './secret-forms.js'
import { maskIn } from './workflow-commands.js'

/** Text in, in whatever parts it comes; redacted lines out. */
export interface LineRedactor {
  write(text: string): void
  /** True while a line waits for what comes next. */
  waits(): boolean
  /** Nothing has come for a while: what waits is shown, but for what is half of a secret or more. */
  letOut(): void
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

/** A beginning of a secret that is shorter than what is looked for never waits; its rest is hidden all the same. */
const REMEMBERED = SHORTEST_HIDDEN - 1

/**
 * A line is shown as soon as its end is there; CR alone is an end too, as it is for GitHub's runner. Held back are only
 * lines whose end may be the beginning of a secret that goes on in the next, as in base64 and whatever else is wrapped,
 * and of an overlong line as much as the longest secret.
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
  /** The end of what was shown, without line ends: as much as may belong to a secret that goes on in what comes next. */
  let before = ''
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
    const block = held + line
    const { ranges, seen } = searched(block, known)
    const waits = ending !== '' && known === 0 && block.length < longestLine
    const from = waits ? firstToWait(block, ranges, seen) : undefined
    if (from === undefined) showAll(block, ranges, seen, ending)
    else showUpTo(from, block, ranges, seen)
  }

  type Seen = Readonly<{ text: string; sighting: Sighting }>

  /** `seen`: what stands in the unwrapped text, with what was shown before it. `ranges`: what is to be hidden in the block. */
  function searched(block: string, known = 0): Readonly<{ ranges: readonly Range[]; seen: Seen }> {
    const text = before + (held === '' ? block : unwrapped(block))
    const sighting = redactor.look(text)
    const wrapped = withinLines(sighting.found, block, before.length)
    const seen = { text, sighting }
    if (known === 0 && held === '') return { ranges: wrapped, seen }
    const shown = known > 0 ? [{ start: 0, end: known }] : []
    return { ranges: merged([...shown, ...wrapped, ...redactor.find(block)]), seen }
  }

  /** Where the line begins from which on all has to wait for the next one. */
  function firstToWait(
    block: string,
    ranges: readonly Range[],
    { text, sighting: { open, found } }: Seen
  ): number | undefined {
    if (redactor.mayGoOn(`${block}\n`)) return 0
    const hidden = Math.max(open, before.length)
    if (open === text.length || found.some(({ start, end }) => start <= hidden && end === text.length)) return undefined
    const [waiting] = withinLines([{ start: open, end: text.length }], block, before.length)
    let from = lineStart(block, waiting?.start ?? 0)
    // A secret of several lines is hidden as a whole.
    for (const { start, end } of [...ranges].reverse()) if (start < from && end > from) from = lineStart(block, start)
    return from
  }

  function showAll(block: string, ranges: readonly Range[], { text, sighting }: Seen, ending: '\n' | ''): void {
    held = ''
    before = text.slice(Math.max(0, Math.min(sighting.open, text.length - REMEMBERED)))
    show(hide(block, ranges), ending)
  }

  /** The lines before that one; it and what follows is held. */
  function showUpTo(from: number, block: string, ranges: readonly Range[], { text, sighting }: Seen): void {
    held = `${block.slice(from)}\n`
    const at = text.length - unwrapped(held).length
    const goingOn = sighting.found.find(({ start, end }) => start < at && end > at)?.start ?? at
    before = text.slice(Math.max(0, Math.min(goingOn, sighting.open, at - REMEMBERED)), at)
    const shown = ranges.filter(({ start }) => start < from)
    if (from > 0) show(hide(block.slice(0, from - 1), shown), '\n')
  }

  function letOut(): void {
    if (held === '' || redactor.mayGoOn(held)) return
    const block = held.slice(0, -1)
    const { ranges, seen } = searched(block)
    const half = withinLines([{ start: seen.sighting.mostly, end: seen.text.length }], block, before.length)
    showAll(block, merged([...ranges, ...half]), seen, '\n')
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
    if (ending !== '' || last !== '') onLine(last, ending)
  }

  // A secret that begins before the cut ends before the end of `pending`, so all of those are known here.
  function showPart(): void {
    if (held !== '') show(hide(held, searched(held).ranges), '')
    held = ''
    before = ''
    // The value of a mask is never shown, not even one that is too long to be looked for.
    swallowing ||= maskIn(pending)?.isCommand === true
    const cut = wholeCharacters(pending, pending.length - redactor.longest())
    const ranges = merged([{ start: 0, end: covered }, ...redactor.find(pending)].filter(({ end }) => end > 0))
    const shown = ranges
      .filter(({ start }) => start < cut)
      .map(({ start, end }) => ({ start, end: Math.min(end, cut) }))
    if (!swallowing) onLine(hide(pending.slice(0, cut), shown), '')
    covered = Math.max(0, (ranges.find(({ start, end }) => start < cut && end > cut)?.end ?? 0) - cut)
    pending = swallowing ? '' : pending.slice(cut)
  }

  return {
    write,
    waits: () => held !== '',
    letOut,
    end: () => {
      if (pending !== '' || held !== '') finish(pending, '')
      swallowing = false
    }
  }
}

const wholeCharacters = (text: string, cut: number): number =>
  /[\ud800-\udbff]/.test(text.charAt(cut - 1)) ? cut - 1 : cut

const lineStart = (text: string, at: number): number => text.lastIndexOf('\n', at - 1) + 1
