import { oneLine } from '../core/text.js'

const LENGTH = 160

/** What was found, short enough for one line of a message; the front of a longer text. */
export function excerpt(found: string): string {
  // Far more than is kept, so that a huge text is not cleaned as a whole.
  const line = oneLine(found.slice(0, LENGTH * 10))
  if (line === '') return 'nothing'
  return line.length > LENGTH ? `"${line.slice(0, LENGTH)}…"` : `"${line}"`
}

/** The last line that says something: programs put what went wrong at the end. */
export const lastLine = (output: string): string =>
  output
    .slice(-LENGTH * 10)
    .split('\n')
    .map(oneLine)
    .findLast(line => line !== '') ?? ''
