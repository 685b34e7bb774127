import { expect, test } from '@jest/globals'
import { hear } from '../../../src/app/sign-hear.js'
import { pageFor, refresh } from '../../../src/app/sign-page.js'
import type { GitHub } from '../../../src/github/github.js'
import { openSignOffPages } from '../../../src/github/sign-off-issue.js'
import { openReruns } from '../../../src/github/sign-off-rerun.js'
import { fakeClock } from '../../fakes/clock.js'
import { ciOf, fakeRun } from '../../fakes/github/ci-state.js'
import { peopleOf } from '../../fakes/github/handlers/people.js'
import { comments, issueOf, issuesOf } from '../../fakes/github/issues-state.js'
import type { FakeGitHub } from '../../fakes/github/server.js'
import { TOKEN } from '../../fakes/github/state.js'
import { journalOver, type Kept, keptFor, signedIn } from '../../fakes/sign-offs.js'
import { callsOf, eachCallFails, type Scenario, WAY_NAMES } from '../../github/faults/each-call-fails.js'

const ledgerOf = ({ state }: FakeGitHub): Kept => state.area('ledger', () => keptFor())
const deskOf = (github: GitHub) => ({ pages: openSignOffPages(github), redact: (text: string) => text })

/** What a process does that comes to a manual item; nothing of it is remembered but what the ledger has. */
async function listen(github: GitHub, fake: FakeGitHub): Promise<void> {
  const journal = journalOver(ledgerOf(fake))
  const page = await pageFor(journal, deskOf(github))
  await journal.commit()
  await hear(page, journal, deskOf(github))
  await refresh(page, journal, deskOf(github))
}

const opening = { work: listen } satisfies Scenario<void>

/** People have said what counts and what does not, after the page was there. */
const hearing = {
  stand: async (fake: FakeGitHub, github: GitHub) => {
    const job = fake.state.tokens.get(TOKEN)
    if (job === undefined) throw new Error('no token')
    fake.state.tokens.set(TOKEN, { ...job, permissions: { ...job.permissions, members: 'read' } })
    peopleOf(fake.state).set('rob', { permission: 'read', teams: ['release'] })
    await listen(github, fake)
    comments(fake.state, 'alice', '/done told by phone')
    comments(fake.state, 'rob', '/sign ops\n/done page')
    comments(fake.state, 'mallory', '/done told\n/done ready\n/done page\n/done second')
    comments(fake.state, 'bob', '/na page there is none\n/done second')
  },
  work: listen
} satisfies Scenario<void>

const WORDS = [
  'alice done preflight/told',
  'bob done preflight/second',
  'bob na preflight/page',
  'rob done preflight/ready'
]
const answersIn = ({ state }: FakeGitHub): readonly string[] =>
  issueOf(state)
    .comments.filter(({ who }) => who.endsWith('[bot]'))
    .map(({ text }) => text.split('\n')[0] ?? '')

test('the calls of both are known', async () => {
  expect(await callsOf(opening)).toEqual([...['issues/list-for-repo', 'issues/create', 'issues/list-comments']])
  const calls = await callsOf(hearing)
  expect(calls.filter(call => call === 'issues/create-comment')).toHaveLength(4)
  expect(calls.at(-1)).toBe('issues/update')
})

test.each(WAY_NAMES)('there is one issue at most, and a process that comes after has it: each call %s', async way => {
  await eachCallFails(way, opening, async ({ outcome, fake, github }) => {
    expect(issuesOf(fake.state).length).toBeLessThanOrEqual(1)
    if (outcome.kind === 'done') expect(issuesOf(fake.state)).toHaveLength(1)
    await listen(github, fake)
    await listen(github, fake)
    expect(issuesOf(fake.state)).toHaveLength(1)
    expect(issueOf(fake.state).labels).toEqual(['deploy-checklist'])
  })
})

test.each(WAY_NAMES)(
  'each word is recorded once and answered once, and none of those who may not: each call %s',
  async way => {
    await eachCallFails(way, hearing, async ({ outcome, fake, github }) => {
      const before = signedIn(ledgerOf(fake))
      expect([...new Set(before)]).toEqual(before)
      expect(WORDS).toEqual(expect.arrayContaining([...before]))
      if (outcome.kind === 'done' && way !== 'lacks its permission' && way !== 'finds nothing')
        expect([...before].sort()).toEqual(WORDS)
      await listen(github, fake)
      const answers = answersIn(fake)
      expect([...new Set(answers)]).toEqual(answers)
      expect(answers).toHaveLength(4)
      const after = signedIn(ledgerOf(fake))
      expect([...new Set(after)]).toEqual(after)
      expect(WORDS).toEqual(expect.arrayContaining([...after]))
      expect(issuesOf(fake.state)).toHaveLength(1)
    })
  }
)

const goingOn = {
  stand: ({ state }: FakeGitHub) =>
    void ciOf(state).runs.push(fakeRun({ id: 77, status: 'completed', conclusion: 'failure' })),
  work: async (github: GitHub) => await openReruns(github, fakeClock({ mode: 'turning' })).again('77', 1)
} satisfies Scenario<unknown>

test.each(WAY_NAMES)('a run is run again once, and that is said only when it is so: each call %s', async way => {
  await eachCallFails(way, goingOn, async ({ outcome, fake, github }) => {
    const attempts = () => ciOf(fake.state).runs.length
    expect(attempts()).toBeLessThanOrEqual(2)
    if (outcome.kind === 'done' && outcome.value.kind !== 'not-asked') expect(attempts()).toBe(2)
    await goingOn.work(github)
    expect(attempts()).toBe(2)
  })
})
