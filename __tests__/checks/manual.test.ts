import { expect, test } from '@jest/globals'
import { manualKind } from '../../src/checks/manual.js'
import type { SignOff } from '../../src/core/item.js'
import type { Interview } from '../../src/core/ports.js'
import { complaints, parsed, runOf } from './context.js'

type Question = Parameters<Interview['ask']>[0]
type Answer = Awaited<ReturnType<Interview['ask']>>

function fakeInterview(answer?: Answer) {
  const asked: Question[] = []
  const interview = {
    ask: async question => {
      asked.push(question)
      return answer
    }
  } satisfies Interview
  return { asked, kind: manualKind({ interview }) }
}

const spec = { manual: 'Commissioners are told', by: 'product-owner' }
const signed = (words: string, more: Partial<SignOff> = {}): SignOff => ({
  item: 'preflight/it',
  who: 'alice',
  words,
  claimed: true,
  at: '2026-11-20T12:00:00Z',
  ...more
})

test.each([
  ['told them by mail', 'pass'],
  ['', 'pass'],
  ['yes', 'pass'],
  ['nothing stands against it', 'pass'],
  ['no', 'fail'],
  ['No, they are away', 'fail'],
  ['refuse: wrong day', 'fail'],
  ['refused', 'fail'],
  ['rejected', 'fail']
])('a sign-off that says %j is a %s', async (words, outcome) => {
  const { asked, kind } = fakeInterview()
  expect(await runOf(kind, spec, { signOffs: [signed(words)] })).toMatchObject({ outcome })
  expect(asked).toEqual([])
})

test('who signed is shown, and as claimed where nobody vouches for it', async () => {
  const { kind } = fakeInterview()
  expect(await runOf(kind, spec, { signOffs: [signed('seen')] })).toMatchObject({
    detail: 'signed by alice (claimed) for product-owner: seen'
  })
  expect(await runOf(kind, { manual: 'x' }, { signOffs: [signed('', { claimed: false })] })).toMatchObject({
    detail: 'signed by alice'
  })
})

test.each([
  ['done', 'no objections', 'pass', 'signed by alice (claimed) for product-owner: no objections'],
  ['na', 'nobody to tell', 'skip', 'does not apply, says alice: nobody to tell']
] as const)('a word that says itself what it is (%s) is not read for a no: %j', async (as, words, outcome, detail) => {
  const { kind } = fakeInterview()
  expect(await runOf(kind, spec, { signOffs: [signed(words, { as })] })).toMatchObject({ outcome, detail })
})

test('what is said while it is asked counts, without an answer of the interview', async () => {
  const signOffs: SignOff[] = []
  const interview = {
    vouches: true,
    ask: async () => {
      signOffs.push(signed('seen', { as: 'done', claimed: false }))
      return undefined
    }
  } satisfies Interview
  expect(await runOf(manualKind({ interview }), spec, { signOffs })).toMatchObject({ outcome: 'pass' })
})

test('the last word counts, and those about other items do not', async () => {
  const { kind } = fakeInterview()
  const other = signed('no', { item: 'preflight/other' })
  expect(await runOf(kind, spec, { signOffs: [signed('no'), signed('now it is'), other] })).toMatchObject({
    outcome: 'pass'
  })
})

test('somebody at a terminal is asked', async () => {
  const { asked, kind } = fakeInterview({ who: 'bob', words: 'not yet', agrees: false, claimed: true })
  expect(await runOf(kind, spec)).toMatchObject({
    outcome: 'fail',
    detail: 'refused by bob (claimed) for product-owner: not yet'
  })
  expect(asked).toMatchObject([{ item: 'preflight/it', text: 'Commissioners are told', by: 'product-owner' }])
})

test('where nobody can be asked it waits, and says how to sign', async () => {
  const { kind } = fakeInterview()
  expect(await runOf(kind, spec, { item: { timeoutMs: 1_000 } })).toMatchObject({
    outcome: 'waiting',
    detail: 'nobody has signed yet; it is for product-owner',
    hint: expect.stringContaining('--sign preflight/it=WHO:WORDS'),
    reason: 'waiting_for_person'
  })
})

test('a limit that the checklist sets makes silence a no; the tool’s own limit does not', async () => {
  const { kind } = fakeInterview()
  const signal = AbortSignal.abort(new Error('no end within 5 min'))
  expect(await runOf(kind, spec, { signal, item: { timeoutMs: 300_000 } })).toMatchObject({
    outcome: 'fail',
    detail: 'nobody answered: no end within 5 min'
  })
  expect(await runOf(kind, spec, { signal })).toMatchObject({ outcome: 'waiting' })
})

test('its role is told to whoever knows the people', () => {
  const { kind } = fakeInterview()
  expect(kind.roles?.(parsed(kind, spec))).toEqual(['product-owner'])
  expect(kind.roles?.(parsed(kind, { manual: 'x' }))).toEqual([])
})

test.each([[{ manual: '' }], [{ manual: 'x', by: '' }], [{ manual: 'x', bye: 'me' }]])('%j is refused', spec => {
  expect(complaints(fakeInterview().kind, spec)).toHaveLength(1)
})
