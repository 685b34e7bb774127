import type { Untold } from '../core/notify/notifier.js'
import type { Result } from '../core/result/result.js'
import { oneLine } from '../core/text.js'
import { type Block, prose } from './markdown.js'

/** Somebody who could not be told, and what mends it. */
export const untoldWords = ({ to, kind, problem, hint }: Untold): string => `${to} of the ${kind}: ${problem}. ${hint}`

export const untoldLine = (untold: Untold): string => oneLine(`Not told: ${untoldWords(untold)}`)

/** Their part of the summary. */
export const notTold = ({ untold = [] }: Pick<Result, 'untold'>): Block =>
  untold.length === 0
    ? { head: [], lines: [] }
    : {
        head: ['### Not told', ''],
        lines: untold.map(each => `- ⚠️ ${prose(untoldWords(each))}`),
        foot: ['']
      }
