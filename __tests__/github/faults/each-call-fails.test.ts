import { expect, test } from '@jest/globals'
import { ChecklistError } from '../../../src/core/errors.js'
import { type GitHub, LOST_ANSWER } from '../../../src/github/github.js'
import type { Handlers } from '../../fakes/github/handler.js'
import type { FakeGitHub } from '../../fakes/github/server.js'
import type { FakeState } from '../../fakes/github/state.js'
import { callsOf, eachCallFails, type Scenario, WAY_NAMES } from './each-call-fails.js'

const SHA = 'a'.repeat(40)
const NAME = 'refs/tags/mine'
const REPOSITORY = '/repos/{owner}/{repo}'

/** Refs that may be there twice, so that a write which was done twice is seen. */
const refsOf = (state: FakeState) => state.area<string[]>('double refs', () => [])
const bodyOf = (ref: string, base: string) => ({
  ref,
  node_id: 'x',
  url: base,
  object: { type: 'commit', sha: SHA, url: base }
})
const handlers: Handlers = {
  'git/list-matching-refs': ({ base }, state) => ({ status: 200, body: refsOf(state).map(ref => bodyOf(ref, base)) }),
  'git/create-ref': ({ body, base }, state) => {
    refsOf(state).push(body.ref)
    return { status: 201, body: bodyOf(body.ref, base) }
  }
}

async function isThere(github: GitHub): Promise<boolean> {
  const path = `${REPOSITORY}/git/matching-refs/{ref}`
  const request = {
    method: 'GET',
    path,
    parameters: { ref: 'tags/mine' },
    needs: 'contents: read',
    what: 'list tags'
  } as const
  return (await github.ask<{ ref: string }[]>(request)).data.some(({ ref }) => ref === NAME)
}

async function make(github: GitHub): Promise<void> {
  const request = {
    method: 'POST',
    path: `${REPOSITORY}/git/refs`,
    needs: 'contents: write',
    what: 'make a tag'
  } as const
  await github.ask({ ...request, parameters: { ref: NAME, sha: SHA } })
}

/** As a write should be made: looked for first, and looked for again when its answer is lost. */
async function ensure(github: GitHub): Promise<string> {
  if (await isThere(github)) return 'was there'
  try {
    await make(github)
  } catch (error) {
    if (!(error instanceof ChecklistError && error.cause instanceof Error && error.cause.name === LOST_ANSWER))
      throw error
    if (!(await isThere(github))) await make(github)
  }
  return 'made'
}

const scenario = { options: { handlers }, work: ensure } satisfies Scenario<string>
const countOf = ({ state }: FakeGitHub) => refsOf(state).length

test('the calls of the work are known', async () => {
  expect(await callsOf(scenario)).toEqual(['git/list-matching-refs', 'git/create-ref'])
})

test.each(WAY_NAMES)(
  'what is looked for first is there once at most, and surely when that is said: each call %s',
  async way => {
    let judged = 0
    await eachCallFails(way, scenario, async ({ outcome, fake, github }) => {
      judged += 1
      expect(countOf(fake)).toBeLessThanOrEqual(1)
      if (outcome.kind === 'done') expect(countOf(fake)).toBe(1)
      // And again, as a re-run does.
      await ensure(github)
      expect(countOf(fake)).toBe(1)
    })
    expect(judged).toBe(2)
  }
)

test('work that repeats a write in doubt is found out, and the call that failed is named', async () => {
  const careless = async (github: GitHub) => await make(github).catch(() => make(github))
  const found = eachCallFails('is done, and its answer is lost', { ...scenario, work: careless }, ({ fake }) => {
    expect(countOf(fake)).toBe(1)
  })
  await expect(found).rejects.toThrow(/^call 1, git\/create-ref, is done, and its answer is lost:/)
})

test('a bug is no fault', async () => {
  const buggy = async (github: GitHub) => {
    await make(github).catch(() => {
      throw new TypeError('a bug')
    })
  }
  await expect(eachCallFails('is not understood', { ...scenario, work: buggy }, () => {})).rejects.toThrow('a bug')
})
