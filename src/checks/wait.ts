import { z } from 'zod'
import type { Kind } from '../core/item.js'
import { formatDuration, parseDuration } from '../core/units.js'
import { broken, pass } from './findings.js'
import type { CheckPorts } from './ports.js'
import { checkedText } from './shapes.js'

const DURATION = 'a duration such as 30s or 5m'

const shape = z.strictObject({
  wait: checkedText(DURATION, text =>
    parseDuration(text) === undefined ? `expected ${DURATION}` : undefined
  ).describe('How long to let things settle, such as 30s. Asserts nothing; to wait for something, let a check retry.')
})

export type WaitSpec = z.infer<typeof shape>

/** Lets time pass between what stands before and what comes after. */
export const waitKind = ({ clock }: Pick<CheckPorts, 'clock'>): Kind<WaitSpec> => ({
  name: 'wait',
  shape,
  effect: 'check',
  turn: () => 'barrier',
  subject: ({ wait }) => `wait ${wait}`,
  run: async ({ wait }, { signal, timeoutMs, say }) => {
    const ms = parseDuration(wait) ?? 0
    if (ms >= timeoutMs) {
      const limit = formatDuration(timeoutMs)
      return broken(`expected a wait shorter than the item's time limit of ${limit}, found ${wait}`, 'Raise `timeout`.')
    }
    say(`waiting ${formatDuration(ms)}`)
    await clock.sleep(ms, signal)
    signal.throwIfAborted()
    return pass(`${formatDuration(ms)} have passed`)
  }
})
