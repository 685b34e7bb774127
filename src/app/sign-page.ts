import type { Journal } from '../core/engine/journal.js'
import { stateOf } from '../core/engine/state.js'
import { ChecklistError } from '../core/errors.js'
import { type ExecutionRecord, isEnded, isSuccess } from '../core/execution.js'
import { boxesIn } from '../core/sign-offs/boxes.js'
import type { Page } from '../core/sign-offs/pages.js'
import { signOffPage } from '../report/sign-off-page.js'
import type { Shop } from './shop.js'
import type { Desk } from './sign-hear.js'

/** The page of the execution that is at hand: the one that the journal names, else the one that bears its marker, else a new one. */
export async function pageFor(journal: Journal, { pages, redact }: Desk): Promise<Page> {
  const { state, record } = journal
  const known = state.asked === undefined ? undefined : await pages.read(state.asked.issue)
  if (known !== undefined) return known
  const { title, body, marker } = signOffPage(record, state)
  const page = await pages.open({ title: redact(title), body: redact(body), marker, since: record.startedAt })
  // Durable at once: whoever answers in it may be heard by another process.
  await journal.commit({ type: 'asked', issue: page.number, url: page.url })
  return page
}

/** The page shows how it stands: what was changed by hand is put right, and what has ended is closed. Returns it as it is now. */
export async function refresh(
  page: Page,
  { record, state }: Pick<Journal, 'record' | 'state'>,
  desk: Desk
): Promise<Page> {
  const { body: text } = signOffPage(record, state)
  const body = desk.redact(text)
  const close = isEnded(record) && page.isOpen ? { close: outcomeOf(record) } : {}
  const changed = asLines(page.body) === asLines(body) ? {} : { body }
  if (Object.keys({ ...close, ...changed }).length === 0) return page
  await desk.pages.write(page.number, { ...changed, ...close })
  return { ...page, body, isOpen: page.isOpen && !isEnded(record) }
}

const outcomeOf = ({ status }: ExecutionRecord) =>
  isSuccess(status) ? ('completed' as const) : ('not_planned' as const)

/** Boxes as the page shows them to whoever ticks one. */
export const shownBoxes = ({ record, state }: Pick<Journal, 'record' | 'state'>, { redact }: Pick<Desk, 'redact'>) =>
  boxesIn(redact(signOffPage(record, state).body))

// Whoever ticks a box in a browser gives every line the ends that browsers write.
const asLines = (text: string): string => text.replaceAll('\r\n', '\n').trimEnd()

/** Closes the page of an execution that ended in other hands than those that asked. A page is a convenience: its faults are said. */
export async function closePage(id: string, shop: Shop): Promise<void> {
  const { signOffs, redactor, terminal } = shop
  if (signOffs === undefined) return
  try {
    const stored = await (await shop.ledger()).read(id)
    const state = stored && stateOf(stored.events)
    if (stored === undefined || state?.asked === undefined || !isEnded(stored.record)) return
    const page = await signOffs.pages.read(state.asked.issue)
    const desk = { pages: signOffs.pages, redact: redactor.redact }
    if (page !== undefined) await refresh(page, { record: stored.record, state }, desk)
  } catch (error) {
    if (!(error instanceof ChecklistError)) throw error
    terminal.say(`Sign-offs in an issue: ${error.message}.`)
  }
}
