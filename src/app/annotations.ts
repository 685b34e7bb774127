import { writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { type Annotation, annotationsOf, type Level, MOST, withRoom } from '../core/annotations.js'
import type { Result } from '../core/result/result.js'
import { findChecklist } from './find-checklist.js'
import type { Host } from './host.js'
import { isComposite } from './inputs.js'
import { jobFile } from './job-file.js'

type Core = Pick<typeof import('@actions/core'), 'error' | 'warning'>
type Used = Readonly<Record<Level, number>>
/** What the steps of a job have shown: by key, and how many of each level each composite has. */
type Shown = Readonly<{ keys: readonly string[]; used: Readonly<Record<string, Used>> }>

const NONE: Shown = { keys: [], used: {} }

/** What did not go well, at its lines of the checklist: once in a job, however many of its steps know of it. */
export async function annotate(result: Result, checklist: string, host: Host, core: Core): Promise<void> {
  const all = annotationsOf(result, checklist)
  if (all.length === 0) return
  const file = shownFile(host)
  const shown = await readShown(file)
  const step = stepOf(host)
  const used = shown.used[step] ?? { error: 0, warning: 0 }
  const left = { error: MOST - used.error, warning: MOST - used.warning }
  const told = withRoom(all, { seen: new Set(shown.keys), left })
  for (const one of told) show(one, core)
  const count = (level: Level) => used[level] + told.filter(one => one.level === level).length
  const now = { error: count('error'), warning: count('warning') }
  const keys = [...new Set([...shown.keys, ...all.map(({ key }) => key)])]
  leave({ keys, used: step === '' ? shown.used : { ...shown.used, [step]: now } }, file)
}

function show({ level, title, text, file, line, col }: Annotation, core: Core): void {
  const place = {
    ...(file !== '' && { file }),
    ...(line !== undefined && { startLine: line }),
    ...(col !== undefined && { startColumn: col })
  }
  if (level === 'error') core.error(text, { title, ...place })
  else core.warning(text, { title, ...place })
}

/** The checklist's path in the workspace, for links and annotations; empty where there is none. */
export const placeOf = async ({ checklist }: Readonly<{ checklist: string }>, { folder }: Host): Promise<string> =>
  (await findChecklist(folder, checklist).catch(() => undefined)) ?? ''

/** The steps inside a composite are one to GitHub, so that they share its room; each other step has its own. */
const stepOf = (host: Host): string => (isComposite(host) ? (host.env['DEPLOY_CHECKLIST_STATE'] ?? '') : '')

/** The runner empties the folder for each job; where it does not, the name tells one job from another. */
function shownFile({ env }: Host): string | undefined {
  const job = [env['GITHUB_RUN_ID'], env['GITHUB_RUN_ATTEMPT'], env['GITHUB_JOB']].join('/')
  return jobFile(env['RUNNER_TEMP'] ?? '', 'deploy-checklist-annotated-*.json', job)
}

// A file that cannot be read or written costs a finding said twice, and nothing else.
async function readShown(file: string | undefined): Promise<Shown> {
  if (file === undefined) return NONE
  try {
    return { ...NONE, ...JSON.parse(await readFile(file, 'utf8')) }
  } catch {
    return NONE
  }
}

function leave(shown: Shown, file: string | undefined): void {
  try {
    if (file !== undefined) writeFileSync(file, JSON.stringify(shown), { mode: 0o600 })
  } catch {}
}
