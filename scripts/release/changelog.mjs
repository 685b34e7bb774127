/**
 * What stands under `## 1.2.3` (a date or words may follow), up to the next such heading, without blank ends. Undefined
 * without that heading; empty where nothing stands under it.
 */
export function sectionOf(changelog, version) {
  const lines = changelog.split(/\r?\n/)
  const heading = new RegExp(`^## \\[?v?${version.replaceAll('.', '\\.')}\\]?(?![\\w.-])`)
  const start = lines.findIndex(line => heading.test(line))
  if (start === -1) return undefined
  const length = lines.slice(start + 1).findIndex(line => line.startsWith('## '))
  const end = length === -1 ? lines.length : start + 1 + length
  return lines
    .slice(start + 1, end)
    .join('\n')
    .trim()
}

/** The same without the file's line ends inside a paragraph or item: in a release's notes each would be a break. */
export function unwrapped(notes) {
  const { lines } = notes.split('\n').reduce(
    ({ lines, fenced }, line) => {
      const isFence = /^\s*```/.test(line)
      const goesOn = !fenced && !isFence && isText(line) && isText(lines.at(-1) ?? '', ITEM)
      const next = goesOn ? [...lines.slice(0, -1), `${lines.at(-1)} ${line.trim()}`] : [...lines, line]
      return { lines: next, fenced: isFence ? !fenced : fenced }
    },
    { lines: [], fenced: false }
  )
  return lines.join('\n')
}

const ITEM = /^\s*([-*+]|\d+\.)\s/
/** Not blank, no heading, table, quote or fence; and no item, unless that is allowed. */
const isText = (line, allowed) =>
  line.trim() !== '' && !/^\s*(#|\||>|```)/.test(line) && (allowed !== undefined || !ITEM.test(line))
