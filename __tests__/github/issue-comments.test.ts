import { describe, expect, test } from '@jest/globals'
import { openAboutRepository } from '../../src/github/about-repository.js'
import type { GitHub } from '../../src/github/github.js'
import { openIssueComments } from '../../src/github/issue-comments.js'
import { clientOf } from '../fakes/github/client.js'
import { addIssue, issuesOf } from '../fakes/github/issues-state.js'
import { type FakeGitHub, useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'
import { callsOf, eachCallFails, type Scenario, WAY_NAMES } from './faults/each-call-fails.js'

const comment = { issue: 1, marker: 'deploy-checklist e1-failure-0123', body: 'It failed.' }
const issue = (of: Pick<FakeGitHub, 'state'>) =>
  addIssue(of.state, { title: 'releases', body: '', labels: [], author: 'ada' })
const textsIn = ({ state }: Pick<FakeGitHub, 'state'>) =>
  issuesOf(state).flatMap(({ comments }) => comments.map(({ text }) => text))
const writing = (github: GitHub) => openIssueComments(github, openAboutRepository(github)).write(comment)

const scenario: Scenario<void> = { stand: fake => void issue(fake), work: writing }

test('one comment is one call', async () => {
  expect(await callsOf(scenario)).toEqual(['issues/create-comment'])
})

test.each(WAY_NAMES)('it is there at most once, and surely when that is said: each call %s', async way => {
  await eachCallFails(way, scenario, ({ outcome, fake }) => {
    const texts = textsIn(fake)
    expect(texts.length).toBeLessThanOrEqual(1)
    if (outcome.kind === 'done') expect(texts).toEqual(['<!-- deploy-checklist e1-failure-0123 -->\nIt failed.'])
  })
})

describe('on a GitHub', () => {
  const github = useGitHub()
  const comments = () => {
    const client = clientOf(github.url())
    return openIssueComments(client, openAboutRepository(client))
  }

  test('a comment that is there is found among many, and not written again', async () => {
    issue(github)
    for (let i = 0; i < 120; i++) await comments().write({ ...comment, marker: `other ${i}` })
    github.faults.add({ on: 'issues/create-comment', kind: 'lost' })
    await comments().write(comment)
    expect(textsIn(github).filter(text => text.includes('e1-failure'))).toHaveLength(1)
  })

  test('a missing permission is named', async () => {
    issue(github)
    const permissions = { contents: 'write' } as const
    github.state.tokens.set(TOKEN, { kind: 'installation', login: 'github-actions[bot]', permissions, sees: true })
    await expect(comments().write(comment)).rejects.toMatchObject({
      reason: 'missing_permission',
      hint: expect.stringMatching(/issues: write/)
    })
  })

  test('no issue is said', async () => {
    await expect(comments().write({ ...comment, issue: 7 })).rejects.toThrow(/issue 7/)
  })

  test.each([
    ['public', true],
    ['private', false]
  ] as const)('whether everybody can read a %s one', async (visibility, expected) => {
    github.state.visibility = visibility
    expect(await comments().isPublic()).toBe(expected)
  })
})
