import type { Journal } from '../core/engine/journal.js'
import { strayTicks, tickedBy } from '../core/sign-offs/boxes.js'
import type { PageEvent } from '../core/sign-offs/event.js'
import { answeredIn } from '../core/sign-offs/marker.js'
import type { Page } from '../core/sign-offs/pages.js'
import { questionsOf, standingOf } from '../core/sign-offs/questions.js'
import type { Told } from '../report/sign-off-answer.js'
import { answer, type Desk, type Spoken, settle } from './sign-hear.js'
import { refresh, shownBoxes } from './sign-page.js'

type Edit = Extract<PageEvent, { kind: 'edit' }>

/** Records the ticks of one edit; true when there was one that counts. `against` refuses all of them. */
export async function heed(event: Edit, page: Page, journal: Journal, desk: Desk, against?: string): Promise<boolean> {
  if (!event.isPerson) return false
  const shown = shownBoxes(journal, desk)
  const word = { who: event.who, words: '', as: 'done', said: page.url, at: event.at } as const
  const spoken = tickedBy(event.before, event.after, shown).flatMap(({ id, asShown }): readonly Spoken[] => {
    const question = questionsOf(journal.state.plan).find(each => each.id === id)
    // What is settled or said is ticked by whoever writes the page.
    if (question === undefined || standingOf(journal.state, question).is !== 'waits') return []
    const why = against ?? (asShown ? undefined : CHANGED)
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

/** A page alone never says who ticked a box: one that is found ticked is put back, and whoever it was told what to do. */
export async function putStraysBack(page: Page, journal: Journal, desk: Desk): Promise<Page> {
  const strays = strayTicks(page.body, shownBoxes(journal, desk))
  const fresh = await refresh(page, journal, desk)
  const problem = (id: string) =>
    `expected a comment, found a tick, and a page does not tell who made it. ${instead(id)}`
  if (strays.length > 0)
    await answer(
      page,
      `box ${page.changedAt}`,
      'Somebody',
      strays.map(id => ({ problem: problem(id) })),
      desk
    )
  return fresh
}

async function isAnswered({ number, author }: Page, key: string, { pages }: Desk): Promise<boolean> {
  return (await pages.comments(number)).some(({ who, text }) => who === author && answeredIn(text) === key)
}
