import { execFileSync } from 'node:child_process'
import { expect, test } from '@jest/globals'
import { pasteLines } from '../../../src/core/result/paste-lines.js'
import type { Told } from '../../../src/core/result/verdict-line.js'

const LOG = 'https://github.com/octo/shop/actions/runs/123'
const key = { repository: 'octo/shop', checklist: 'shop', environment: 'production' }
const acted = [{ name: 'deploy', items: [{ effect: 'action', deed: 'run', outcome: 'pass' }] }]

const told = ({ execution = {}, ...more }: Record<string, unknown>): Told =>
  ({
    ...{ status: 'FAILED', reason: 'smoke_test_failed', wayBack: null, previous: null, rollback: null, waitingFor: [] },
    ...{ stages: acted },
    ...more,
    execution: {
      ...{ id: 'e5', key, purpose: 'deploy', undoesExecutionId: '', rolledBack: false, logUrl: LOG },
      ...(execution as object)
    }
  }) as unknown as Told
const linesOf = (more: Record<string, unknown>) => pasteLines(told(more), { program: 'x' }).map(({ line }) => line)

const BACK =
  "gh workflow run rollback.yml -f environment=production -f 'reason=the smoke test failed' -f execution=e5 --repo octo/shop"
const FAILED = 'gh run rerun 123 --failed --repo octo/shop'

test.each<[string, Record<string, unknown>, readonly string[]]>([
  ['a failure that changed something', {}, [BACK, FAILED]],
  ['a failure that changed nothing', { stages: [] }, [FAILED]],
  ['nothing that leads back', { wayBack: { kind: 'none' } }, [FAILED]],
  ['what waits', { status: 'WAITING', reason: 'waiting' as never, stages: [] }, [FAILED]],
  ['a cancelled run, whose jobs did not fail', { status: 'CANCELLED' }, ['gh run rerun 123 --repo octo/shop', BACK]],
  ['something outside that is down', { status: 'UNAVAILABLE', stages: [] }, [FAILED]],
  [
    'a release that went back by itself',
    { status: 'ROLLED_BACK', rollback: { verified: true, cause: 'smoke_test_failed' } },
    []
  ],
  ['a way back that stopped', { rollback: { verified: false, cause: 'smoke_test_failed' } }, [BACK]],
  [
    'a rollback by hand that stopped: what it was to undo',
    {
      execution: { purpose: 'rollback', id: 'e6', undoesExecutionId: 'e5' },
      rollback: { verified: false, cause: 'smoke_test_failed' }
    },
    [BACK]
  ],
  [
    'a restore that was refused since rows would be lost',
    { rollback: { verified: false, cause: 'smoke_test_failed', restored: ['main'], wouldLose: ['main'] } },
    [BACK.replace(' --repo', ' -f restore=main -f accept-loss=main --repo')]
  ],
  [
    'what is live, with a reason to be said',
    { status: 'SUCCESS', reason: 'ok' },
    [BACK.replace("'reason=the smoke test failed'", 'reason=WHY')]
  ],
  ['what did not run on GitHub', { execution: { logUrl: '' } }, []],
  ['an address that is none', { execution: { logUrl: 'javascript:https://github.com/o/r/actions/runs/1' } }, []],
  [
    'another server',
    { stages: [], execution: { logUrl: 'https://ghe.example:8443/o/r/actions/runs/9/attempts/2' } },
    ['gh run rerun 9 --failed --repo ghe.example:8443/o/r']
  ]
])('of %s', (_, more, expected) => {
  expect(linesOf(more)).toEqual(expected)
})

test('what only this run remembers cannot be clicked back', () => {
  expect(pasteLines(told({}), { program: 'x', fleeting: true }).map(({ line }) => line)).toEqual([FAILED])
})

test.each(['prod; rm -rf ~', "it's $(id) `id`", 'a\nb', '-f x', '"q" \\ |'])(
  'an environment called %j stays one word of a shell',
  environment => {
    const [line = ''] = linesOf({ execution: { key: { ...key, environment } } })
    const words = execFileSync('sh', ['-c', `gh() { for word; do printf '%s\\0' "$word"; done; }\n${line}`], {
      encoding: 'utf8',
      env: { PATH: '/bin:/usr/bin' }
    })
    expect(words.split('\0')).toContain(`environment=${environment}`)
  }
)
