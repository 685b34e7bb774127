import type { Result } from '../core/result/result.js'
import { type Brief, brief } from './brief.js'
import { deploymentBlock } from './deployment.js'
import { type Block, code, fitted, kept, type Left, prose } from './markdown.js'
import { statusMark } from './marks.js'
import { short } from './short.js'
import { checkpoints, moment, signOffs } from './summary-after.js'
import { commitList, linkList, migrationList, receiptList, waivedList } from './summary-evidence.js'
import { isShown, notable, notRun, stageTable } from './summary-items.js'
import { next } from './summary-next.js'
import { timeline } from './timeline.js'
import { notTold } from './untold.js'

export type SummaryOptions = Readonly<{
  /** Bytes; GitHub drops a step's summary above 1 MiB whole. */
  limit?: number
  /** Characters of one text that was found; the journal has the rest. */
  longest?: number
  /** Such as `https://github.com`: makes commits and executions links, where the repository is `owner/name`. */
  serverUrl?: string
  /** The repository that the page stands in: addresses of its own pages are links. */
  repositoryUrl?: string
  /** Path of the checklist, for the lines of items. */
  checklist?: string
  /** Where what has no room is to be had, as Markdown. */
  wholeAt?: string
}>

/** `whole` is the page without any limit, where something had no room. */
export type SummaryPage = Readonly<{ page: string; whole: string | undefined }>

const LIMIT = 900_000

/** The job summary in Markdown: one screen to decide from, then every stage, the timeline, the chain's head. */
export const summary = (result: Result, options: SummaryOptions = {}): string =>
  fitted(blocksOf(result, options), {
    limit: options.limit ?? LIMIT,
    tail: record(result),
    notice: left =>
      `> [!NOTE]\n> ${leftWords(left)}, since GitHub would drop a longer page. ${options.wholeAt ?? shownBy(result)} has all of them.`
  })

/** The same, and beside it the whole page, should the first one lack anything of it. */
export function summaryPage(result: Result, options: SummaryOptions = {}): SummaryPage {
  const page = summary(result, options)
  const endless = { ...options, limit: Number.POSITIVE_INFINITY }
  const whole = summary(result, { ...endless, longest: Number.POSITIVE_INFINITY })
  return { page, whole: whole === page ? undefined : whole }
}

const blocksOf = (result: Result, options: SummaryOptions): readonly Block[] =>
  [
    { head: verdict(result, options), lines: asOne(brief(viewOf(result), options)) },
    { head: [], lines: asOne(next(result, options)) },
    notable(result, options),
    problems(result, options),
    waivedList(result),
    commitList(result, options),
    migrationList(result),
    receiptList(result),
    ...result.stages.filter(isShown).map(stage => stageTable(stage, options)),
    notRun(result),
    checkpoints(result),
    signOffs(result),
    deploymentBlock(result),
    notTold(result),
    linkList(result),
    chart(result)
  ].filter(({ head, lines }) => head.length + lines.length > 0)

// Whole and before everything else: half a table or half a fence would be none.
const asOne = (lines: readonly string[]): Block['lines'] => (lines.length === 0 ? [] : [kept(lines.join('\n'))])

const shownBy = ({ execution }: Result): string =>
  execution === null ? 'The command line' : code(`deploy-checklist show ${execution.id}`)

function leftWords({ lines, short: cut, of }: Left): string {
  const where = of.map(({ name, lines: some }) => `${some} of ${prose(name)}`).join(', ')
  return [
    ...(lines === 0 ? [] : [`${lines} lines are left out${where === '' ? '' : ` (${where})`}`]),
    ...(cut === 0 ? [] : [`${cut} of what failed are without what was found`])
  ].join('; ')
}

function verdict(result: Result, { longest = 4000 }: SummaryOptions): readonly string[] {
  const { execution, message } = result
  const title = `## ${statusMark(result.status).emoji} ${short(result.verdict, 200)}`
  if (execution === null) return [title, '', ...(message === '' ? [] : [prose(message, longest), ''])]
  return [title, '']
}

function viewOf(result: Result): Brief {
  const { execution } = result
  if (execution === null) return { ...result, execution }
  const { number, actor, trigger, startedAt } = execution
  const about = [`execution ${number}`, `${actor} (${trigger})`, moment(startedAt)]
  return { ...result, execution: { ...execution, about } }
}

function problems({ problems: found }: Result, { longest }: SummaryOptions): Block {
  if (found.length === 0) return { head: [], lines: [] }
  const lines = found.map(one => ({ text: `- ${prose(one, longest)}`, short: `- ${prose(one, 150)}` }))
  return { name: 'problems', head: ['### Problems of the checklist', ''], lines, foot: [''] }
}

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
