import type { Misread } from '../core/sign-offs/commands.js'
import type { Ruling } from '../core/sign-offs/judge.js'
import { answerMarker } from '../core/sign-offs/marker.js'
import { code, prose } from './markdown.js'

export type Told = Ruling | Misread

/** The reply to one comment or tick: what was recorded, and what not, why, and what to do instead. */
export function signOffAnswer(
  to: string,
  who: string,
  said: readonly Told[]
): Readonly<{ text: string; marker: string }> {
  const marker = answerMarker(to)
  const lines = said.map(lineOf)
  const [only] = lines
  const text =
    lines.length === 1 ? [`${prose(who)}: ${only}`] : [`${prose(who)}:`, '', ...lines.map(line => `- ${line}`)]
  return { text: [marker, ...text, ''].join('\n'), marker }
}

function lineOf(said: Told): string {
  if ('problem' in said) return `not recorded: ${prose(said.problem, 1000)}`
  const item = code(said.item)
  if (said.kind === 'refused') return `not recorded for ${item}: ${prose(said.why, 1000)}`
  const { as, words } = said.signOff
  return `recorded, ${item} ${as === 'na' ? 'does not apply' : 'is done'}${words === '' ? '' : `: ${prose(words)}`}`
}

/** Where nobody may run the waiting run again: the line that does it. */
export function goOnAnswer(attempt: string, line: string, why: string): Readonly<{ text: string; marker: string }> {
  const marker = answerMarker(`go on ${attempt}`)
  return {
    marker,
    text: [marker, `Nothing waits any more. Go on with ${code(line)}: ${prose(why, 1000)}`, ''].join('\n')
  }
}
