import type { Key } from '../execution.js'
import { canonical } from '../json.js'
import { sha256 } from '../plan.js'

const JOURNAL = '.jsonl'

/** The name of a key's folder: readable, and different for different keys. */
export function folderOf(key: Key): string {
  const { repository, checklist, environment } = key
  const words = `${checklist}-${environment}`.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  const digest = sha256(canonical({ repository, checklist, environment }))
  return `${words.slice(0, 60)}-${digest.slice(0, 24)}`
}

/** The name of an execution's file inside its key's folder. */
export const fileOf = ({ number, id }: Readonly<{ number: number; id: string }>): string =>
  `${String(number).padStart(6, '0')}-${encodeURIComponent(id)}${JOURNAL}`

export const isJournal = (file: string): boolean => file.endsWith(JOURNAL)

/** Whether a file's name stands for that execution. */
export const isOf = (file: string, id: string): boolean =>
  file.replace(/^\d+-/, '') === `${encodeURIComponent(id)}${JOURNAL}`

/** The execution that a file's name stands for. */
export function nameIn(file: string): Readonly<{ id: string; number: number }> {
  const [, number = '0', id = ''] = /^(\d+)-(.*)\.jsonl$/.exec(file) ?? []
  return { id: decoded(id), number: Number(number) }
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id)
  } catch {
    return id
  }
}
