import type { Result } from '../core/result/result.js'
import { oneLine } from '../core/text.js'
import { code, fenced, prose } from './markdown.js'

/** What a person does next, and the lines to paste, each by itself: what is pasted together would run together. */
export function next({ nextSteps, pasteLines, rollbackCommand }: Result): readonly string[] {
  const steps = nextSteps.flatMap(step => stepLines(step))
  const pasted = pasteLines.flatMap(({ does, line }) => ['', `${prose(does)}:`, '', ...fenced(oneLine(line), 'bash')])
  const isSaid = rollbackCommand === '' || nextSteps.some(step => step.includes(rollbackCommand))
  const back = isSaid
    ? []
    : ['', `${pasted.length === 0 ? 'Take it back' : 'With the command line'}: ${code(rollbackCommand)}`]
  const lines = [...steps, ...pasted, ...back]
  return lines.length === 0 ? [] : ['### Next', '', ...lines, '']
}

/** A line for a terminal that ends a hint stands by itself, so that it can be copied. */
export function stepLines(step: string): readonly string[] {
  const found = /^(.*?): (gh api .*)$/s.exec(oneLine(step))
  if (found === null) return [`- ${prose(step)}`]
  const [, words = '', line = ''] = found
  return [`- ${prose(words)}:`, '', ...fenced(line, 'bash'), '']
}
