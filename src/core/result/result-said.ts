import type { Event } from '../events.js'
import type { Mark } from '../mark.js'

/** Why somebody deployed it, and the bad mark on its commit that they set aside. */
export type ResultWhy = Readonly<{ because: string; by: string; marked: Mark | null; at: string }>
/** `as` is what the other one is to it, such as `undone by`; `url` may be empty. */
export type ResultLink = Readonly<{ execution: string; as: string; url: string }>

export function whyOf(events: readonly Event[]): ResultWhy | null {
  const found = events.findLast(({ body }) => body.type === 'reasoned')
  if (found?.body.type !== 'reasoned') return null
  const { because, by, marked } = found.body
  return { because, by, marked: marked ?? null, at: found.at }
}

export const linksIn = (events: readonly Event[]): readonly ResultLink[] =>
  events.flatMap(({ body }) =>
    body.type === 'linked' ? [{ execution: body.to, as: body.as, url: body.url ?? '' }] : []
  )
