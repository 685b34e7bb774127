import { expect, test } from '@jest/globals'
import { checkChain } from '../../../src/core/chain.js'
import { change, executionRecord, KEY, newExecution, noteBody } from '../../fakes/executions.js'
import { BRANCH, openOn } from '../../fakes/github/branch-stand.js'
import { gitOf } from '../../fakes/github/git-store.js'
import { useGitHub } from '../../fakes/github/server.js'

const github = useGitHub()
const open = () => openOn({ url: github.url() })
const twenty = Array.from({ length: 20 }, (_, index) => index)

/** Twenty processes that all believe what they saw before anybody wrote. */
async function contenders() {
  const ledgers = twenty.map(open)
  await Promise.all(ledgers.map(ledger => ledger.survey(KEY)))
  return ledgers
}

test.each([
  ['that was never used', false],
  ['that is there', true]
])('of twenty processes that want the environment at once, on a ledger %s, one gets it', async (_, prepared) => {
  if (prepared) await open().prepare()
  const ledgers = await contenders()
  const entries = twenty.map(index => newExecution(executionRecord({ id: `x${index}` })))
  const answers = await Promise.all(
    entries.map(async (entry, index) => (await ledgers[index]?.create(entry)) ?? { kind: 'none' })
  )
  const winner = entries[answers.findIndex(({ kind }) => kind === 'created')]?.record
  expect(answers.filter(({ kind }) => kind === 'created')).toHaveLength(1)
  expect(answers.filter(({ kind }) => kind === 'held')).toHaveLength(19)
  expect((await open().survey(KEY)).holder).toEqual(winner)
  expect((await open().list({}, { limit: 100 })).records).toHaveLength(1)
})

test('twenty processes that write to twenty environments at once all get through, and nothing is lost', async () => {
  const ledgers = await contenders()
  await Promise.all(
    ledgers.map(async (ledger, index) => {
      const key = { ...KEY, environment: `env-${index}` }
      const { record, events } = newExecution(executionRecord({ id: `x${index}`, key }))
      expect(await ledger.create({ record, events })).toEqual({ kind: 'created' })
      expect(await ledger.append(change(events, record, noteBody('a')))).toEqual({ kind: 'appended' })
    })
  )
  const ledger = open()
  const stored = await Promise.all(twenty.map(index => ledger.read(`x${index}`)))
  expect(stored.map(one => one?.events.length)).toEqual(twenty.map(() => 2))
  expect(stored.flatMap(one => checkChain(one?.events ?? []))).toEqual([])
  // One commit each, in one line: nobody wrote beside or over anybody else.
  const { refs, commits, history } = gitOf(github.state)
  const line = [...history(refs.get(`refs/heads/${BRANCH}`) ?? '')]
  expect(line).toHaveLength(40)
  expect(line.filter(sha => commits.get(sha)?.parents.length !== 1)).toHaveLength(1)
})
