import { ChecklistError } from '../core/errors.js'
import { LOST_ANSWER } from './github.js'

const MOST_WRITES = 2

/**
 * A write whose answer was lost is looked for before it is made again, and made again once: what cannot be found then is
 * not known, and said. `find` says undefined where it is not there.
 */
export async function onceOnly<Written, Found>(
  write: () => Promise<Written>,
  find: () => Promise<Found | undefined>
): Promise<Written | Found> {
  for (let writes = 1; ; writes++) {
    try {
      return await write()
    } catch (fault) {
      if (!isLost(fault)) throw fault
      const found = await find()
      if (found !== undefined) return found
      if (writes === MOST_WRITES) throw fault
    }
  }
}

const isLost = (fault: unknown): boolean =>
  fault instanceof ChecklistError && fault.cause instanceof Error && fault.cause.name === LOST_ANSWER
