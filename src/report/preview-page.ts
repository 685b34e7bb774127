import type { Receipt } from '../core/records.js'
import { rollbackClick } from '../core/result/paste-lines.js'
import type { RollbackPreview, UndoStep } from '../core/result/rollback-preview.js'
import { oneLine, shortCommit } from '../core/text.js'
import { code, fenced, prose, row } from './markdown.js'
import { provenIn, wayBackLine } from './receipt.js'
import { short } from './short.js'

/** What was asked for beside the execution: the line that does it asks for the same. `repository`: as gh takes it. */
type Asked = Readonly<{ to: string; repository: string }>

/** What a rollback would do, as a page for whoever is about to click: to where, how, how long, at what loss. */
export function previewPage(view: RollbackPreview, asked: Asked): string {
  const { undone, target, wayBack, steps, restores } = view
  const { checklist, environment } = undone.key
  const to = target === undefined ? 'nothing that succeeded before it' : shortCommit(target.commit)
  const stays = steps.filter(({ undo }) => undo === undefined).length
  const mark = wayBack.kind === 'none' ? '⚠️' : '↩️'
  return [
    `## ${mark} Rollback of ${short(environment, 60)}: ${code(shortCommit(undone.commit))} → ${short(to, 60)}; nothing was touched yet`,
    '',
    row([`${short(checklist, 60)}&nbsp;→&nbsp;${short(environment, 60)}`, 'what a rollback would do']),
    row([':---', ':---']),
    row(['**Undoes**', `execution ${undone.number}, ${undone.status}: ${code(undone.id)}`]),
    row(['**Target**', targetLine(target)]),
    row(['**Way&nbsp;back**', `${wayBack.kind === 'none' ? '⚠️ ' : ''}${short(wayBackLine(wayBack), 260)}`]),
    row(['**Loses**', lossLine(view)]),
    row(['**Stays**', stays === 0 ? 'nothing of it' : `⚠️ ${stays} of ${steps.length} steps, see below`]),
    '',
    ...orderLines(steps, restores, view),
    ...obstacleLines(view),
    '### To do it',
    '',
    ...fenced(oneLine(clickLine(view, asked)), 'bash'),
    ''
  ].join('\n')
}

const targetLine = (target: RollbackPreview['target']): string => {
  if (target === undefined) return '⚠️ none: nothing that succeeded came before it, so nothing can prove where it led'
  const proof = target.proof.slice(0, 3).map(id => short(id, 60))
  const more = target.proof.length - proof.length
  const named = `${proof.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
  const proven =
    proof.length === 0 ? '⚠️ it stored no smoke test that could prove it' : `proven by its own smoke test (${named})`
  return `${code(shortCommit(target.commit))} of ${code(target.execution)}, ${proven}`
}

function lossLine({ restores, acceptedLoss, wayBack }: RollbackPreview): string {
  if (restores.length > 0) {
    const open = restores.filter(({ subject }) => !acceptedLoss.includes(subject))
    return open.length === 0
      ? '⚠️ rows written since the backup, which is accepted; they are counted first'
      : `rows written since the backup of ${short(open.map(({ subject }) => subject).join(', '), 120)}: counted first, and refused if there are any`
  }
  if (wayBack.loss === 0) return 'nothing'
  return wayBack.loss === null
    ? '❔ not counted yet: it is when it runs, and what would lose rows is left as it is'
    : `⚠️ ${wayBack.loss} rows`
}

function orderLines(
  steps: readonly UndoStep[],
  restores: readonly Receipt[],
  view: RollbackPreview
): readonly string[] {
  if (steps.length + restores.length === 0) return []
  const lines = [...steps.map(stepLine), ...restores.map(receipt => restoreLine(receipt, view))]
  return ['### In this order', '', ...lines.map((line, index) => `${index + 1}. ${line}`), '']
}

const stepLine = ({ item, undo, but = '' }: UndoStep): string =>
  undo === undefined
    ? `⚠️ ${prose(item)}: ${but === '' ? 'has no undo and stays' : `stays, ${prose(but)}`}`
    : `${prose(item)}: ${code(undo)}${but === '' ? '' : ` (${prose(but)})`}`

const restoreLine = (receipt: Receipt, { acceptedLoss }: RollbackPreview): string =>
  `${prose(receipt.subject)}: restored from its backup (${receipt.proof}; ${provenIn(receipt)}${acceptedLoss.includes(receipt.subject) ? '; its loss is accepted' : ''})`

function obstacleLines({ obstacles }: RollbackPreview): readonly string[] {
  if (obstacles.length === 0) return []
  return ['### In its way', '', ...obstacles.map(({ message, hint }) => `- ❌ ${prose(message)} — ${prose(hint)}`), '']
}

// The word for the reason is the person's own.
const clickLine = ({ undone, restores, acceptedLoss }: RollbackPreview, { to, repository }: Asked): string =>
  rollbackClick(
    {
      environment: undone.key.environment,
      reason: 'WHY',
      execution: undone.id,
      to,
      restore: restores.map(({ subject }) => subject).join(','),
      'accept-loss': acceptedLoss.join(',')
    },
    repository
  )
