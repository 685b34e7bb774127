import { refused } from './errors.js'
import type { EventBody, RollbackScope } from './events.js'
import { type ExecutionRecord, isSuccess } from './execution.js'
import { REASONS, type Reason } from './reasons.js'
import { shortCommit } from './text.js'

/** The mark that stands on a commit: which deployment of it was taken back, and why. */
export type Mark = Readonly<{ execution: string; because: string }>

/**
 * Whether a commit is marked bad in one environment. Its newest deployment that came to something decides: taken back, it
 * marks the commit; a success after that, which nobody has without a reason, lifts the mark. `records` are of one key, in
 * any order, rollbacks too, since the mark of a rollback by hand is a write of its own and may be missing.
 */
export function standingMark(commit: string, records: readonly ExecutionRecord[]): Mark | undefined {
  const own = records.filter(({ purpose, commit: its }) => purpose === 'deploy' && its === commit)
  for (const record of [...own].sort((a, b) => b.number - a.number)) {
    const mark = markOf(record, records)
    if (mark !== undefined) return mark
    if (isSuccess(record.status)) return undefined
  }
  return undefined
}

function markOf({ id, markedBad }: ExecutionRecord, records: readonly ExecutionRecord[]): Mark | undefined {
  if (markedBad !== '') return { execution: id, because: markedBad }
  const by = records.find(
    ({ purpose, undoesExecutionId, status }) =>
      purpose === 'rollback' && undoesExecutionId === id && status === 'SUCCESS'
  )
  return by && { execution: id, because: `taken back by ${by.id}` }
}

/** A commit that is marked bad is deployed again only for a reason. */
export const markedBad = (commit: string, environment: string, { execution, because }: Mark) =>
  refused(
    'marked_bad',
    `${shortCommit(commit)} is marked bad on ${environment}: ${execution} was taken back (${because})`,
    'Deploy a commit that mends it. Or say why this one is good now, with --because WORDS (input because): that is recorded and shown, and once it succeeds the mark is lifted.'
  )

/**
 * What a verified rollback by itself writes beside its end; by hand the undone execution gets its mark from who undoes it.
 * Where only a migration was undone nothing had gone live. In words of the closed list, since everybody may read them.
 */
export function markOfRollback(
  { scope, cause }: Readonly<{ scope: RollbackScope; cause: Reason }>,
  { purpose, id }: Pick<ExecutionRecord, 'purpose' | 'id'>
): readonly EventBody[] {
  if (scope !== 'all' || purpose !== 'deploy') return []
  return [{ type: 'marked-bad', because: `rolled back by itself: ${REASONS[cause]}`, by: id }]
}
