import { isAbsolute, resolve, sep } from 'node:path'
import { ChecklistError } from '../core/errors.js'

/**
 * Where a path of the checklist lies. A relative one stays inside the folder that items run in: a redeploy runs in a
 * worktree of another commit, and what lies beside that is something else. An absolute one is taken as it is.
 */
export function placeOf(folder: string, path: string): string {
  if (isAbsolute(path)) return path
  const place = resolve(folder, path)
  if (place === resolve(folder) || place.startsWith(resolve(folder) + sep)) return place
  const message = `expected a path inside the folder of the checklist or an absolute one, found ${path}`
  throw new ChecklistError('FAILED', 'usage', { message, hint: 'Write it as an absolute path.' })
}

/** The same rule for a shape: undefined when the path keeps it. */
export const problemOfPlace = (path: string): string | undefined =>
  /(?:^|\/)\.\.(?:\/|$)/.test(path) && !isAbsolute(path) ? 'expected a path without .. or an absolute one' : undefined
