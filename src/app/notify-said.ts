import { toldOf } from '../core/notify/notifier.js'
import { untoldLine } from '../report/untold.js'
import type { Answer } from './answer.js'
import type { Prepared } from './prepare.js'
import type { Shop } from './shop.js'

/** The answer with what could not be told, once everybody else has been: in the log, the result and the summary. */
export async function withUntold(
  answer: Answer,
  { herald }: Pick<Shop, 'herald'>,
  over?: AbortSignal
): Promise<Answer> {
  const untold = await herald.settle(over)
  if (untold.length === 0) return answer
  const { result, text, json } = answer
  return {
    result: { ...result, untold },
    // The result's own ending says it; a command with words of its own does not.
    ...(text !== undefined && { text: [text, ...untold.map(untoldLine)].join('\n') }),
    ...(json !== undefined && { json })
  }
}

/** Who is told of deployments to this environment. */
export const rulesFor = ({ checklist, key }: Prepared) => ({
  notify: (checklist.notify ?? []).filter(rule => toldOf(rule, key.environment))
})
