import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Result } from '../core/result/result.js'
import { summary } from '../report/summary.js'
import { defaultFolder } from './choose-ledger.js'
import type { Host } from './host.js'
import type { Request } from './request.js'

/** The summary of a local run, outside the workspace, so that no deployment makes the work tree dirty. Gives its path. */
export async function localSummary(
  result: Result,
  { checklist }: Pick<Request, 'checklist'>,
  host: Host
): Promise<string | undefined> {
  if (result.execution === null) return undefined
  const folder = host.env['DEPLOY_CHECKLIST_SUMMARIES'] ?? join(defaultFolder(host), 'summaries')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${result.execution.id}.md`)
  await writeFile(path, summary(result, checklist === '' ? {} : { checklist }), { mode: 0o600 })
  return path
}
