import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { broken } from '../core/ledger/damage.js'
import type { Index } from '../core/ledger/key-index.js'
import { isCode } from './file-faults.js'
import { removeFile, replaceFile, writeAt } from './file-write.js'

/**
 * A change of several files, as one: once this stands in `redo.json`, all of it will happen, by whoever comes next.
 * `writes` put text at an offset (0 for a new file); what stood behind it was never acknowledged.
 */
export type Redo = Readonly<{
  index: Index
  writes: readonly Readonly<{ file: string; at: number; text: string }>[]
  removes: readonly string[]
}>

/** Undefined when the folder has none yet. */
export const readIndex = (folder: string): Index | undefined => readJson(join(folder, 'index.json'))
// Asked at each append, where it is not there: to look costs less than to fail.
const readRedo = (folder: string): Redo | undefined => {
  const path = join(folder, 'redo.json')
  return existsSync(path) ? readJson(path) : undefined
}

/** Under the folder's lock: makes a change of several files happen, all or nothing. */
export async function commit(folder: string, redo: Redo): Promise<void> {
  await replaceFile(join(folder, 'redo.json'), JSON.stringify(redo))
  await apply(folder, redo)
}

/** Under the folder's lock: ends what a killed process has begun. */
export async function recover(folder: string): Promise<void> {
  const redo = readRedo(folder)
  if (redo !== undefined) await apply(folder, redo)
}

// The index goes last of the writes: where it is in place, so are they, and later ones may stand behind them already.
async function apply(folder: string, { index, writes, removes }: Redo): Promise<void> {
  if ((readIndex(folder)?.version ?? 0) < index.version) {
    for (const { file, at, text } of writes) await writeAt(join(folder, file), at, text)
    await replaceFile(join(folder, 'index.json'), JSON.stringify(index))
  }
  for (const file of removes) await removeFile(join(folder, file))
  await removeFile(join(folder, 'redo.json'))
}

function readJson<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    if (isCode(error, 'ENOENT')) return undefined
    if (error instanceof SyntaxError) throw broken(path, 'it is no JSON')
    throw error
  }
}
