import { expect, test } from '@jest/globals'
import type { JsonObject } from '../../../src/core/json.js'
import { judgeSigner, type Signer, signerOf } from '../../../src/core/sign-offs/signer.js'

const PEOPLE = { owner: '@alice', devops: '@org/devops' }
const ANYBODY: Signer = { kind: 'anybody' }
const ALICE: Signer = { kind: 'person', name: '@alice' }
const DEVOPS: Signer = { kind: 'team', name: '@org/devops' }

test.each<[JsonObject, Signer]>([
  [{ manual: 'x' }, ANYBODY],
  [{ manual: 'x', by: 'owner' }, ALICE],
  [{ manual: 'x', by: '@alice' }, ALICE],
  [{ manual: 'x', by: 'devops' }, DEVOPS],
  [{ manual: 'x', by: '@org/devops' }, DEVOPS],
  [{ manual: 'x', by: 'nobody-has-it' }, ANYBODY],
  [{ manual: 'x', by: 'constructor' }, ANYBODY],
  [{ run: 'x', by: { a: 1 } }, ANYBODY]
])('%j asks for the word of %j', (spec, expected) => {
  expect(signerOf({ spec }, PEOPLE)).toEqual(expected)
})

test.each<[Signer, string, string, ReturnType<typeof judgeSigner>]>([
  [ANYBODY, 'bob', 'ann', 'claimed'],
  [ANYBODY, 'ann', 'ann', 'vouched'],
  [ANYBODY, '@Ann', 'ann', 'vouched'],
  [ALICE, 'alice', 'ann', 'claimed'],
  [ALICE, 'alice', 'alice', 'vouched'],
  [ALICE, '@alice', 'Alice', 'vouched'],
  [ALICE, 'ALICE', 'ann', 'claimed'],
  [ALICE, 'bob', 'ann', 'stranger'],
  [ALICE, 'bob', 'bob', 'stranger'],
  [ALICE, 'bob', 'alice', 'stranger'],
  [ALICE, 'alice2', 'alice', 'stranger'],
  [ALICE, '@@alice', 'alice', 'stranger'],
  [DEVOPS, 'bob', 'ann', 'claimed'],
  [DEVOPS, 'ann', 'ann', 'claimed']
])('where %j is asked, the word of %s in a run of %s is %s', (signer, who, actor, expected) => {
  expect(judgeSigner(signer, who, actor)).toBe(expected)
})
