import { ChecklistError, refused, unavailable } from '../core/errors.js'
import { type ApiRequest, LOST_ANSWER } from './github.js'
import { isLimited, resetAt } from './retry.js'
import type { Answered, Outcome } from './wire.js'

/** `maybeDone`: a write of which nobody knows whether it happened. */
export type Unanswered = Readonly<{ request: ApiRequest; host: string; maybeDone: boolean }>

// What a workflow's `permissions:` can give; anything else takes the token of a person or an app.
const OF_A_JOB = [
  'actions',
  'attestations',
  'checks',
  'contents',
  'deployments',
  'id-token',
  'issues',
  'pull-requests',
  'statuses'
]
const LONGEST_WORDS = 500

/** What an answer that was not expected means, or that there was none. */
export function faultOf(outcome: Outcome, { request, host, maybeDone }: Unanswered): ChecklistError {
  if (outcome.kind === 'aborted') return cancelled(request, maybeDone)
  if (outcome.kind !== 'answered') return noAnswer(`${host}: ${outcome.why}`, request, maybeDone)
  const { status } = outcome
  if (status >= 500) return noAnswer(`${host} answered ${status}: ${wordsOf(outcome)}`, request, maybeDone)
  if (isLimited(outcome)) return usedUp(outcome, request)
  if (status === 401) return unknownToken(outcome, request)
  if (status === 403) return forbidden(outcome, request)
  if (status === 404) return notThere(request)
  if (status < 400) return moved(outcome, request)
  const hint = 'Correct what GitHub objects to; the words are its own.'
  return refused('usage', `GitHub would not ${request.what} (${status}): ${wordsOf(outcome)}`, hint)
}

/** Before anything is sent, where there is no token that could be. */
export const noToken = ({ what, needs }: ApiRequest): ChecklistError =>
  refused(
    'missing_permission',
    `GitHub cannot be asked to ${what} without a usable token`,
    `Hand one over. ${howToGive(needs)}`
  )

/** The repository itself is not there for this token, so that nothing can be said about what lies in it. */
export const unseen = (repository: string, { what, needs }: ApiRequest): ChecklistError =>
  refused(
    'missing_permission',
    `GitHub would not ${what}: the token does not see the repository ${repository}, which is private or does not exist (404)`,
    `See that its name is right, and that the token belongs to it. ${howToGive(needs)}`
  )

export function cancelled({ what }: ApiRequest, maybeDone: boolean): ChecklistError {
  const message = `the run was cancelled before GitHub could ${what}`
  const cause = maybeDone ? lostAnswer('the run was cancelled while the answer was awaited') : undefined
  return new ChecklistError('CANCELLED', 'cancelled', { message, hint: 'Run it again.', cause })
}

function noAnswer(why: string, { what, method }: ApiRequest, maybeDone: boolean): ChecklistError {
  const unknown = maybeDone ? `; whether the ${method} was done is not known` : ''
  const hint = 'See https://www.githubstatus.com and the way from the runner to GitHub, then run it again.'
  return unavailable(
    'github_unavailable',
    `GitHub did not ${what}: ${why}${unknown}`,
    hint,
    maybeDone ? lostAnswer(why) : undefined
  )
}

function usedUp(answer: Answered, { what }: ApiRequest): ChecklistError {
  const reset = resetAt(answer)
  const until = reset === undefined ? 'for a while' : `until ${reset.toISOString()}`
  const message = `GitHub would not ${what}: it takes no requests of this token ${until} (${answer.status}: ${wordsOf(answer)})`
  return unavailable('github_unavailable', message, 'Wait so long, run less at once, then run it again.')
}

function unknownToken(answer: Answered, { what }: ApiRequest): ChecklistError {
  const message = `GitHub would not ${what}: it does not accept the token (401: ${wordsOf(answer)})`
  const hint = "It was revoked or has expired; a job's own token ends with its job. Run it again with a valid one."
  return refused('missing_permission', message, hint)
}

function forbidden(answer: Answered, { what, needs }: ApiRequest): ChecklistError {
  const asked = answer.headers['x-accepted-github-permissions']
  const asks = asked === undefined ? '' : `; GitHub asks for ${asked}`
  const message = `GitHub would not ${what}: the token needs \`${needs}\`${asks} (403: ${wordsOf(answer)})`
  return refused('missing_permission', message, howToGive(needs))
}

function notThere({ what, needs }: ApiRequest): ChecklistError {
  const message = `GitHub would not ${what}: it says that there is no such thing (404), as it also does to a token without \`${needs}\``
  return refused('missing_permission', message, `See that it exists. ${howToGive(needs)}`)
}

function moved({ status, headers }: Answered, { what }: ApiRequest): ChecklistError {
  const where = headers['location'] ?? 'elsewhere'
  const message = `GitHub would not ${what}: it sends on to ${where} (${status})`
  return refused(
    'usage',
    message,
    "The repository was renamed or moved: use its new name, and correct the clone's address."
  )
}

function howToGive(needs: string): string {
  const [name = ''] = needs.split(':')
  if (OF_A_JOB.includes(name))
    return `Give the job \`permissions: { ${needs} }\`; a job that calls a workflow must have it itself to hand it on.`
  return `A job's own token can never have \`${needs}\`: use the token of a person or an app that has it.`
}

/** GitHub's own words, with what it says about single fields. */
function wordsOf({ data }: Answered): string {
  const { message, errors } = (typeof data === 'object' && data !== null ? data : {}) as Partial<
    Record<string, unknown>
  >
  const details = Array.isArray(errors) ? errors.map(detail) : []
  const words = [typeof message === 'string' ? message : 'no words', ...details].join('; ').replaceAll(/\s+/g, ' ')
  return words.length > LONGEST_WORDS ? `${words.slice(0, LONGEST_WORDS)} …` : words
}

function detail(error: unknown): string {
  if (typeof error === 'string') return error
  const { resource, field, code, message } = (error ?? {}) as Partial<Record<string, unknown>>
  return [resource, field, code, message].filter(word => typeof word === 'string').join(' ')
}

const lostAnswer = (why: string): Error => Object.assign(new Error(why), { name: LOST_ANSWER })
