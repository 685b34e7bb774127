import { describe, expect, test } from '@jest/globals'
import { isLimited, resetAt, retryInMs, type Tried } from '../../src/github/retry.js'
import type { Answered, Outcome } from '../../src/github/wire.js'
import { withoutAnswer } from '../../src/github/without-answer.js'

const NOW = new Date('2026-01-05T10:00:00.000Z')
const answer = (status: number, headers: Answered['headers'] = {}, message = ''): Answered => ({
  kind: 'answered',
  status,
  headers,
  data: { message }
})
const LOST: Outcome = { kind: 'lost', why: '' }
const UNSENT: Outcome = { kind: 'unsent', why: '', final: false }
const next = (outcome: Outcome, more: Partial<Tried> = {}) =>
  retryInMs({ outcome, repeatable: true, tries: 1, waitedMs: 0, patienceMs: 180_000, now: NOW, ...more })

describe('another try', () => {
  test.each<[string, Outcome, Partial<Tried>, number | undefined]>([
    ['lost', LOST, {}, 1000],
    ['lost, third try', LOST, { tries: 3 }, 9000],
    ['lost, fourth try', LOST, { tries: 4 }, undefined],
    ['lost, not repeatable', LOST, { repeatable: false }, undefined],
    ['unsent, not repeatable', UNSENT, { repeatable: false }, 1000],
    ['unsent for good', { kind: 'unsent', why: '', final: true }, {}, undefined],
    ['aborted', { kind: 'aborted' }, {}, undefined],
    ['500, not repeatable', answer(500), { repeatable: false }, undefined],
    ['503 that says when', answer(503, { 'retry-after': '7' }), {}, 7000],
    ['404', answer(404), {}, undefined],
    ['429 that says when, not repeatable', answer(429, { 'retry-after': '7' }), { repeatable: false }, 7000],
    ['429 that says at once', answer(429, { 'retry-after': '0' }), {}, 1000],
    ['429 that does not say', answer(429), { tries: 2 }, 120_000],
    ['a limit beyond all patience', answer(429, { 'retry-after': '181' }), {}, undefined],
    ['a limit beyond what is left of it', answer(429, { 'retry-after': '100' }), { waitedMs: 100_000 }, undefined],
    ['a reset that has passed', answer(403, { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '1' }), {}, 1000]
  ])('%s', (_, outcome, more, wanted) => {
    expect(next(outcome, more)).toBe(wanted)
  })
})

test.each<[Answered, boolean]>([
  [answer(403, {}, 'You have exceeded a secondary rate limit.'), true],
  [answer(403, { 'x-ratelimit-remaining': '0' }, 'API rate limit exceeded'), true],
  [answer(403, { 'x-ratelimit-remaining': '0' }, 'Resource not accessible by integration'), false],
  [answer(403, { 'x-ratelimit-remaining': '5' }, 'Must have admin rights to Repository.'), false],
  [answer(422, { 'x-ratelimit-remaining': '0' }), false]
])('a 403 may be a limit or a refusal: %j', (refusal, limited) => {
  expect(isLimited(refusal)).toBe(limited)
})

test('the end of a limit is known only where requests are used up', () => {
  const reset = { 'x-ratelimit-reset': String(NOW.getTime() / 1000) }
  expect(resetAt(answer(403, { ...reset, 'x-ratelimit-remaining': '0' }))).toEqual(NOW)
  expect(resetAt(answer(403, { ...reset, 'x-ratelimit-remaining': '3' }))).toBeUndefined()
})

const wrapped = (cause: object) => ({ message: 'outer', cause: { message: 'fetch failed', cause } })
test.each([
  [
    wrapped({ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:9' }),
    'unsent',
    'the connection was refused'
  ],
  [wrapped({ code: 'ETIMEDOUT', syscall: 'connect', message: 'slow' }), 'unsent', 'slow (ETIMEDOUT)'],
  [wrapped({ code: 'ETIMEDOUT', syscall: 'read', message: 'slow' }), 'lost', 'slow (ETIMEDOUT)'],
  [wrapped({ code: 'UND_ERR_SOCKET', message: 'other side closed' }), 'lost', 'the connection was cut'],
  [
    wrapped({ code: 'CERT_HAS_EXPIRED', message: 'certificate has expired' }),
    'unsent',
    'certificate has expired (CERT_HAS_EXPIRED)'
  ],
  [wrapped({ message: '"token s3cret" is an invalid header value' }), 'lost', '"token ***" is an invalid header value'],
  ['a text', 'lost', 'a text'],
  [undefined, 'lost', 'undefined']
])('what is thrown says whether it can have arrived: %j', (thrown, kind, why) => {
  expect(withoutAnswer(thrown, 's3cret')).toMatchObject({ kind, why })
})
