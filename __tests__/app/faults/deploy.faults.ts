import { expect, test } from '@jest/globals'
import { WAY_NAMES } from '../../github/faults/each-call-fails.js'
import { deploys } from './deploys.js'
import { callsOf, eachCallFails } from './each-call.js'
import { WHOLE } from './whole-run.js'

test('the calls of a deployment are known', async () => {
  const calls = await callsOf(deploys(WHOLE))
  for (const call of ['repos/get-environment', 'checks/list-for-ref', 'actions/get-reviews-for-run', 'git/update-ref'])
    expect(calls).toContain(call)
})

test.each(WAY_NAMES)('a deployment in one process: each call %s', async way => {
  await eachCallFails(way, deploys(WHOLE))
})
