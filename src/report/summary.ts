import type { Result } from '../core/result/result.js'
import { type Block, code, fitted, type Left, prose } from './markdown.js'
import { statusMark } from './marks.js'
import { checkpoints, moment, signOffs } from './summary-after.js'
import { facts } from './summary-facts.js'
import { notable, notRun, stageTable } from './summary-items.js'
import { timeline } from './timeline.js'

export type SummaryOptions = Readonly<{
  /** Bytes; GitHub drops a step's summary above 1 MiB whole. */
  limit?: number
  /** Such as `https://github.com`: makes commits and executions links, where the repository is `owner/name`. */
  serverUrl?: string
  /** Path of the checklist, for the lines of items. */
  checklist?: string
}>

const LIMIT = 900_000

/** The job summary in Markdown: one screen to decide from, then every stage, the timeline, the chain's head. */
export function summary(result: Result, options: SummaryOptions = {}): string {
  const blocks: readonly Block[] = [
    { head: verdict(result), lines: facts(result, options).map(line => ({ text: line, short: line })), foot: [''] },
    notable(result, options),
    problems(result),
    ...result.stages.filter(({ state }) => state !== 'not-run').map(stage => stageTable(stage, options)),
    notRun(result.stages),
    checkpoints(result),
    signOffs(result),
    chart(result)
  ]
  const show = result.execution === null ? 'the command line' : `deploy-checklist show ${result.execution.id}`
  return fitted(
    blocks.filter(({ head, lines }) => head.length + lines.length > 0),
    {
      limit: options.limit ?? LIMIT,
      tail: record(result),
      notice: left =>
        `> [!NOTE]\n> ${leftWords(left)}, since GitHub would drop a longer page. ${prose(show)} has all of them.`
    }
  )
}

function leftWords({ lines, short, of }: Left): string {
  const where = of.map(({ name, lines: some }) => `${some} of ${prose(name)}`).join(', ')
  return [
    ...(lines === 0 ? [] : [`${lines} lines are left out${where === '' ? '' : ` (${where})`}`]),
    ...(short === 0 ? [] : [`${short} of what failed are without what was found`])
  ].join('; ')
}

function verdict(result: Result): readonly string[] {
  const { execution } = result
  const title = `## ${statusMark(result.status).emoji} ${prose(result.verdict)}`
  if (execution === null) return [title, '', ...(result.message === '' ? [] : [prose(result.message, 4000), ''])]
  const { key, number, actor, trigger, startedAt, logUrl } = execution
  const log = /^https:\/\/[^\s()]+$/.test(logUrl) ? ` · [log](${logUrl})` : ''
  const name = `${prose(key.checklist)} → **${prose(key.environment)}**`
  return [title, '', `${name} · execution ${number} · ${prose(actor)} (${trigger}) · ${moment(startedAt)}${log}`, '']
}

const problems = ({ problems: found }: Result): Block =>
  found.length === 0
    ? { head: [], lines: [] }
    : { head: ['### Problems of the checklist', ''], lines: found.map(one => `- ${prose(one)}`), foot: [''] }

const chart = ({ stages }: Result): Block => {
  const lines = timeline(stages)
  // A cut chart would be an error in the page, so it stands as a whole or not at all.
  return lines.length === 0 ? { head: [], lines: [] } : { head: ['### Timeline', '', ...lines, ''], lines: [] }
}

function record({ execution, head }: Result): readonly string[] {
  if (execution === null) return ['']
  const digest = `plan ${code(execution.planDigest.slice(0, 16))}`
  return ['---', `Execution ${code(execution.id)} · ${digest}`, '', `Chain: ${code(head)}`, '']
}
