import type { Key } from '../execution.js'

/** Which execution a page is for: hidden in its text, so that it is found again. */
export type Marked = Readonly<{ execution: string; key: Key }>

const NAME = 'deploy-checklist:sign-offs'

/** A comment of HTML; nothing in it can end it. */
export const markerOf = ({ execution, key }: Marked): string =>
  `<!-- ${NAME} execution=${hidden(execution)} repository=${hidden(key.repository)} checklist=${hidden(key.checklist)} environment=${hidden(key.environment)} -->`

/** The execution that the page is for, or undefined where it is none of ours. */
export function markedIn(body: string): Marked | undefined {
  const [, words = ''] = new RegExp(`^<!-- ${NAME} ((?:\\w+=[\\w.%~!*'()]* )+)-->`).exec(body) ?? []
  const values = new Map(
    words
      .trim()
      .split(' ')
      .map(word => word.split('=') as [string, string])
  )
  const value = (name: string): string => plain(values.get(name) ?? '')
  const execution = value('execution')
  if (execution === '') return undefined
  return {
    execution,
    key: { repository: value('repository'), checklist: value('checklist'), environment: value('environment') }
  }
}

/** Hidden in a reply: the comment that it answers, so that none is answered twice. */
export const answerMarker = (comment: string): string => `<!-- deploy-checklist:answer ${hidden(comment)} -->`
export const answeredIn = (body: string): string | undefined => {
  const found = /^<!-- deploy-checklist:answer ([\w.%~!*'()]+) -->/.exec(body)?.[1]
  return found === undefined ? undefined : plain(found)
}

// Two dashes would end a comment in the eyes of some; encodeURIComponent leaves them.
const hidden = (text: string): string => encodeURIComponent(text).replaceAll('-', '%2D')

function plain(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
