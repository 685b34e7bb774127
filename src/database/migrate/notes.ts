import { gunzipSync, gzipSync } from 'node:zlib'
import type { Json, JsonObject } from '../../core/json.js'
import { type Catalog, readCatalog } from '../postgres/catalog-diff.js'

/**
 * What a migration tells the journal while it runs, each durable before what follows it, so that a later process knows
 * how far this one came.
 *
 * begin: version and catalogue before anything. trying: a file's transaction has this id, and its first statement comes
 * next. done: it was committed. undone: it was rolled back. statement: of a file without a transaction, the statement of
 * that index comes next; statement-done: it went through.
 */
export type MigrationNote =
  | Readonly<{ note: 'begin'; before: string; catalog: string; session: string }>
  | (Readonly<{ note: 'trying'; file: string; sha256: string }> & Attempt)
  | Readonly<{ note: 'done' | 'undone'; file: string; sha256: string }>
  | Readonly<{ note: 'statement' | 'statement-done'; file: string; sha256: string; index: number; pid: number }>

/** A transaction of the server, beyond doubt: its id, the session's process, and when the server was started. */
export type Attempt = Readonly<{ xid: string; pid: number; serverStartedAt: string }>

/** How far each file came, by the notes: what is known to be applied, and what is in doubt. */
export type Progress = Readonly<{
  applied: Readonly<Record<string, string>>
  /** Statements of a file without a transaction that went through; the file itself did not. */
  statements: Readonly<Record<string, number>>
  doubt: Doubt | undefined
}>
export type Doubt =
  | (Readonly<{ kind: 'transaction'; file: string; sha256: string }> & Attempt)
  | Readonly<{ kind: 'statement'; file: string; sha256: string; index: number; pid: number }>

/** Notes as the journal gives them back; what is none of ours is left out. */
export const readNotes = (notes: readonly JsonObject[]): readonly MigrationNote[] =>
  notes.flatMap(note => {
    const read = readNote(note)
    return read === undefined ? [] : [read]
  })

export const beginOf = (notes: readonly MigrationNote[]) => notes.find(each => each.note === 'begin')

/** A catalogue small enough for the journal: a tenth of its text, without line ends. */
export const packCatalog = (catalog: Catalog): string => gzipSync(JSON.stringify(catalog)).toString('base64')
export const unpackCatalog = (packed: string): Catalog =>
  readCatalog(JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString()))

export function progressOf(notes: readonly MigrationNote[]): Progress {
  const applied: Record<string, string> = {}
  const statements: Record<string, number> = {}
  let doubt: Doubt | undefined
  for (const each of notes) {
    if (each.note === 'begin') continue
    doubt = doubtOf(each)
    if (each.note === 'done') applied[each.file] = each.sha256
    if (each.note === 'statement-done') statements[each.file] = each.index + 1
  }
  return { applied, statements, doubt }
}

function doubtOf(note: Exclude<MigrationNote, { note: 'begin' }>): Doubt | undefined {
  if (note.note === 'trying') return { ...note, kind: 'transaction' }
  return note.note === 'statement' ? { ...note, kind: 'statement' } : undefined
}

function readNote(raw: JsonObject): MigrationNote | undefined {
  const text = (key: string) => textOf(raw[key])
  const number = (key: string) => Number(raw[key])
  const [file, sha256] = [text('file'), text('sha256')]
  switch (raw['note']) {
    case 'begin':
      return { note: 'begin', before: text('before'), catalog: text('catalog'), session: text('session') }
    case 'trying':
      return {
        note: 'trying',
        file,
        sha256,
        xid: text('xid'),
        pid: number('pid'),
        serverStartedAt: text('serverStartedAt')
      }
    case 'done':
    case 'undone':
      return { note: raw['note'], file, sha256 }
    case 'statement':
    case 'statement-done':
      return { note: raw['note'], file, sha256, index: number('index'), pid: number('pid') }
    default:
      return undefined
  }
}

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '')
