import { expect, test } from '@jest/globals'
import type { SignOff } from '../../../src/core/item.js'
import type { Command } from '../../../src/core/sign-offs/commands.js'
import { aimedAt, type Right, ruleOn, type Word } from '../../../src/core/sign-offs/judge.js'
import { type Question, questionsOf, type Standing } from '../../../src/core/sign-offs/questions.js'
import { plan } from '../../fakes/engine.js'
import { ASKED, manual } from '../../fakes/sign-offs.js'

const QUESTIONS = questionsOf(ASKED)
const question = (id: string): Question => {
  const found = QUESTIONS.find(each => each.id === `preflight/${id}`)
  if (found === undefined) throw new Error(id)
  return found
}
const done = (target: string): Command => ({ do: 'done', target, words: '' })
const sign = (target: string): Command => ({ do: 'sign', target, words: '' })

test.each([
  [done('preflight/told'), ['preflight/told']],
  [done('PREFLIGHT/Told'), ['preflight/told']],
  [done('told'), ['preflight/told']],
  [sign('owner'), ['preflight/told']],
  [sign('@OWNER'), ['preflight/told']],
  [sign('ops'), ['preflight/ready']]
])('%j is about %j', (command, ids) => {
  const aimed = aimedAt(command, QUESTIONS)
  expect('problem' in aimed ? aimed : aimed.map(({ id }) => id)).toEqual(ids)
})

const IDS = 'preflight/told, preflight/ready, preflight/page, preflight/second'
test.each([
  [done('preflight/tolt'), `expected ${IDS}, found preflight/tolt (did you mean preflight/told?)`],
  [done('tolt'), `expected ${IDS}, found tolt (did you mean told?)`],
  [done('deploy/release'), `expected ${IDS}, found deploy/release`],
  [sign('onwer'), 'expected a role: owner, ops, found onwer (did you mean owner?)'],
  [sign('alice'), 'expected a role: owner, ops, found alice']
])('%j is about nothing: %s', (command, problem) => {
  expect(aimedAt(command, QUESTIONS)).toEqual({ problem })
})

test('a short id that two items have is no id, and without roles there is none to sign for', () => {
  const twins = questionsOf(plan({ preflight: [manual('preflight/it')], deploy: [manual('deploy/it')] }))
  expect(aimedAt(done('it'), twins)).toEqual({
    problem: 'expected the whole id, found it, which is preflight/it and deploy/it'
  })
  expect(aimedAt(sign('owner'), twins)).toEqual({
    problem: 'expected /done ID: no item asks for a role, found /sign owner'
  })
  expect(aimedAt(done('it'), [])).toMatchObject({ problem: expect.stringContaining('no item waits') })
})

const WORD: Word = { who: 'alice', words: 'seen', as: 'done', said: 'https://x/1', at: '2026-01-05T10:00:00Z' }
const KEPT: SignOff = { item: 'preflight/told', claimed: false, ...WORD }
const WAITS: Standing = { is: 'waits' }
const rule = (id: string, changes: Partial<{ word: Partial<Word>; standing: Standing; right: Right }> = {}) =>
  ruleOn({ ...WORD, ...changes.word }, question(id), {
    standing: changes.standing ?? WAITS,
    right: changes.right ?? 'yes',
    starter: 'ann'
  })

test('whoever may is recorded, with where and when it was said', () => {
  expect(rule('told')).toEqual({ item: 'preflight/told', kind: 'recorded', signOff: KEPT })
  expect(rule('told', { word: { as: 'na', words: 'no need' } })).toMatchObject({ signOff: { as: 'na' } })
})

test.each([
  ['told', 'no', 'alice is not @alice (owner)'],
  ['ready', 'no', 'alice is not an active member of @octo/release (ops)'],
  ['page', 'no', 'alice is not somebody who may write to this repository'],
  ['ready', { unknown: 'nobody can see the team', hint: 'Do this.' }, 'nobody can see the team. Do this.']
] as const)('%s is refused to whom GitHub says %j of', (id, right, why) => {
  expect(rule(id, { right })).toEqual({ item: `preflight/${id}`, kind: 'refused', why })
})

test('a second person is somebody else, whatever their case and whatever they may', () => {
  expect(rule('second', { word: { who: 'Ann' } })).toMatchObject({
    kind: 'refused',
    why: 'Ann started this; it has to be somebody else'
  })
  expect(rule('second')).toMatchObject({ kind: 'recorded' })
})

test('until a process has settled it a later word counts, and the same one is not kept twice', () => {
  const said: Standing = { is: 'said', word: KEPT }
  expect(rule('told', { standing: said })).toEqual({ item: 'preflight/told', kind: 'again', signOff: KEPT })
  expect(rule('told', { standing: said, word: { said: 'https://x/2' } })).toMatchObject({ kind: 'recorded' })
  expect(rule('told', { standing: said, word: { as: 'na' } })).toMatchObject({ kind: 'recorded' })
})

test.each([
  [{ is: 'settled', outcome: 'pass', word: KEPT }, 'it is settled already by alice (pass)'],
  [{ is: 'settled', outcome: 'fail', word: undefined }, 'it is settled already (fail)']
] as const)('what is settled stays so: %j', (standing, why) => {
  expect(rule('told', { standing })).toMatchObject({ kind: 'refused', why })
})
