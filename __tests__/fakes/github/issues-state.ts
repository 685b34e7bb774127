import { account, type FakeState } from './state.js'

export type FakeComment = { id: number; who: string; text: string; at: string; editedAt: string }
export type FakeIssue = {
  number: number
  title: string
  body: string
  labels: readonly string[]
  author: string
  state: 'open' | 'closed'
  reason: string | null
  at: string
  changedAt: string
  comments: FakeComment[]
}

export const issuesOf = (state: FakeState): FakeIssue[] => state.area<FakeIssue[]>('issues', () => [])

const moment = (state: FakeState): string => new Date(state.now()).toISOString().replace('.000Z', 'Z')

export function addIssue(state: FakeState, some: Partial<FakeIssue> = {}): FakeIssue {
  const at = moment(state)
  const number = issuesOf(state).length + 1
  const made: FakeIssue = {
    ...{ number, title: 'An issue', body: '', labels: [], author: 'mallory', state: 'open', reason: null },
    ...{ at, changedAt: at, comments: [] },
    ...some
  }
  issuesOf(state).push(made)
  return made
}

/** The only issue that there is, or the one of that number. */
export function issueOf(state: FakeState, number = 1): FakeIssue {
  const found = issuesOf(state).find(issue => issue.number === number)
  if (found === undefined) throw new Error(`the fake has no issue ${number}`)
  return found
}

/** A comment as somebody writes it on the page; its id. */
export function comments(state: FakeState, who: string, text: string, number = 1): number {
  const at = moment(state)
  const id = state.nextId()
  issueOf(state, number).comments.push({ id, who, text, at, editedAt: at })
  return id
}

/** Somebody changes the text of an issue on the page: the payload of the event that GitHub makes of it. */
export function edits(state: FakeState, who: string, change: (body: string) => string, number = 1) {
  const issue = issueOf(state, number)
  const from = issue.body
  issue.body = change(from)
  issue.changedAt = moment(state)
  return {
    ...{ action: 'edited', changes: { body: { from } }, sender: account(who, state.repository) },
    issue: { number, body: issue.body, updated_at: issue.changedAt, labels: issue.labels.map(name => ({ name })) }
  }
}

/** Ticks the box of an item. */
export const ticks = (state: FakeState, who: string, id: string, number = 1) =>
  edits(
    state,
    who,
    body =>
      body
        .split('\n')
        .map(line => (line.includes(`<code>${id}</code>`) ? line.replace('- [ ]', '- [x]') : line))
        .join('\r\n'),
    number
  )

/** The payload of the event of somebody's newest comment. */
export function commented(state: FakeState, number = 1) {
  const { comments: all, labels, body } = issueOf(state, number)
  const last = all.at(-1)
  return {
    action: 'created',
    comment: { id: last?.id, body: last?.text, user: account(last?.who ?? '', '') },
    issue: { number, body, labels: labels.map(name => ({ name })) },
    sender: account(last?.who ?? '', '')
  }
}
