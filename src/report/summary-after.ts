import type { Result } from '../core/result/result.js'
import { took } from '../core/text.js'
import { type Block, kept, prose, row, tableHead } from './markdown.js'
import { itemMark } from './marks.js'

/** Monitor rounds that were, and those that are to come. */
export function checkpoints({ checkpoints: seen, due }: Result): Block {
  if (seen.length + due.length === 0) return { head: [], lines: [] }
  const done = seen.map(({ checkpoint, passed, lateMs, at }) => {
    const late = lateMs > 0 ? `${took(lateMs)} late` : 'in time'
    return row([
      `${itemMark(passed ? 'pass' : 'fail').emoji}&nbsp;${passed ? 'pass' : 'fail'}`,
      prose(checkpoint),
      moment(at),
      late
    ])
  })
  const coming = due.map(({ checkpoint, dueAt }) => row(['⏳&nbsp;due', prose(checkpoint), moment(dueAt), '']))
  return {
    head: ['### Checkpoints', '', ...tableHead([' ', 'checkpoint', 'when', ' '])],
    name: 'checkpoints',
    lines: [...done, ...coming].map(kept),
    foot: ['']
  }
}

/** Who agreed to what. */
export function signOffs({ signOffs: signed }: Result): Block {
  if (signed.length === 0) return { head: [], lines: [] }
  const lines = signed.map(({ item, who, words, claimed, as, at }) =>
    kept(
      row([
        prose(item),
        `${prose(who)}${claimed ? ' (claimed)' : ''}`,
        `${as === 'na' ? 'does not apply: ' : ''}${prose(words)}`,
        moment(at)
      ])
    )
  )
  return {
    name: 'sign-offs',
    head: ['### Sign-offs', '', ...tableHead(['item', 'who', 'words', 'when'])],
    lines,
    foot: ['']
  }
}

/** A moment as a page shows it, to the second. */
export const moment = (at: string): string => (at === '' ? '' : `${at.slice(0, 19).replace('T', ' ')} UTC`)
