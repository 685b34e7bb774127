import type { Journal } from '../core/engine/journal.js'
import { runAgain } from '../core/result/paste-lines.js'
import type { Page } from '../core/sign-offs/pages.js'
import { leftWaiting } from '../core/sign-offs/questions.js'
import { goOnAnswer } from '../report/sign-off-answer.js'
import type { SignOffs } from './front.js'
import type { Shop } from './shop.js'
import type { Desk } from './sign-hear.js'

/** A run that waited for people, and waits for nobody any more, goes on: by itself, or by the line that does it. */
export async function goOn(
  page: Page,
  { record, state }: Journal,
  { reruns }: SignOffs,
  desk: Desk,
  shop: Shop
): Promise<readonly string[]> {
  const { id, status, reason, runId, process } = record
  if (status !== 'WAITING' || reason !== 'waiting_for_person') return []
  const waiting = leftWaiting(state)
  if (waiting.length > 0) return [`${id} still waits for ${waiting.map(question => question.id).join(', ')}.`]
  const attempt = process.runAttempt ?? record.runAttempt
  const again =
    runId === ''
      ? ({ kind: 'not-asked', why: 'it was begun outside of GitHub Actions' } as const)
      : await reruns.again(runId, attempt)
  if (again.kind === 'begun') return [`Run ${runId} goes on.`]
  if (again.kind === 'under-way') return [`Run ${runId} goes on already.`]
  const line = runId === '' ? `deploy-checklist run --resume ${id}` : runAgain(record)
  const said = goOnAnswer(`${attempt}`, line, again.why)
  const known = await desk.pages.comments(page.number)
  if (!known.some(({ who, text }) => who === page.author && text.startsWith(said.marker)))
    await desk.pages.answer(page.number, { ...said, text: desk.redact(said.text) })
  shop.terminal.say(again.why)
  return [`Nothing waits any more; go on with: ${line}`]
}
