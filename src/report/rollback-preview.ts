import type { Receipt } from '../core/records.js'
import type { RollbackPreview } from '../core/result/rollback-preview.js'
import { oneLine, shortCommit } from '../core/text.js'
import { hanging, type Layout, lines, PLAIN } from './layout.js'
import { provenIn, wayBackLine } from './receipt.js'

/** What a rollback would do, before anybody asks for it: from where, to what, how, how long, at what loss. */
export function previewText(view: RollbackPreview, layout: Layout = PLAIN): string {
  const { undone, target, wayBack } = view
  const { paint } = layout
  const { checklist, environment } = undone.key
  const to = target === undefined ? 'nothing that succeeded before it' : shortCommit(target.commit)
  return [
    oneLine(`${checklist} on ${environment}: ${shortCommit(undone.commit)} → ${to}`),
    ...hanging('undoes    ', [`${undone.id} (number ${undone.number}, ${undone.status})`], 10),
    ...hanging('target    ', lines(targetLine(target), 10, layout), 10),
    ...hanging('way back  ', lines(wayBackLine(wayBack), 10, layout), 10),
    '',
    ...(view.steps.length === 0 ? [] : [paint('bold', 'in this order')]),
    ...view.steps.map(({ item, undo, but = '' }) =>
      undo === undefined
        ? `  ${paint('yellow', '!')} ${item}: ${but === '' ? 'has no undo and stays' : `stays, ${but}`}`
        : `  ${item}: ${oneLine(undo)}${but === '' ? '' : ` (${but})`}`
    ),
    ...view.restores.map(restored => `  ${restoreLine(restored, view)}`),
    ...(view.obstacles.length === 0 ? [] : ['', paint('bold', 'in its way')]),
    ...view.obstacles.map(({ message, hint }) => `  ${paint('red', '✗')} ${oneLine(message)} — ${oneLine(hint)}`),
    '',
    paint('dim', 'Nothing was touched.')
  ].join('\n')
}

const targetLine = (target: RollbackPreview['target']): string =>
  target === undefined
    ? 'none: nothing that succeeded came before it, so nothing can prove that the way back led anywhere'
    : `${target.execution}, proven by its own smoke test (${target.proof.length === 0 ? 'which can prove nothing' : target.proof.join(', ')})`

function restoreLine(receipt: Receipt, { acceptedLoss }: RollbackPreview): string {
  const { subject, proof } = receipt
  const loss = acceptedLoss.includes(subject)
    ? 'rows written since are counted first, and their loss is accepted'
    : 'rows written since are counted once more with connections closed; if there are any it is refused'
  return `${subject}: restored from its backup (${proof}; ${provenIn(receipt)}); ${loss}`
}
