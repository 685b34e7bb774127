import { describe, expect, test } from '@jest/globals'
import { type Asked, decideOpening, type Known } from '../../../src/core/engine/opening.js'
import type { ExecutionRecord } from '../../../src/core/execution.js'
import { plan, record } from '../../fakes/engine.js'

const ASKED: Asked = {
  environment: 'production',
  stage: undefined,
  resume: false,
  execution: '',
  takeover: '',
  runId: '',
  runAttempt: 1
}
const PLAN = plan({})
const at = (more: Partial<ExecutionRecord>) => record('e1', PLAN, { status: 'BUILDING', ...more })
const acted = at({ acted: true, status: 'DEPLOYING' })
const fresh = at({})
const ended = at({ completedAt: '2026-01-05T11:00:00.000Z', status: 'SUCCESS', holdsEnvironment: false })
const inRun = (runAttempt: number, more: Partial<ExecutionRecord> = {}) =>
  at({ runId: '7', runAttempt, process: { ...fresh.process, runId: '7', runAttempt }, ...more })

type Life = 'alive' | 'dead' | 'unknown'
const known = (more: Partial<Known> & { lives?: Life }): Known => ({
  newest: more.newest ?? more.holder,
  holder: more.holder,
  named: more.named,
  life: async () => more.lives ?? 'alive',
  between: more.between ?? (async () => false),
  ...(more.isLed && { isLed: more.isLed })
})
const of = (more: object) => known(more as never)

const rollback = record('e5', PLAN, { purpose: 'rollback', undoesExecutionId: 'e4', status: 'DEPLOYING', acted: true })

describe('who may begin, join, go on or take over', () => {
  test.each([
    ['nobody is there', {}, of({}), 'create'],
    ['the last one has ended', {}, of({ newest: ended }), 'create'],
    ['a dead holder that had not acted is taken over', {}, of({ holder: fresh, lives: 'dead' }), 'create'],
    ['a person says that the holder is dead', { takeover: 'e1' }, of({ holder: fresh, lives: 'unknown' }), 'create'],
    ['a paused holder that had not acted', {}, of({ holder: at({ status: 'WAITING' }), lives: 'alive' }), 'create'],
    ['resume after a kill', { resume: true }, of({ holder: acted, lives: 'dead' }), 'resume'],
    [
      'resume of what waits',
      { resume: true },
      of({ newest: at({ status: 'WAITING', holdsEnvironment: false }) }),
      'resume'
    ],
    [
      'resume between two stages',
      { resume: true },
      of({ holder: acted, lives: 'alive', between: async () => true, isLed: async () => false }),
      'resume'
    ],
    [
      'resume of one that is led, which a person says is dead',
      { resume: true, takeover: 'e1' },
      of({ holder: acted, between: async () => true, isLed: async () => true }),
      'resume'
    ],
    [
      'the next stage of the same run',
      { runId: '7', stage: 'backup' },
      { ...of({ holder: inRun(1) }), between: async () => true },
      'join'
    ],
    [
      'a later attempt of the same run',
      { runId: '7', runAttempt: 2 },
      of({ holder: inRun(1, { acted: true }), lives: 'dead' }),
      'resume'
    ],
    [
      'a stage alone, locally, between stages',
      { stage: 'backup' },
      { ...of({ holder: fresh }), between: async () => true },
      'join'
    ],
    [
      'its execution has ended well already',
      { runId: '7', stage: 'monitor' },
      of({ newest: inRun(1, { ...ended, runId: '7' }) }),
      'nothing'
    ],
    ...([undefined, 'preflight', 'deploy'] as const).map(
      stage =>
        [
          `a later attempt of a run that has ended well, ${stage ?? 'all of it'}`,
          { runId: '7', runAttempt: 2, stage },
          of({ newest: inRun(1, { ...ended, runId: '7' }) }),
          'nothing'
        ] as const
    ),
    [
      'a later attempt of a run that failed',
      { runId: '7', runAttempt: 2 },
      of({ newest: inRun(1, { ...ended, status: 'FAILED' }) }),
      'create'
    ],
    [
      'a later attempt of a run that was taken back',
      { runId: '7', runAttempt: 2 },
      of({ newest: inRun(1, { ...ended, rolledBack: true }) }),
      'create'
    ],
    [
      'another run after one that has ended well',
      { runId: '8', runAttempt: 2 },
      of({ newest: inRun(1, ended) }),
      'create'
    ],
    [
      'a preflight of the same run after its end begins anew',
      { runId: '7', stage: 'preflight' },
      of({ newest: { ...ended, runId: '7' } }),
      'create'
    ]
  ] as const)('%s', async (_, asked, what, expected) => {
    expect((await decideOpening({ ...ASKED, ...(asked as Partial<Asked>) }, what as Known)).do).toBe(expected)
  })

  test.each([
    ['a living holder', {}, of({ holder: fresh, lives: 'alive' }), 'environment_held', /Wait/],
    ['a holder of whom nobody knows', {}, of({ holder: fresh, lives: 'unknown' }), 'holder_unknown', /--takeover e1/],
    [
      'a dead holder that had acted',
      {},
      of({ holder: acted, lives: 'dead' }),
      'unfinished_execution',
      /--resume e1.*rollback e1/
    ],
    [
      'a takeover of one that had acted',
      { takeover: 'e1' },
      of({ holder: acted, lives: 'unknown' }),
      'unfinished_execution',
      /resume/
    ],
    ['resume of a living one', { resume: true }, of({ holder: acted, lives: 'alive' }), 'environment_held', /Wait/],
    [
      'resume between two stages of a process that lives',
      { resume: true },
      of({ holder: acted, lives: 'alive', between: async () => true, isLed: async () => true }),
      'environment_held',
      /Wait/
    ],
    [
      'a stage alone beside a process that runs all of them',
      { stage: 'backup' },
      of({ holder: fresh, lives: 'alive', between: async () => true, isLed: async () => true }),
      'environment_held',
      /Wait/
    ],
    ['resume where nothing is open', { resume: true }, of({ newest: ended }), 'nothing_to_resume', /run/],
    [
      'resume of one that ended',
      { resume: true, execution: 'e1' },
      of({ named: ended }),
      'nothing_to_resume',
      /Start a new one/
    ],
    [
      'resume of a rollback',
      { resume: true },
      of({ holder: rollback, lives: 'dead' }),
      'unfinished_execution',
      /rollback e4/
    ],
    [
      'a new run beside a dead rollback',
      {},
      of({ holder: rollback, lives: 'dead' }),
      'unfinished_execution',
      /rollback e4/
    ],
    [
      'resume of an adoption',
      { resume: true },
      of({ holder: at({ purpose: 'adopt' }), lives: 'dead' }),
      'nothing_to_resume',
      /Start it again/
    ],
    [
      'the next stage of a run whose stage is still at work',
      { runId: '7', stage: 'backup' },
      of({ holder: inRun(1), lives: 'alive' }),
      'environment_held',
      /Wait/
    ],
    [
      'a stage alone, locally, while another one is at work',
      { stage: 'backup' },
      of({ holder: fresh, lives: 'alive' }),
      'environment_held',
      /Wait/
    ],
    ['an execution that is not there', { execution: 'e9' }, of({}), 'nothing_to_resume', /history/],
    ['a stage before preflight', { stage: 'deploy' }, of({}), 'nothing_to_resume', /preflight/],
    [
      "a stage of another run's execution",
      { stage: 'deploy', runId: '8' },
      of({ holder: inRun(1) }),
      'holder_unknown',
      /takeover/
    ],
    [
      'resume while another one holds the environment',
      { resume: true, execution: 'e0' },
      of({ named: record('e0', PLAN, { status: 'WAITING' }), holder: fresh }),
      'environment_held',
      /Wait/
    ]
  ] as const)('refused: %s', async (_, asked, what, reason, hint) => {
    const refusal = decideOpening({ ...ASKED, ...(asked as Partial<Asked>) }, what as Known)
    await expect(refusal).rejects.toMatchObject({ status: 'REFUSED', reason, hint: expect.stringMatching(hint) })
  })

  test('who is in the way is named, with its time and its commit', async () => {
    const refusal = decideOpening(ASKED, of({ holder: fresh, lives: 'alive' }) as Known)
    await expect(refusal).rejects.toMatchObject({
      message: expect.stringMatching(/e1 .*number 2, BUILDING, commit new, begun by ann at 2026-01-05/)
    })
  })
})
