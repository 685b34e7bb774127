import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sha256 } from '../core/plan.js'

/**
 * What steps of one job leave each other, in the temporary folder that is the job's; nothing where there is none. The star in
 * the name stands for what the file is of.
 */
export const jobFile = (folder: string, name: string, of: string): string | undefined =>
  folder === '' ? undefined : join(folder, name.replace('*', sha256(of).slice(0, 16)))

/** What an earlier step has left there; empty where none has. */
export const leftIn = async (file: string | undefined): Promise<string> =>
  file === undefined ? '' : await readFile(file, 'utf8').catch(() => '')

/** Leaves it whole or not at all, to nobody else: two steps may end at once. */
export async function leaveIn(file: string | undefined, text: string): Promise<void> {
  if (file === undefined) return
  await writeFile(`${file}.${process.pid}`, text, { mode: 0o600 })
  await rename(`${file}.${process.pid}`, file)
}
