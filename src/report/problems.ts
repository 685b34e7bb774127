import { oneLine } from '../core/text.js'
import { type Layout, PLAIN } from './layout.js'

const PROBLEM = /^(.*?:\d+:\d+)(?: (.*?))?: (.*)$/s

/** Every problem of a checklist, one to a line: `file:line:col path: problem`, so that editors and terminals link them. */
export function problemsText(file: string, problems: readonly string[], { paint }: Layout = PLAIN): string {
  const many = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  const lines = problems.map(problem => {
    const [, place, path, what] = PROBLEM.exec(oneLine(problem)) ?? []
    if (place === undefined) return oneLine(problem)
    return `${paint('cyan', place)}${path === undefined ? '' : ` ${paint('bold', path)}`}: ${what}`
  })
  return [`${paint('red', '✗')} ${oneLine(file)} has ${many}:`, ...lines].join('\n')
}
