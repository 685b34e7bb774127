import { readFile } from 'node:fs/promises'
import { type Journal, openJournal, startFrom } from '../core/engine/journal.js'
import { stateOf } from '../core/engine/state.js'
import { ChecklistError, refused } from '../core/errors.js'
import { isEnded, isPaused } from '../core/execution.js'
import { parseJson } from '../core/json.js'
import type { Stored } from '../core/ports.js'
import { type PageEvent, pageEventFrom } from '../core/sign-offs/event.js'
import { markedIn } from '../core/sign-offs/marker.js'
import type { Page } from '../core/sign-offs/pages.js'
import { type Answer, fine } from './answer.js'
import type { SignOffs } from './front.js'
import { lifeOf } from './life.js'
import type { Shop } from './shop.js'
import { goOn } from './sign-go-on.js'
import { type Desk, hasUnheard, hear } from './sign-hear.js'
import { refresh } from './sign-page.js'
import { heed } from './sign-ticks.js'

type Edit = Extract<PageEvent, { kind: 'edit' }>

/**
 * Records what an event in an issue says, in the ledger and from the stored plan alone: nothing is checked out, nothing of
 * the change runs. A run that waits for nothing more is run again. While a process of the execution is at work nothing is
 * written into its journal: it reads the comments itself.
 */
export async function signFromEvent(shop: Shop): Promise<Answer> {
  const { signOffs, redactor, clock, signal } = shop
  if (signOffs === undefined) throw withoutGitHub()
  const event = await eventOf(shop)
  if (event === undefined) return nothing('the event is neither a new comment nor a changed text of an issue')
  const page = await signOffs.pages.read(event.issue)
  if (page === undefined) return nothing(`there is no issue ${event.issue}`)
  const about = { event, page, desk: { pages: signOffs.pages, redact: redactor.redact }, signOffs }
  for (let looks = 1; ; looks++) {
    const stored = await executionOf(page, event, shop)
    if (stored === undefined) return nothing(`issue ${event.issue} is of no execution of this ledger`)
    const answer = await once(stored, about, shop, looks === MOST_LOOKS)
    if (answer !== undefined) return answer
    await clock.sleep(BETWEEN_MS, signal)
  }
}

type About = Readonly<{ event: PageEvent; page: Page; desk: Desk; signOffs: SignOffs }>

/** A process that comes to its end may have looked at the comments for the last time before this one came. */
const MOST_LOOKS = 5
const BETWEEN_MS = 15_000

/** Undefined where it has to be looked at again: somebody is at work, or has written in the meantime. */
async function once(stored: Stored, about: About, shop: Shop, isLast: boolean): Promise<Answer | undefined> {
  const { event, page, desk } = about
  const { record } = stored
  const journal = await journalOf(stored, shop)
  const isAtWork = !isEnded(record) && !isPaused(record) && (await lifeOf(record, shop)) !== 'dead'
  if (isAtWork && event.kind === 'edit') return await putBack(event, page, journal, desk)
  if (isAtWork) return isLast || !(await hasUnheard(page, desk)) ? done([`${record.id} ${READS}`]) : undefined
  try {
    return await recorded(journal, about, shop)
  } catch (error) {
    if (isLast || !(error instanceof ChecklistError) || error.reason !== 'superseded') throw error
    return undefined
  }
}

const READS = 'is at work, and reads the comments itself.'

async function recorded(journal: Journal, { event, page, desk, signOffs }: About, shop: Shop): Promise<Answer> {
  const { id } = journal.record
  const heard = await hear(page, journal, desk)
  const ticked = event.kind === 'edit' && (await heed(event, page, journal, desk))
  await refresh(page, journal, desk)
  const said = heard || ticked ? `Recorded for ${id}.` : `Nothing new for ${id}.`
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

async function journalOf(stored: Stored, { clock, redactor, ...shop }: Shop): Promise<Journal> {
  const ports = { ledger: await shop.ledger(), clock, redactor, observers: [] }
  return openJournal(startFrom(stored), ports)
}

/** A tick cannot be told to whoever is at work: nobody can see on a page who made it. */
async function putBack(event: Edit, page: Page, journal: Journal, desk: Desk): Promise<Answer> {
  const { id } = journal.record
  await heed(
    event,
    page,
    journal,
    desk,
    `expected a comment, found a tick: ${id} is at work, and it can only see who writes, not who ticks`
  )
  await refresh(page, journal, desk)
  return done([`${id} is at work: the boxes were put back.`])
}

const withoutGitHub = (): ChecklistError =>
  refused(
    'missing_permission',
    'sign-offs are recorded with GitHub, and this step has no token to ask it with',
    'Leave the input `github-token` as it is, and run it in GitHub Actions.'
  )
