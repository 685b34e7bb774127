import { oneLine } from '../core/text.js'
import { type Layout, PLAIN } from './layout.js'

const PROBLEM = /^(.*?:\d+:\d+)(?: (.*?))?: (.*)$/s

/**
 * Every problem under a sentence that counts them, one to a line. Those of a checklist begin with `file:line:col path:`,
 * so that editors and terminals find their place.
 */
export function problemsText(title: string, problems: readonly string[], { paint }: Layout = PLAIN): string {
  const lines = problems.map(problem => {
    const [, place, path, what] = PROBLEM.exec(oneLine(problem)) ?? []
    if (place === undefined) return `  ${oneLine(problem)}`
    return `${paint('cyan', place)}${path === undefined ? '' : ` ${paint('bold', path)}`}: ${what}`
  })
  return [`${paint('red', '✗')} ${oneLine(title)}:`, ...lines].join('\n')
}
