import { isObject, type Json } from '../json.js'

/** What woke the workflow that records sign-offs. GitHub says in it who did it; a page alone never does. */
export type PageEvent =
  | Readonly<{ kind: 'comment'; issue: number }>
  | Readonly<{ kind: 'edit'; issue: number; who: string; isPerson: boolean; before: string; after: string; at: string }>

/**
 * From the event's payload: a new comment, or a changed text. Anything else is none of ours. An edit without its text
 * before (a new title) changes no box.
 */
export function pageEventFrom(payload: Json): PageEvent | undefined {
  const issue = member(payload, 'issue')
  const number = isObject(issue) && typeof issue['number'] === 'number' ? issue['number'] : undefined
  if (number === undefined || member(issue, 'pull_request') !== undefined) return undefined
  const action = text(payload, 'action')
  if (isObject(member(payload, 'comment'))) return action === 'created' ? { kind: 'comment', issue: number } : undefined
  if (action !== 'edited') return undefined
  const sender = member(payload, 'sender')
  const before = text(member(member(payload, 'changes'), 'body'), 'from')
  const after = text(issue, 'body')
  return {
    ...{ kind: 'edit', issue: number, who: text(sender, 'login'), isPerson: text(sender, 'type') === 'User' },
    ...{ before: before === '' ? after : before, after, at: text(issue, 'updated_at') }
  }
}

const member = (value: Json | undefined, name: string): Json | undefined =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
const text = (value: Json | undefined, name: string): string => {
  const found = member(value, name)
  return typeof found === 'string' ? found : ''
}
