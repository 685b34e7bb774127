import { join } from 'node:path'
import { sha256 } from '../core/plan.js'

/**
 * What steps of one job leave each other, in the temporary folder that is the job's; nothing where there is none. The star in
 * the name stands for what the file is of.
 */
export const jobFile = (folder: string, name: string, of: string): string | undefined =>
  folder === '' ? undefined : join(folder, name.replace('*', sha256(of).slice(0, 16)))
