import { readFile } from 'node:fs/promises'
import type { Journal } from '../core/engine/journal.js'
import { openJournal } from '../core/engine/journal.js'
import { stateOf } from '../core/engine/state.js'
import { type ChecklistError, refused } from '../core/errors.js'
import { isEnded } from '../core/execution.js'
import { parseJson } from '../core/json.js'
import type { Stored } from '../core/ports.js'
import { tickedBy } from '../core/sign-offs/boxes.js'
import { type PageEvent, pageEventFrom } from '../core/sign-offs/event.js'
import { answeredIn, markedIn } from '../core/sign-offs/marker.js'
import type { Page } from '../core/sign-offs/pages.js'
import { leftWaiting, questionsOf, standingOf } from '../core/sign-offs/questions.js'
import { goOnAnswer, type Told } from '../report/sign-off-answer.js'
import { type Answer, fine } from './answer.js'
import type { SignOffs } from './front.js'
import { isPaused, lifeOf } from './life.js'
import type { Shop } from './shop.js'
import { answer, type Desk, hear, type Spoken, settle } from './sign-hear.js'
import { refresh, shownBoxes } from './sign-page.js'

type Edit = Extract<PageEvent, { kind: 'edit' }>

/**
 * Records what an event in an issue says, in the ledger and from the stored plan alone: nothing is checked out, nothing of
 * the change runs. A run that waits for nothing more is run again. While a process of the execution is at work nothing is
 * written into its journal: it reads the comments itself.
 */
export async function signFromEvent(shop: Shop): Promise<Answer> {
  const { signOffs, redactor } = shop
  if (signOffs === undefined) throw withoutGitHub()
  const event = await eventOf(shop)
  if (event === undefined) return nothing('the event is neither a new comment nor a changed text of an issue')
  const page = await signOffs.pages.read(event.issue)
  const stored = page === undefined ? undefined : await executionOf(page, event, shop)
  if (page === undefined || stored === undefined)
    return nothing(`issue ${event.issue} is of no execution of this ledger`)
  const journal = await journalOf(stored, shop)
  const desk = { pages: signOffs.pages, redact: redactor.redact }
  const { record } = stored
  const isAtWork = !isEnded(record) && !isPaused(record) && (await lifeOf(record, shop)) !== 'dead'
  if (isAtWork) return await atWork(event, page, journal, desk)
  const recorded = await hear(page, journal, desk)
  const ticked = event.kind === 'edit' && (await heed(event, page, journal, desk, []))
  await refresh(page, journal, desk)
  const said = recorded || ticked ? `Recorded for ${record.id}.` : `Nothing new for ${record.id}.`
  return done([said, ...(await goOn(page, journal, signOffs, desk, shop))])
}

const done = (lines: readonly string[]): Answer => ({ result: fine('ok'), text: lines.join('\n') })
const nothing = (why: string): Answer => ({ result: fine('already_done'), text: `Nothing to record: ${why}.` })

async function eventOf({ host }: Shop): Promise<PageEvent | undefined> {
  const file = host.env['GITHUB_EVENT_PATH'] ?? ''
  const text = file === '' ? '' : await readFile(file, 'utf8').catch(() => '')
  const payload = parseJson(text)
  if (payload !== undefined) return pageEventFrom(payload)
  throw refused(
    'usage',
    'this step has no event to read',
    'Run it on `issue_comment` and `issues`, as examples/workflows/sign-off.yml does.'
  )
}

/**
 * The execution whose people are asked in this issue. The page only says where to look, the ledger has the last word:
 * anybody may write our marker into an issue. Somebody who has changed the text may have taken it out.
 */
async function executionOf({ number, body }: Page, event: PageEvent, shop: Shop): Promise<Stored | undefined> {
  const ledger = await shop.ledger()
  const { repository } = await shop.identity()
  for (const text of [body, ...(event.kind === 'edit' ? [event.before] : [])]) {
    const id = markedIn(text)?.execution ?? ''
    const stored = id === '' ? undefined : await ledger.read(id)
    if (stored?.record.key.repository === repository && stateOf(stored.events).asked?.issue === number) return stored
  }
  return undefined
}

async function journalOf({ record, events, head }: Stored, { clock, redactor, ...shop }: Shop): Promise<Journal> {
  const ports = { ledger: await shop.ledger(), clock, redactor, observers: [] }
  return openJournal({ state: stateOf(events), record, head, seq: events.at(-1)?.seq ?? 0 }, ports)
}

/** A tick cannot be told to whoever works on it: nobody can see on a page who made it. */
async function atWork(event: PageEvent, page: Page, journal: Journal, desk: Desk): Promise<Answer> {
  const { id } = journal.record
  if (event.kind === 'comment') return done([`${id} is at work, and reads the comments itself.`])
  const why = `expected a comment, found a tick: ${id} is at work, and it can only see who writes, not who ticks`
  await heed(event, page, journal, desk, [why])
  await refresh(page, journal, desk)
  return done([`${id} is at work: the boxes were put back.`])
}

/** Records the ticks of one edit; true when there was one that counts. `against` refuses all of them. */
async function heed(
  event: Edit,
  page: Page,
  journal: Journal,
  desk: Desk,
  against: readonly string[]
): Promise<boolean> {
  if (!event.isPerson) return false
  const shown = shownBoxes(journal, desk)
  const word = { who: event.who, words: '', as: 'done', said: page.url, at: event.at } as const
  const spoken = tickedBy(event.before, event.after, shown).flatMap(({ id, asShown }): readonly Spoken[] => {
    const question = questionsOf(journal.state.plan).find(each => each.id === id)
    // What is settled or said is ticked by whoever writes the page.
    if (question === undefined || standingOf(journal.state, question).is !== 'waits') return []
    const [why = asShown ? undefined : CHANGED] = against
    return [why === undefined ? { question, word } : { problem: `${why}. ${instead(id)}` }]
  })
  const told = (await settle(spoken, journal, desk)).map(withInstead)
  const refusals = told.filter(one => 'problem' in one || one.kind === 'refused')
  const key = `tick ${event.at} ${event.who}`
  if (refusals.length > 0 && !(await isAnswered(page, key, desk))) await answer(page, key, event.who, refusals, desk)
  return told.some(one => 'kind' in one && one.kind === 'recorded')
}

const CHANGED = 'expected the line as it was written, found one whose text had been changed'
const instead = (id: string): string => `Comment /done ${id} WORDS`
const withInstead = (told: Told): Told =>
  'kind' in told && told.kind === 'refused' ? { ...told, why: `${told.why}; the tick was taken back` } : told

async function isAnswered({ number, author }: Page, key: string, { pages }: Desk): Promise<boolean> {
  return (await pages.comments(number)).some(({ who, text }) => who === author && answeredIn(text) === key)
}

/** A run that waited for people, and waits for nobody any more, goes on: by itself, or by the line that does it. */
async function goOn(
  page: Page,
  { record, state }: Journal,
  { reruns }: SignOffs,
  desk: Desk,
  shop: Shop
): Promise<readonly string[]> {
  const { id, status, reason, runId, process, key } = record
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
  const line =
    runId === '' ? `deploy-checklist run --resume ${id}` : `gh run rerun ${runId} --failed -R ${key.repository}`
  const said = goOnAnswer(`${attempt}`, line, again.why)
  const known = await desk.pages.comments(page.number)
  if (!known.some(({ who, text }) => who === page.author && text.startsWith(said.marker)))
    await desk.pages.answer(page.number, { ...said, text: desk.redact(said.text) })
  shop.terminal.say(again.why)
  return [`Nothing waits any more; go on with: ${line}`]
}

const withoutGitHub = (): ChecklistError =>
  refused(
    'missing_permission',
    'sign-offs are recorded with GitHub, and this step has no token to ask it with',
    'Leave the input `github-token` as it is, and run it in GitHub Actions.'
  )
