import { ChecklistError, refused } from '../errors.js'
import type { Paging, Unreadable } from '../ports.js'

/** Reads as long as all is whole; what is broken refuses, or is told where that was asked for. */
export function damageFor({ damaged }: Paging) {
  const unreadable: Unreadable[] = []
  const orTell = <T>(what: Omit<Unreadable, 'problem'>, read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      if (damaged !== 'tell' || !(error instanceof ChecklistError) || error.reason !== 'ledger_broken') throw error
      unreadable.push({ ...what, problem: error.message })
      return undefined
    }
  }
  return { unreadable, orTell }
}

/** Something stands in a file that no process of ours has left there. */
export const broken = (path: string, what: string): ChecklistError =>
  refused(
    'ledger_broken',
    `${path} is damaged: ${what}`,
    'Nothing was changed. Put the file back from a copy, or move the ledger away and begin a new one; `verify` compares.'
  )
