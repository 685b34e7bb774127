import { expect, test } from '@jest/globals'
import { deploymentBlock, deploymentLines } from '../../src/report/deployment.js'

const page = 'https://github.com/org/shop/deployments/production'
const taken = {
  ...{
    id: '12',
    environment: 'production',
    sha: 'a'.repeat(40),
    own: true,
    logUrl: '',
    page,
    runId: '77',
    runAttempt: 1
  }
}

test('where it is seen, and what GitHub shows of it, are links', () => {
  const told = { url: 'https://shop.example.com', deployment: { taken, missed: '' } }
  expect(deploymentBlock(told).head[0]).toMatch(
    /^seen at \[.*\]\(https:\/\/shop\.example\.com\) · \[deployment 12.*\]\(/
  )
  expect(deploymentLines(told)).toEqual([['seen at', 'https://shop.example.com']])
})

test('what GitHub was not told is said, and nothing of it is read as Markdown', () => {
  const told = { deployment: { taken: null, missed: 'not told, since [x](y) <b>' } }
  expect(deploymentBlock(told).head[0]).toMatch(/^⚠️ not told/)
  expect(deploymentBlock(told).head[0]).not.toMatch(/\[x\]\(y\)|<b>/)
  expect(deploymentLines(told)).toEqual([['deployment', told.deployment.missed]])
})

test('where there is nothing to say, nothing is said', () => {
  expect([deploymentBlock({}).head, deploymentLines({})]).toEqual([[], []])
})
