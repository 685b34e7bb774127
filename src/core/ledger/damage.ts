import { ChecklistError, refused } from '../errors.js'
import type { Paging, Unreadable } from '../ports.js'

/** Reads as long as all is whole; what is broken refuses, or is told where that was asked for. */
export function damageFor({ damaged }: Paging) {
  const unreadable: Unreadable[] = []
  const tell = (what: Omit<Unreadable, 'problem'>, error: unknown): undefined => {
    if (damaged !== 'tell' || !(error instanceof ChecklistError) || error.reason !== 'ledger_broken') throw error
    unreadable.push({ ...what, problem: error.message })
  }
  const orTell = <T>(what: Omit<Unreadable, 'problem'>, read: () => T): T | undefined => {
    try {
      return read()
    } catch (error) {
      return tell(what, error)
    }
  }
  const orTellLater = async <T>(what: Omit<Unreadable, 'problem'>, read: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await read()
    } catch (error) {
      return tell(what, error)
    }
  }
  return { unreadable, orTell, orTellLater }
}

/** Something stands in a file that no process of ours has left there. */
export const broken = (path: string, what: string): ChecklistError =>
  refused(
    'ledger_broken',
    `${path} is damaged: ${what}`,
    'Nothing was changed. Put the file back from a copy, or move the ledger away and begin a new one; `verify` compares.'
  )
