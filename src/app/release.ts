import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { ReleasePlan } from '../core/checklist.js'
import { messageOf, refused } from '../core/errors.js'
import { interpolate } from '../core/interpolate.js'

type Values = Readonly<Record<string, string>>

/**
 * What is deployed, by a name that cannot come to mean something else: a built file with its digest, an image with its
 * digest, else the commit. Promotion compares exactly this.
 */
export async function releaseOf(
  release: ReleasePlan | undefined,
  commit: string,
  folder: string,
  values: Values
): Promise<string> {
  if (release?.artifact !== undefined) {
    const file = filled(release.artifact, values)
    return `${file}@sha256:${await digestOf(join(folder, file), file)}`
  }
  if (release?.image === undefined) return commit
  const image = filled(release.image, values)
  if (/@sha256:[0-9a-f]{64}$/.test(image)) return image
  throw refused(
    'no_commit',
    `expected an image named by its digest (registry/app@sha256:…), found ${image}`,
    'Take the digest that the push printed: a tag may move.'
  )
}

function filled(text: string, values: Values): string {
  const found = interpolate(text, values)
  if ('text' in found) return found.text
  throw refused(
    'missing_value',
    `\`release\` names ${found.missing.join(', ')}, and there is no value`,
    'Set it where this runs.'
  )
}

async function digestOf(path: string, file: string): Promise<string> {
  const hash = createHash('sha256')
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk)
    return hash.digest('hex')
  } catch (error) {
    throw refused(
      'no_commit',
      `the artifact ${file} cannot be read: ${messageOf(error)}`,
      'Build or download it before this step.',
      error
    )
  }
}
