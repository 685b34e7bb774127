import { createHash } from 'node:crypto'
import { createReadStream, type Stats } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { z } from 'zod'
import type { Kind } from '../core/item.js'
import { formatDuration, formatSize, parseDuration } from '../core/units.js'
import { judged } from './findings.js'
import { meets } from './judge.js'
import { placeOf, problemOfPlace } from './place.js'
import type { CheckPorts } from './ports.js'
import { checkedText, comparison, consistent, oneOf, patternText } from './shapes.js'
import { mismatches, textMatcher } from './text-matcher.js'

/** What a file may have to be searched; a larger one is told by its sum. */
const MOST_BYTES = 16 * 1024 * 1024
const MODE = 'a mode as chmod has it, such as "600"'

const shape = consistent(
  z.strictObject({
    file: checkedText('a path', problemOfPlace).describe(
      "Path of the file, inside the checklist's folder or absolute."
    ),
    exists: z.boolean('expected true or false').optional().describe('true: it must be there; false: it must not.'),
    absent: z.literal(true, 'expected true').optional().describe('true: it must not be there.'),
    contains: textMatcher().optional().describe('What it must and must not contain: text or /regex/, or a list.'),
    mode: oneOf([patternText(MODE, /^0?[0-7]{3,4}$/), z.int()], MODE)
      .optional()
      .describe('Its rights as chmod has them, such as "600".'),
    size: comparison(['size', 'count'], '> 1KB').optional().describe('Its size: "> 1KB".'),
    sha256: patternText('a SHA-256 in 64 hex digits', /^[0-9a-fA-F]{64}$/)
      .optional()
      .describe('SHA-256 of its bytes, in hex.'),
    'newer-than': checkedText('an age such as 24h, or a file', newerProblem)
      .optional()
      .describe('Changed within this time, such as 24h; or later than this other file.')
  }),
  unfit
)

export type FileSpec = z.infer<typeof shape>

function unfit({
  file: _,
  ...expected
}: Readonly<{ file: string; absent?: unknown; exists?: unknown }>): string | undefined {
  const keys = Object.values(expected).filter(value => value !== undefined)
  if (keys.length === 0)
    return 'expected exists, absent, contains, mode, size, sha256 or newer-than, found nothing that is asserted'
  const gone = expected.absent === true || expected.exists === false
  return gone && keys.length > 1 ? 'expected nothing else of a file that must not be there' : undefined
}

function newerProblem(text: string): string | undefined {
  return parseDuration(text) === undefined ? problemOfPlace(text) : undefined
}

/** A file as it is on the disk that the item runs on; links are followed. */
export const fileKind = ({ clock }: Pick<CheckPorts, 'clock'>): Kind<FileSpec> => ({
  name: 'file',
  shape,
  effect: 'check',
  turn: () => 'together',
  subject: ({ file }) => `file ${file}`,
  run: async (spec, { execution: { folder } }) => {
    const place = placeOf(folder, spec.file)
    const found = await lookAt(place)
    const hint = 'See what should have written it, and where.'
    if (spec.absent === true || spec.exists === false) {
      return judged(found === undefined ? [] : [`expected no ${spec.file}, found one`], `${spec.file} is absent`, hint)
    }
    if (found === undefined) return judged([`expected ${spec.file}, found nothing`], '', hint)
    const problems = [
      ...statProblems(spec, found),
      ...(await ageProblems(spec, found, { folder, now: clock.now() })),
      ...(await byteProblems(spec, found, place))
    ]
    return judged(problems, `${spec.file}: ${formatSize(found.size)}`, hint)
  }
})

async function lookAt(place: string): Promise<Stats | undefined> {
  try {
    return await stat(place)
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw fault
  }
}

function statProblems({ file, mode, size }: FileSpec, found: Stats): readonly string[] {
  const rights = (found.mode & 0o7777).toString(8).padStart(4, '0')
  const wanted = mode === undefined ? undefined : String(mode).padStart(4, '0')
  return [
    ...(wanted === undefined || wanted === rights ? [] : [`expected ${file} with mode ${wanted}, found ${rights}`]),
    ...(size === undefined || meets(size, found.size)
      ? []
      : [`expected ${file} to have ${size}, found ${formatSize(found.size)}`])
  ]
}

type Now = Readonly<{ folder: string; now: Date }>

async function ageProblems(spec: FileSpec, found: Stats, { folder, now }: Now): Promise<readonly string[]> {
  const { file, 'newer-than': newer } = spec
  if (newer === undefined) return []
  const ms = parseDuration(newer)
  const age = now.getTime() - found.mtimeMs
  if (ms !== undefined) {
    return age <= ms ? [] : [`expected ${file} to be newer than ${newer}, found it changed ${formatDuration(age)} ago`]
  }
  const other = await lookAt(placeOf(folder, newer))
  if (other === undefined) return [`expected ${newer} to compare ${file} with, found nothing`]
  return found.mtimeMs > other.mtimeMs ? [] : [`expected ${file} to be newer than ${newer}, found it older`]
}

async function byteProblems(spec: FileSpec, found: Stats, place: string): Promise<readonly string[]> {
  const { file, contains, sha256 } = spec
  if (contains === undefined && sha256 === undefined) return []
  // Reading from a pipe or a device may never end.
  if (!found.isFile()) return [`expected ${file} to be a file that can be read, found something else`]
  const sum = sha256 === undefined ? undefined : await sha256Of(place)
  return [
    ...(sum === sha256?.toLowerCase() ? [] : [`expected ${file} with SHA-256 ${sha256}, found ${sum}`]),
    ...(contains === undefined ? [] : await textProblems(file, contains, found, place))
  ]
}

async function textProblems(
  file: string,
  contains: NonNullable<FileSpec['contains']>,
  { size }: Stats,
  place: string
): Promise<readonly string[]> {
  if (size > MOST_BYTES) return [`expected ${file} of at most 16 MiB to search, found ${formatSize(size)}; use sha256`]
  // What a file holds may be a secret, so only what was expected is told.
  return mismatches(contains, await readFile(place, 'utf8'), file, () => 'something else')
}

async function sha256Of(place: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(place)) hash.update(chunk as Buffer)
  return hash.digest('hex')
}
