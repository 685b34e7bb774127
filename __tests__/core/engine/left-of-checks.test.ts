import { expect, test } from '@jest/globals'
import { link } from '../../../src/core/chain.js'
import { leftOfChecks } from '../../../src/core/engine/left-of-checks.js'
import { type EventBody, GENESIS } from '../../../src/core/events.js'
import { item, plan } from '../../fakes/engine.js'

const process = { host: 'h', bootId: 'b', pid: 1, startedAt: '1' }
const OF = plan({ deploy: [item('deploy', { named: 'a' })], 'smoke-test': [item('smoke-test', { named: 'c' })] })
const OPENED: EventBody = { type: 'opened', plan: OF, previousHead: GENESIS, process, purpose: 'deploy', actor: 'ann' }
const RESUMED: EventBody = { type: 'joined', process, why: 'resume' }
const began = (of: string, pid: number): EventBody => ({
  ...{ type: 'note', item: of, attempt: 1, deed: 'run', data: { program: { pid, startedAt: '5' } } }
})
const outcome = (stage: 'smoke-test' | 'rollback', of: string): EventBody => ({
  ...{ type: 'outcome', stage, item: of, target: '', attempt: 1, deed: 'run', outcome: 'pass', detail: '', hint: '' },
  durationMs: 1
})
const ACTED: EventBody = { type: 'intent', stage: 'deploy', item: 'deploy/a', target: '', attempt: 1, deed: 'run' }
const BACK: EventBody = {
  ...{ type: 'rollback-started', scope: 'all', cause: 'smoke_test_failed', because: 'x', toExecution: 'e1' },
  ...{ toCommit: 'old', restore: [] }
}
const C = 'smoke-test/c'

test.each<[string, readonly EventBody[], object, boolean]>([
  ['the program of a check that came to nothing', [], {}, true],
  ['the one that was noted', [began(C, 7)], {}, true],
  ['a service beside the one that was noted', [began(C, 8)], {}, false],
  ['one that has got its number since', [began(C, 7)], { startedAt: '6' }, false],
  ['what leads no group', [], { leads: false }, false],
  ['a service of a check that had ended', [began(C, 8), outcome('smoke-test', C)], {}, false],
  ['the same check, begun again', [began(C, 8), outcome('smoke-test', C), RESUMED, began(C, 7)], {}, true],
  ['the same check, begun again and not noted', [outcome('smoke-test', C), RESUMED], {}, true],
  ['the same check, in a rollback', [outcome('smoke-test', C), BACK], {}, true],
  ['the same check, ended in a rollback', [outcome('smoke-test', C), BACK, outcome('rollback', C)], {}, false],
  ['an action', [], { item: 'deploy/a' }, false],
  ['what is of no item', [], { item: '' }, false],
  ['a check of another plan, which a rollback looks at', [BACK], { item: 'smoke-test/older' }, true]
])('%s', (_, bodies, of, isLeft) => {
  const events = link([OPENED, ACTED, ...bodies], { head: GENESIS, seq: 0, at: '2026-01-05T10:00:00.000Z', token: 1 })
  const found = { pid: 7, startedAt: '5', leads: true, command: 'sh', item: C, ...of }
  expect(leftOfChecks(events, [found])).toEqual(isLeft ? [found] : [])
})
