import { expect, test } from '@jest/globals'
import { missedWords } from '../../../src/core/deployments/missed.js'
import { isWebAddress, urlOf } from '../../../src/core/deployments/url.js'
import type { EventBody } from '../../../src/core/events.js'
import { keptBody } from '../../../src/core/kept.js'
import { deploymentIn } from '../../../src/core/result/result-deployment.js'
import { plan, record } from '../../fakes/engine.js'

const of = (url: string | undefined, vars: Record<string, string> = {}) =>
  plan({}, { vars, rules: { vars: {}, ...(url !== undefined && { url }) }, commit: 'c0ffee' })

test.each([
  [undefined, {}, undefined],
  ['https://shop.example.com/x', {}, 'https://shop.example.com/x'],
  ['https://${HOST}/${DEPLOY_COMMIT}', { HOST: '${AREA}.example.com', AREA: 'de' }, 'https://de.example.com/c0ffee'],
  ['${BASE}', { BASE: 'https://${DEPLOY_ENVIRONMENT}.example.com' }, 'https://production.example.com'],
  ['https://${NOBODY}.example.com', {}, undefined],
  ['${BASE}', { BASE: 'javascript:alert(1)' }, undefined],
  ['${BASE}', { BASE: 'https://ann:pw@example.com' }, undefined]
] as const)('an application that is said to be at %s is seen at what comes of it', (url, vars, expected) => {
  expect(urlOf(of(url, vars), 'x1')).toBe(expected)
})

test.each([
  ['http://a', true],
  ['https://a.example:8443/b?c#d', true],
  ['https://', false],
  ['https:///a', false],
  ['https://a b', false],
  ['https://ann@a', false],
  ['ftp://a', false],
  ['a.example.com', false],
  ['https://[', false]
])('%s is the address of a page: %s', (text, expected) => {
  expect(isWebAddress(text)).toBe(expected)
})

const RUN = { runId: '77', runAttempt: 1 }
const missed: EventBody = { type: 'deployment-missed', reason: 'missing_permission', message: 'a 403 said x', ...RUN }
const taken: EventBody = {
  ...{ type: 'deployment-taken', id: '1', environment: 'production', sha: '', own: true, logUrl: '', page: '' },
  ...RUN
}
const asEvents = (...bodies: readonly EventBody[]) =>
  bodies.map((body, index) => ({ seq: index + 1, at: '', token: 1, body, prev: '', hash: '' }))

test('why GitHub was not told names the permission; where everybody can read the ledger the code stands for the words', () => {
  expect(missedWords(missed)).toMatch(/^not told to GitHub, since a 403 said x: .*deployments: write/)
  const kept = keptBody(missed, { keeps: 'verdicts' })
  expect(kept.type === 'deployment-missed' && missedWords(kept)).toMatch(/since the token lacks a permission: .*write/)
  expect(missedWords({ reason: 'github_unavailable', message: '' })).toBe(
    'not told to GitHub, since GitHub did not answer'
  )
})

test('a result says what stands for it, or why nothing does; what was made up for is missed no more', () => {
  const plain = of(undefined)
  const one = record('x1', plain)
  const { type: _, ...deployment } = taken
  expect(deploymentIn(one, plain, asEvents())).toEqual({})
  expect(deploymentIn(one, plain, asEvents(missed))).toEqual({
    deployment: { taken: null, missed: missedWords(missed) }
  })
  const known = { ...one, deployment }
  expect(deploymentIn(known, plain, asEvents(missed, taken))).toEqual({ deployment: { taken: deployment, missed: '' } })
  expect(deploymentIn(known, plain, asEvents(taken, missed)).deployment?.missed).not.toBe('')
  expect(deploymentIn(one, of('https://a.example'), asEvents())).toEqual({ url: 'https://a.example' })
})
