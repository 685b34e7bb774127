import { expect, test } from '@jest/globals'
import { boxesIn, boxLine, tickedBy } from '../../../src/core/sign-offs/boxes.js'
import { pageEventFrom } from '../../../src/core/sign-offs/event.js'
import { answeredIn, answerMarker, markedIn, markerOf } from '../../../src/core/sign-offs/marker.js'

const KEY = { repository: 'org/shop', checklist: 'shop', environment: 'production' }

test.each([
  ['20260105T100000-ab12', KEY],
  ['e--1 --> x', { repository: 'o/s-s', checklist: 'a -- b', environment: 'é <b> "x"=y' }]
])('a page names its execution %s, hidden, whatever it is called', (execution, key) => {
  const marker = markerOf({ execution, key })
  expect(marker).toMatch(/^<!-- [^<>]*[^-<>]-->$|^<!-- [^<>]* -->$/)
  expect(marker.slice(4, -3)).not.toContain('--')
  expect(markedIn(`${marker}\n\nwords`)).toEqual({ execution, key })
})

test.each([
  [''],
  ['words'],
  [`x${markerOf({ execution: 'e1', key: KEY })}`],
  [`> ${markerOf({ execution: 'e1', key: KEY })}`],
  ['<!-- deploy-checklist:sign-offs repository=x -->'],
  ['<!-- deploy-checklist:sign-offs execution=%E0%A4%A -->']
])('%j names none', body => {
  expect(markedIn(body)).toBeUndefined()
})

test('an answer names what it answers', () => {
  expect(answeredIn(`${answerMarker('tick 2026-01-05 bob--')}\nwords`)).toBe('tick 2026-01-05 bob--')
  expect(answeredIn(`words ${answerMarker('1')}`)).toBeUndefined()
})

const line = (id: string, ticked = false, words = `do ${id}`) => boxLine({ id, ticked, words })
const SHOWN = boxesIn([line('a/1'), line('a/2'), line('a/3', true)].join('\n'))

test('boxes are read as they were written, with whatever line ends, and none that are not ours', () => {
  expect(SHOWN).toEqual([
    { id: 'a/1', ticked: false, words: 'do a/1' },
    { id: 'a/2', ticked: false, words: 'do a/2' },
    { id: 'a/3', ticked: true, words: 'do a/3' }
  ])
  expect(boxesIn(`x\r\n${line('a/1')}\r\n- [X] mine\r\n- [ ] other <!-- item %E0%A4%A -->\r\n`)).toMatchObject([
    { id: 'a/1' },
    { id: '' }
  ])
})

test.each([
  ['a tick', line('a/1'), line('a/1', true), [{ id: 'a/1', asShown: true }]],
  [
    'two ticks',
    `${line('a/1')}\n${line('a/2')}`,
    `${line('a/1', true)}\n${line('a/2', true)}`,
    ['a/1', 'a/2'].map(id => ({ id, asShown: true }))
  ],
  ['a tick taken back', line('a/3', true), line('a/3'), []],
  ['a change of words', line('a/1'), line('a/1', false, 'x'), []],
  ['a tick with other words', line('a/1'), line('a/1', true, 'x'), [{ id: 'a/1', asShown: false }]],
  [
    'a tick behind words that were changed before',
    line('a/1', false, 'x'),
    line('a/1', true, 'x'),
    [{ id: 'a/1', asShown: false }]
  ],
  ['a tick of what is not shown', line('b/1'), line('b/1', true), [{ id: 'b/1', asShown: false }]],
  ['a line that came with its tick', '', line('a/1', true), []]
])('%s', (_, before, after, expected) => {
  expect(tickedBy(before, after, SHOWN)).toEqual(expected)
})

const ISSUE = { number: 7, body: 'new', updated_at: '2026-01-05T10:00:00Z' }
const BOB = { login: 'bob', type: 'User' }
test.each([
  [
    { action: 'created', issue: ISSUE, comment: { id: 1 }, sender: BOB },
    { kind: 'comment', issue: 7 }
  ],
  [
    { action: 'edited', issue: ISSUE, changes: { body: { from: 'old' } }, sender: BOB },
    { kind: 'edit', issue: 7, who: 'bob', isPerson: true, before: 'old', after: 'new', at: ISSUE.updated_at }
  ],
  [
    { action: 'edited', issue: ISSUE, changes: { title: { from: 'old' } }, sender: { login: 'x[bot]', type: 'Bot' } },
    { kind: 'edit', issue: 7, who: 'x[bot]', isPerson: false, before: 'new', after: 'new', at: ISSUE.updated_at }
  ],
  [{ action: 'edited', issue: ISSUE, comment: { id: 1 }, sender: BOB }, undefined],
  [{ action: 'deleted', issue: ISSUE, comment: { id: 1 }, sender: BOB }, undefined],
  [{ action: 'opened', issue: ISSUE, sender: BOB }, undefined],
  [{ action: 'created', issue: { ...ISSUE, pull_request: {} }, comment: { id: 1 } }, undefined],
  [{ action: 'created', issue: { number: '7' }, comment: {} }, undefined],
  [{}, undefined],
  ['x', undefined],
  [null, undefined]
])('the event %j is %j', (payload, expected) => {
  expect(pageEventFrom(payload)).toEqual(expected)
})
