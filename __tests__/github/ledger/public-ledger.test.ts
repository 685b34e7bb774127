import { expect, test } from '@jest/globals'
import { checkChain } from '../../../src/core/chain.js'
import { openJournal } from '../../../src/core/engine/journal.js'
import { project } from '../../../src/core/engine/project.js'
import { advance, startOf, stateOf } from '../../../src/core/engine/state.js'
import { type Event, GENESIS } from '../../../src/core/events.js'
import { keptBody, linkFor } from '../../../src/core/kept.js'
import { fakeClock } from '../../fakes/clock.js'
import { endedBody, executionRecord, newExecution, openedBody, PROCESS } from '../../fakes/executions.js'
import { openOn } from '../../fakes/github/branch-stand.js'
import { gitOf } from '../../fakes/github/git-store.js'
import { useGitHub } from '../../fakes/github/server.js'

const github = useGitHub({ visibility: 'public' })
const LOUD = 'connect ECONNREFUSED db.internal:5432'

const HOST = { ...PROCESS, host: 'host-0123456789abcdef' }
const record = executionRecord({ process: HOST })
const first = (ledger: Parameters<typeof linkFor>[0]) => ({
  record,
  events: linkFor(ledger, [openedBody()], { head: GENESIS, seq: 0, at: record.startedAt, token: record.token })
})

test('in a public repository words are told to who is there, and kept nowhere', async () => {
  const ledger = openOn({ url: github.url() }, { publicRepository: true })
  const entry = first(ledger)
  expect(await ledger.create(entry)).toEqual({ kind: 'created' })
  const told: Event[] = []
  const [opened] = entry.events
  const start = { state: stateOf(entry.events), record, head: opened?.hash ?? '', seq: 1 }
  const redactor = { add: () => {}, redact: (text: string) => text }
  const observers = [{ seen: (event: Event) => void told.push(event) }]
  const journal = openJournal(start, { ledger, clock: fakeClock({ at: record.startedAt }), redactor, observers })
  await journal.commit(
    { type: 'stage-started', stage: 'deploy' },
    {
      ...{ type: 'outcome', stage: 'deploy', item: 'deploy.1', target: '' },
      attempt: 1,
      deed: 'run',
      outcome: 'fail',
      detail: LOUD,
      hint: LOUD,
      durationMs: 1
    },
    { type: 'ended', status: 'FAILED', reason: 'deploy_failed', message: LOUD }
  )

  expect(journal.state.deeds.get('deploy|deploy.1|run')?.settled?.detail).toBe(LOUD)
  expect(journal.record.errorMessage).toBe(LOUD)
  expect(JSON.stringify(told)).toContain(LOUD)
  const objects = [
    ...gitOf(github.state).blobs.values(),
    ...[...gitOf(github.state).commits.values()].map(({ message }) => message)
  ]
  expect(objects.filter(text => text.includes('ECONNREFUSED'))).toEqual([])

  const stored = await openOn({ url: github.url() }, { publicRepository: true }).read('e1')
  if (stored === undefined) throw new Error('e1 is not there')
  expect(checkChain(stored.events)).toEqual([])
  expect(stored.head).toBe(journal.head)
  expect(told.map(({ hash }) => hash)).toEqual(stored.events.slice(1).map(({ hash }) => hash))
  // The record follows from what is kept, so that `verify` finds nothing.
  let state = startOf(stateOf(stored.events).plan)
  const replayed = stored.events.reduce((current, event) => {
    state = advance(state, event.body)
    return project(current, state, event)
  }, record)
  expect(replayed).toEqual(stored.record)
})

test('words that come all the same are refused before anything is sent', async () => {
  const ledger = openOn({ url: github.url() }, { publicRepository: true })
  await ledger.prepare()
  const sent = github.requests().length
  await expect(ledger.create(newExecution())).rejects.toThrow('public ledger')
  const last = first(ledger).events[0]
  const loud = { type: 'ended', status: 'FAILED', reason: 'deploy_failed', message: LOUD } as const
  const events = linkFor({}, [loud], { head: last?.hash ?? '', seq: 1, at: record.startedAt, token: 1 })
  await expect(ledger.append({ record, events, expectedHead: last?.hash ?? '' })).rejects.toThrow('public ledger')
  expect(github.requests().length).toBe(sent)
  expect(keptBody(endedBody, ledger)).toEqual(endedBody)
})
