import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Checklist } from '../core/checklist.js'
import { ChecklistError, refused } from '../core/errors.js'
import type { AnyKind } from '../core/item.js'

/** Where a checklist lies that nobody names, the first one first. */
export const PLACES = ['.github/deploy-checklist.yml', 'deploy-checklist.yml']
const MAX_BYTES = 2 ** 20

/**
 * The file that is meant, relative to the folder; undefined when none is named and none is there. An empty one is none:
 * `deploy-checklist plan > deploy-checklist.yml` makes it before the starter is printed into it.
 */
export async function findChecklist(folder: string, named: string): Promise<string | undefined> {
  if (named !== '') {
    if (await isFile(join(folder, named))) return named
    const hint = 'Name a file that is there, relative to the folder that this runs in; in Actions after a checkout.'
    throw refused('checklist_missing', `there is no file ${named} in ${folder}`, hint)
  }
  for (const place of PLACES) if (await isFile(join(folder, place), 1)) return place
  return undefined
}

async function isFile(path: string, leastBytes = 0): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  return found?.isFile() === true && found.size >= leastBytes
}

/** The checklist without errors, or every one of them in one refusal. */
export async function readChecklist(folder: string, file: string, kinds: readonly AnyKind[]): Promise<Checklist> {
  const path = join(folder, file)
  const { size } = await stat(path)
  if (size > MAX_BYTES) throw invalid(file, [`${file}:1:1 expected at most 1 MiB, found ${size} bytes`])
  const { loadChecklist } = await import('../config/load.js')
  const loaded = loadChecklist({ file, text: await readFile(path, 'utf8'), kinds })
  if ('problems' in loaded) throw invalid(file, loaded.problems)
  return loaded.checklist
}

const invalid = (file: string, problems: readonly string[]): ChecklistError =>
  new ChecklistError('REFUSED', 'checklist_invalid', {
    message: `${file} has ${problems.length === 1 ? 'an error' : `${problems.length} errors`}`,
    hint: 'Mend what is named; https://github.com/org/deploy-checklist/blob/v1/docs/checklist.yml shows every key.',
    problems
  })

/** The bytes of the files that items name as their own, by path relative to the folder; patterns are expanded. */
export async function readOwnFiles(
  folder: string,
  patterns: readonly string[]
): Promise<Readonly<Record<string, Uint8Array>>> {
  if (patterns.length === 0) return {}
  const { expandPatterns } = await import('../database/migrate.js')
  const files = await expandPatterns(folder, patterns)
  const entries = files.map(async file => [file, await readFile(join(folder, file))] as const)
  return Object.fromEntries(await Promise.all(entries))
}
