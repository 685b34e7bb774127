import { statfs } from 'node:fs/promises'
import { z } from 'zod'
import { parseCondition } from '../core/condition.js'
import type { Kind } from '../core/item.js'
import { formatSize } from '../core/units.js'
import { fail, judged } from './findings.js'
import { meets } from './judge.js'
import { placeOf, problemOfPlace } from './place.js'
import { checkedText, comparison } from './shapes.js'

const shape = z.strictObject({
  disk: checkedText('a path', problemOfPlace).describe('A path on the file system that is meant; it has to exist.'),
  free: comparison(['size', 'percent'], '> 2GB').describe('What must be free there: "> 2GB" or "> 10%".')
})

export type DiskSpec = z.infer<typeof shape>

/** Free space, as a program without special rights can use it. */
export const diskKind = (): Kind<DiskSpec> => ({
  name: 'disk',
  shape,
  effect: 'check',
  turn: () => 'together',
  subject: ({ disk }) => `disk ${disk}`,
  run: async ({ disk, free }, { execution }) => {
    const found = await spaceAt(placeOf(execution.folder, disk))
    if (found === undefined) return fail(`expected ${disk} to exist, found nothing`, 'Create or mount it first.')
    const seen = `${formatSize(found.bytes)} free (${found.percent.toFixed(1)}%)`
    const problem = `expected ${disk} to have ${free} free, found ${seen}`
    const inPercent = 'condition' in parseCondition(free, ['percent'])
    const enough = meets(free, inPercent ? found.percent : found.bytes)
    return judged(enough ? [] : [problem], `${disk}: ${seen}`, 'Make room, for example by removing old dumps.')
  }
})

async function spaceAt(path: string): Promise<Readonly<{ bytes: number; percent: number }> | undefined> {
  const found = await statfs(path).catch(ifAbsent)
  if (found === undefined) return undefined
  return { bytes: found.bavail * found.bsize, percent: found.blocks === 0 ? 0 : (found.bavail / found.blocks) * 100 }
}

function ifAbsent(fault: NodeJS.ErrnoException): undefined {
  if (fault.code !== 'ENOENT' && fault.code !== 'ENOTDIR') throw fault
}
