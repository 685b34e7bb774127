import { wrapped } from '../../src/core/text.js'

/** Columns of text that GitHub shows beside a page's first column, roughly. */
const WIDTH = 110

/** The lines that a person sees of a page, blank ones left out: cells apart, long ones broken, nothing of the markup. */
export const rendered = (page: string): readonly string[] =>
  page
    .split('\n')
    .filter(line => !/^(\| (:?---:?|:---) |```|---$)/.test(line))
    .flatMap(line => line.replace(/^\| | \|$/g, '').split('<br>'))
    .map(line => plain(line.replaceAll(' | ', '  ')))
    .filter(line => line.trim() !== '')
    .flatMap(line => wrapped(line, WIDTH))

const plain = (line: string): string =>
  line
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<\/?[a-z]+>/g, '')
    .replaceAll('**', '')
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&#8203;', '')
    .replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

/** Tables of a page as their rows' numbers of cells: in a sound table they are all the same. */
export function tables(page: string): readonly (readonly number[])[] {
  const found: number[][] = []
  let open = false
  for (const line of page.split('\n')) {
    const isRow = line.startsWith('|')
    if (isRow && !open) found.push([])
    if (isRow) found.at(-1)?.push(line.split(/(?<!\\)\|/).length - 2)
    open = isRow
  }
  return found
}
