import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ENDED } from '../core/execution.js'
import { afterRefusal } from '../core/result/paste-lines.js'
import type { Result } from '../core/result/result.js'
import { fenced, head } from '../report/markdown.js'
import { linked } from '../report/markdown-links.js'
import { summaryPage } from '../report/summary.js'
import { type Actions, actionsOf, ghName, type Host } from './host.js'
import type { Request } from './request.js'
import type { Word } from './runner.js'

type Core = typeof import('@actions/core')

/** Bytes of a step's summary, well below the 1 MiB above which GitHub drops it whole. */
const LIMIT = 900_000
/** Of these, what a plan or a preview says as it stands. */
const TEXT_LIMIT = 400_000

/**
 * The page that a reviewer sees, written into the step's summary. Returns the file that has all of it where the page has
 * not, else the empty text.
 */
export async function leaveSummary(result: Result, word: Said, host: Host, core: Core): Promise<string> {
  if (host.env['GITHUB_STEP_SUMMARY'] === undefined) return ''
  const { text = '' } = word
  const { page, whole = page } = pageOf(result, word, actionsOf(host.env))
  const shown = `${page}\n${asItStands(head(text, TEXT_LIMIT))}`
  await core.summary.addRaw(shown).write()
  const all = `${whole}\n${asItStands(text)}`
  return all === shown ? '' : keepWhole(all, result, host)
}

type Said = Pick<Word, 'checklist' | 'text' | 'page'>

/** What a command says of no execution has a page of its own. */
function pageOf(result: Result, { checklist = '', text = '', page = '' }: Said, actions: Actions | undefined) {
  const limit = text === '' ? LIMIT : LIMIT - TEXT_LIMIT
  if (page !== '') return { page: head(page, limit), whole: page }
  const options = { checklist, limit, wholeAt: wholeAt(actions) }
  if (actions === undefined) return summaryPage(result, options)
  const { serverUrl, repository } = actions
  return summaryPage(withLines(result, actions), { ...options, serverUrl, repositoryUrl: `${serverUrl}/${repository}` })
}

const asItStands = (text: string): string => (text === '' ? '' : `\n${fenced(text).join('\n')}\n`)

// What was refused before there was an execution knows nothing of its run.
function withLines(result: Result, actions: Actions): Result {
  if (result.execution !== null) return result
  return { ...result, pasteLines: afterRefusal(result, { id: actions.runId, repository: ghName(actions) }) }
}

/** Where a page is written: at an end, a pause or a refusal, and ahead of the gate, once in a job, for who approves. */
export const isPage = (result: Result, asked: Pick<Request, 'prepare' | 'showsLater'> | undefined): boolean =>
  ENDED.includes(result.status) ||
  result.status === 'WAITING' ||
  (asked?.prepare === true && !asked.showsLater && result.execution?.completedAt === '')

/** Whether a step before this one of the job has written the same page: nothing has happened since. */
export const isSaid = (
  { head, status, reason }: Result,
  { result: before, shown }: Pick<Word, 'result' | 'shown'>
): boolean =>
  shown === true && head !== '' && before?.head === head && before.status === status && before.reason === reason

function wholeAt(actions: Actions | undefined): string {
  if (actions === undefined) return 'The file that the output `summary-file` names'
  const { serverUrl, repository, runId } = actions
  const artifacts = linked('artifacts of this run', `${serverUrl}/${repository}/actions/runs/${runId}#artifacts`)
  return `The whole page, which is among the ${artifacts} where a step uploads \`summary-file\`,`
}

function keepWhole(whole: string, { execution }: Result, { env, temporary, random }: Host): string {
  const name = `deploy-checklist-summary-${execution?.id ?? 'none'}-${random(4)}.md`
  const file = join(env['RUNNER_TEMP'] || temporary, name)
  writeFileSync(file, whole, { mode: 0o600 })
  return file
}
