import type { Journal } from '../core/engine/journal.js'
import { ChecklistError } from '../core/errors.js'
import { isEnded } from '../core/execution.js'
import type { Clock, Interview } from '../core/ports.js'
import type { Page } from '../core/sign-offs/pages.js'
import { type Question, questionsOf, standingOf } from '../core/sign-offs/questions.js'
import { type Desk, hear } from './sign-hear.js'
import { pageFor, refresh } from './sign-page.js'
import { putStraysBack } from './sign-ticks.js'

/** Asks people on GitHub for whatever execution this process works for. */
export type Clerk = Readonly<{
  /** Hears what was said for an item; waits for it only behind an action, where the item has a limit. */
  interview: Interview
  /** From now on this execution's items are asked. */
  attend(journal: Journal): void
  /** Whether its people can be asked here at all; opens the page. */
  canAsk(): Promise<boolean>
  /** The page shows how the execution was left. */
  leave(): Promise<void>
}>

export type ClerkOptions = Desk &
  Readonly<{
    clock: Clock
    say(line: string): void
    /** Who is asked what no page is for. */
    otherwise: Interview
  }>

const EVERY_MS = 30_000
/** Items that wait next to one another are asked with one look. */
const FRESH_MS = 10_000

/** A page is a convenience: one that fails never fails the deployment, and what cannot be read is no word of anybody. */
export function openClerk({ clock, say, otherwise, ...desk }: ClerkOptions): Clerk {
  let journal: Journal | undefined
  let page: Page | undefined
  let heardAt = Number.NEGATIVE_INFINITY
  /** Why no page can be had in this process; once said, it is not tried again. */
  let closed = false

  async function listen(of: Journal): Promise<boolean> {
    if (closed) return false
    const now = clock.now().getTime()
    if (page !== undefined && now - heardAt < FRESH_MS) return true
    return await guarded(of, async watched => {
      const isNew = watched.state.asked === undefined
      page = (page && (await desk.pages.read(page.number))) ?? (await pageFor(watched, desk))
      heardAt = now
      await hear(page, watched, desk)
      page = await putStraysBack(page, watched, desk)
      if (isNew) say(`People are asked in ${page.url}`)
    })
  }

  /** True when it was done. A fault of the page is said; one of the ledger is what it is. */
  async function guarded(of: Journal, work: (of: Journal) => Promise<void>): Promise<boolean> {
    let broken: unknown
    const commit: Journal['commit'] = async (...bodies) => {
      try {
        await of.commit(...bodies)
      } catch (error) {
        broken = error
        throw error
      }
    }
    try {
      await work(watching(of, commit))
      return true
    } catch (error) {
      if (broken !== undefined || !(error instanceof ChecklistError)) throw error
      closed ||= error.reason !== 'github_unavailable'
      say(`Sign-offs in an issue: ${error.message}. ${closed ? error.hint : 'Nobody is asked for now.'}`)
      return false
    }
  }

  const questionFor = (item: string): Question | undefined =>
    journal && questionsOf(journal.state.plan).find(({ id }) => id === item)

  return {
    interview: {
      vouches: true,
      ask: async asked => {
        const question = questionFor(asked.item)
        if (journal === undefined || question === undefined) return await otherwise.ask(asked)
        const waits = () => journal !== undefined && standingOf(journal.state, question).is === 'waits'
        await listen(journal)
        // Before an action nothing is held, so that waiting may cost no runner: the run ends, and goes on later.
        const isPatient = journal.state.acted && question.limitMs !== undefined
        while (isPatient && waits() && !closed && !asked.signal.aborted) {
          await clock.sleep(EVERY_MS, asked.signal)
          if (!asked.signal.aborted) await listen(journal)
        }
        return undefined
      }
    },
    attend: of => {
      journal = of
    },
    canAsk: async () => journal !== undefined && (await listen(journal)),
    leave: async () => {
      const of = journal
      if (of?.state.asked === undefined || closed || (page === undefined && !isEnded(of.record))) return
      await guarded(of, async watched => {
        page = await refresh(page ?? (await pageFor(watched, desk)), watched, desk)
      })
    }
  }
}

/** The journal with another way to commit; its getters stay its own. */
const watching = (journal: Journal, commit: Journal['commit']): Journal => ({
  get state() {
    return journal.state
  },
  get record() {
    return journal.record
  },
  get head() {
    return journal.head
  },
  get seq() {
    return journal.seq
  },
  keep: journal.keep,
  aside: journal.aside,
  commit
})
