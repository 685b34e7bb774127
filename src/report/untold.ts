import type { Untold } from '../core/notify/notifier.js'
import { oneLine } from '../core/text.js'

/** Somebody who could not be told, and what mends it. */
export const untoldWords = ({ to, kind, problem, hint }: Untold): string => `${to} of the ${kind}: ${problem}. ${hint}`

export const untoldLine = (untold: Untold): string => oneLine(`Not told: ${untoldWords(untold)}`)
