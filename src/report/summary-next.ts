import type { Result } from '../core/result/result.js'
import { oneLine } from '../core/text.js'
import { code, fenced, prose } from './markdown.js'
import { linked } from './markdown-links.js'
import type { SummaryOptions } from './summary.js'

/** What a person does next, and the lines to paste, each by itself: what is pasted together would run together. */
export function next(
  { nextSteps, pasteLines, rollbackCommand }: Result,
  { repositoryUrl }: SummaryOptions
): readonly string[] {
  const steps = nextSteps.flatMap(step => stepLines(step, repositoryUrl))
  const pasted = pasteLines.flatMap(({ does, line }) => ['', `${prose(does)}:`, '', ...fenced(oneLine(line), 'bash')])
  const isSaid = rollbackCommand === '' || nextSteps.some(step => step.includes(rollbackCommand))
  const back = isSaid
    ? []
    : ['', `${pasted.length === 0 ? 'Take it back' : 'With the command line'}: ${code(rollbackCommand)}`]
  const lines = [...steps, ...pasted, ...back]
  return lines.length === 0 ? [] : ['### Next', '', ...lines, '']
}

/** A line for a terminal that ends a hint stands by itself, so that it can be copied. */
export function stepLines(step: string, repositoryUrl?: string): readonly string[] {
  const found = /^(.*?): (gh api .*)$/s.exec(oneLine(step))
  if (found === null) return [`- ${withLinks(step, repositoryUrl)}`]
  const [, words = '', line = ''] = found
  return [`- ${withLinks(words, repositoryUrl)}:`, '', ...fenced(line, 'bash'), '']
}

/** Of all addresses only those of this repository's own pages are links: a hint may hold what others wrote. */
function withLinks(text: string, repositoryUrl = ''): string {
  if (repositoryUrl === '') return prose(text)
  const [before = '', ...after] = text.split(`${repositoryUrl}/`)
  const parts = after.map(part => {
    const [path = ''] = /^[\w/#-]*/.exec(part) ?? []
    const url = `${repositoryUrl}/${path}`
    return `${linked(prose(url), url)}${prose(part.slice(path.length), part.length)}`
  })
  return [prose(before, before.length), ...parts].join('')
}
