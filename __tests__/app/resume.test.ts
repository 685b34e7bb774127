import { spawn } from 'node:child_process'
import { describe, expect, test } from '@jest/globals'
import type { Shop } from '../../src/app/shop.js'
import { openLiveness } from '../../src/shell/liveness.js'
import { processLine } from '../../src/shell/processes.js'
import { says } from '../fakes/interview.js'
import { ALIVE, CHECKLIST, DEPLOY, dying, openStand, refusal, type Stand, UNDO } from './stand.js'

const TOLD = `${CHECKLIST}  preflight:\n    - run: 'echo looked >> "$WORLD/looked"'\n      id: looked\n    - manual: Are they told?\n      id: told\n`
/** The person is asked after the release has been switched. */
const SWITCHED = `
name: shop
stages:
  deploy:
    - { run: '${DEPLOY}', id: release, undo: '${UNDO}' }
    - { manual: Does it look right?, id: seen, timeout: 1h }
    - { run: 'echo open >> "$WORLD/log"', id: open, undo: 'echo close >> "$WORLD/log"' }
  smoke-test: [{ run: '${ALIVE}', id: alive }]
`

describe('a manual item', () => {
  test('waits for a person, with exit 4 and the very command that goes on', async () => {
    const at = openStand(TOLD)
    const { result, id } = await at.does('run')
    expect([result.status, result.reason, result.exitCode]).toEqual(['WAITING', 'waiting_for_person', 4])
    expect(result.waitingFor).toMatchObject([{ item: 'preflight/told' }])
    expect(result.nextSteps.join()).toMatch(/run --resume .*--sign preflight\/told=NAME:WORDS/)
    expect(at.did()).toEqual([])
    const [record] = await at.records()
    expect(record).toMatchObject({ id, status: 'WAITING', holdsEnvironment: false })
  })

  test('is signed by itself, and a resume goes on at the exact item', async () => {
    const at = openStand(SWITCHED)
    const { id } = await at.does('run')
    expect((await at.records())[0]).toMatchObject({ status: 'WAITING', holdsEnvironment: true })
    const signed = await at.does("sign --sign 'deploy/seen=bob:looks fine'")
    expect([signed.result.exitCode, signed.text]).toEqual([0, expect.stringMatching(`run --resume ${id}`)])
    expect(at.did()).toHaveLength(1)
    const done = await at.does('run --resume')
    expect([done.result.status, done.id]).toEqual(['SUCCESS', id])
    expect(at.did()).toHaveLength(2)
  })

  test.each([
    ['ann', false],
    ['bob', true]
  ])('the word of %s, while ann runs it, is claimed: %s', async (who, claimed) => {
    const at = openStand(TOLD)
    const { result } = await at.does(`run --sign 'preflight/told=${who}:yes, all'`)
    expect(result.status).toBe('SUCCESS')
    expect(result.signOffs).toMatchObject([{ item: 'preflight/told', who, words: 'yes, all', claimed }])
  })

  test('may be signed with the resume, and checks before it are looked at anew', async () => {
    const at = openStand(TOLD)
    await at.does('run')
    expect((await at.does('run --resume --sign preflight/told=ann:yes')).result.status).toBe('SUCCESS')
    expect(at.world('looked').split('\n')).toHaveLength(2)
  })

  test('is asked on a terminal, and a no fails it', async () => {
    const at = openStand(TOLD)
    const asked = await at.does('run', { interview: { ask: async () => says(false) } })
    expect(refusal(asked)).toEqual(['FAILED', 'preflight_failed', 1])
  })

  test.each([
    ['run --sign preflight/tould=ann:yes', /no item preflight\/tould/],
    ['run --resume --sign tould=ann:yes', /no item tould/],
    ['sign --sign deploy/nothing=ann:yes', /no item deploy\/nothing/],
    ['sign', /nothing is signed/]
  ])('a sign-off that fits nothing is refused: %s', async (line, message) => {
    const at = openStand(TOLD)
    if (line.includes('resume') || line.startsWith('sign')) await at.does('run')
    const before = (await at.records()).length
    const done = await at.does(line)
    expect(refusal(done)).toEqual(['REFUSED', 'usage', 2])
    expect(done.result.message).toMatch(message)
    expect(await at.records()).toHaveLength(before)
  })

  test.each([
    'run --sign preflight/told=ann:yes',
    'run --resume --sign preflight/told=ann:yes',
    'sign --sign preflight/told=ann:yes'
  ])('the word of somebody else than the person who is asked is refused, and not kept: %s', async line => {
    const at = openStand(`people: { owner: "@bob" }\n${TOLD}      by: owner\n`)
    if (!line.startsWith('run --sign')) await at.does('run')
    const before = await at.records()
    const done = await at.does(line)
    expect(refusal(done)).toEqual(['REFUSED', 'usage', 2])
    expect(done.result.message).toMatch(/expected the word of @bob, found that of ann/)
    expect(await at.records()).toEqual(before)
    expect((await at.does('run --sign preflight/told=Bob:yes')).result.signOffs).toMatchObject([{ claimed: true }])
  })

  test('whether somebody is of the team that is asked is claimed, whoever it is', async () => {
    const at = openStand(`people: { owner: "@org/owners" }\n${TOLD}      by: owner\n`)
    const { result } = await at.does('run --sign preflight/told=ann:yes')
    expect([result.status, result.signOffs]).toMatchObject(['SUCCESS', [{ who: 'ann', claimed: true }]])
  })

  test('what has ended cannot be signed', async () => {
    const at = openStand(TOLD)
    await at.does('run --sign preflight/told=ann:yes')
    expect((await at.does('sign --sign preflight/told=ann:yes')).result.message).toMatch(/ended SUCCESS/)
  })

  test('while the execution still runs nobody writes into its journal', async () => {
    const at = openStand(TOLD)
    await at.through('run --sign preflight/told=ann:yes', dying(4, 'after', {}))
    const done = await at.does("sign --sign 'preflight/told=bob:me too'")
    expect(refusal(done)).toEqual(['REFUSED', 'environment_held', 2])
  })

  test('an older one that waits is not resumed over a release that came after it', async () => {
    const at = openStand(TOLD)
    const old = at.git('rev-parse', 'HEAD')
    const { id } = await at.does('run')
    at.commit()
    await at.does('run --sign preflight/told=ann:yes')
    at.checkout(old)
    const done = await at.does(`run --resume ${id} --sign preflight/told=ann:yes`)
    expect(refusal(done)).toEqual(['REFUSED', 'superseded', 2])
    expect(at.did()).toHaveLength(1)
  })
})

describe('what is resumed must be what was begun', () => {
  test.each([
    ['another commit', {}, /it began with [0-9a-f]{12}, here is [0-9a-f]{12}/],
    ['another checklist', { 'deploy-checklist.yml': `${TOLD}vars: { A: b }\n` }, /it began with/]
  ])('%s is refused, and it stays as it was', async (_, files, message) => {
    const at = openStand(TOLD)
    const { id } = await at.does('run')
    at.commit(files)
    const done = await at.does('run --resume --sign preflight/told=ann:yes')
    expect(refusal(done)).toEqual(['REFUSED', 'plan_changed', 2])
    expect(done.result.message).toMatch(message)
    expect(done.result.hint).toMatch(id)
    expect(await at.records()).toMatchObject([{ id, status: 'WAITING' }])
  })

  test('a checklist that was changed and not committed is refused as well', async () => {
    const at = openStand(TOLD)
    await at.does('run')
    at.sets('../shop/deploy-checklist.yml', 'vars: { A: b }')
    const done = await at.does('run --resume')
    expect([done.result.reason, done.result.message]).toEqual([
      'plan_changed',
      expect.stringMatching(/checklist, its files/)
    ])
  })

  test.each([
    ['nothing is open', 'run --resume', /no execution of production is open/],
    ['there is no such execution', 'run --resume nope', /knows no execution nope/]
  ])('refused where %s', async (_, line, message) => {
    const done = await openStand().does(line)
    expect(refusal(done)).toEqual(['REFUSED', 'nothing_to_resume', 2])
    expect(done.result.message).toMatch(message)
  })
})

describe('after a kill', () => {
  const KILLED: readonly [string, number][] = [
    ['before its first action', 4],
    ['after it', 6]
  ]
  test.each(KILLED)('%s a resume goes on and does each thing once', async (_, n) => {
    const at = openStand(SWITCHED.replace("undo: '", "probe: 'test -e \"$WORLD/live\"', undo: '"))
    await at.through('run', dying(n))
    const done = await at.does("run --resume --sign 'deploy/seen=ann:yes'")
    expect(done.result.status).toBe('SUCCESS')
    expect(at.did().filter(line => line.startsWith('deploy'))).toHaveLength(1)
    expect(at.did().filter(line => line === 'open')).toHaveLength(1)
  })

  test('in the middle of its health it is looked at whether that holds, and what does not is taken back', async () => {
    const at = openStand(`
name: shop
stages:
  deploy:
    - { deploy: direct, run: '${DEPLOY}', id: release, undo: '${UNDO}', probe: 'test -e "$WORLD/live"', health: { run: '! grep -qs "$DEPLOY_COMMIT" "$WORLD/broken"', retry: none } }
  smoke-test: [{ run: 'test -e "$WORLD/live"', id: alive }]
`)
    const one = at.git('rev-parse', 'HEAD')
    expect((await at.does('run')).result.status).toBe('SUCCESS')
    const two = at.commit()
    at.sets('broken', two)
    await at.through('run', dying(2, 'before'))
    expect(at.world('live')).toBe(two)
    const { result } = await at.does('run --resume')
    expect([result.status, at.world('live')]).toEqual(['ROLLED_BACK', one])
  })

  describe('what a check has left running', () => {
    /** A program of that item which outlived its process, as the leader of a group; the check fails while it lives. */
    const left = (item: string, execution: string) =>
      spawn('sleep', ['60'], { detached: true, env: { DEPLOY_EXECUTION: execution, DEPLOY_ITEM: item } })
    const ALONE = `pid=$(cat "$WORLD/pid" 2>/dev/null) || exit 0; ! kill -0 "$pid" 2>/dev/null`
    const LEFT = `
name: shop
stages:
  preflight: [{ run: 'true', id: served }]
  deploy: [{ run: '${DEPLOY}', id: release, undo: '${UNDO}' }]
  smoke-test: [{ run: '${ALONE}', id: alone }]
`
    test.each([
      ['a resume', 'run --resume', 'SUCCESS'],
      ['a rollback', 'rollback', 'SUCCESS']
    ])('is ended by %s, before it would meet itself', async (_, line, status) => {
      const at = openStand(LEFT)
      await at.does('run')
      at.commit()
      await at.through('run', dying(3))
      const program = left('smoke-test/alone', (await at.records())[0]?.id ?? '')
      try {
        at.sets('pid', `${program.pid}`)
        const { result, said } = await at.does(line)
        expect([result.status, said]).toEqual([
          status,
          expect.stringContaining(`smoke-test/alone (process ${program.pid})`)
        ])
      } finally {
        program.kill('SIGKILL')
      }
    })

    test.each(['preflight/served', 'deploy/release'])(
      'lives on where it is a service of %s, which had ended',
      async item => {
        const at = openStand(LEFT)
        await at.through('run', dying(3))
        const service = left(item, (await at.records())[0]?.id ?? '')
        try {
          expect((await at.does('run --resume')).result.status).toBe('SUCCESS')
          expect(service.exitCode ?? service.signalCode).toBeNull()
        } finally {
          service.kill('SIGKILL')
        }
      }
    )
  })

  test('before its first action a newcomer takes the environment over, and says so in both', async () => {
    const at = openStand()
    await at.through('run', dying(1, 'before'))
    const { id, result } = await at.does('run')
    expect(result.status).toBe('SUCCESS')
    const [newer, dead] = await at.records()
    expect(newer?.id).toBe(id)
    expect(dead).toMatchObject({ status: 'CANCELLED', reason: 'superseded', holdsEnvironment: false })
  })

  test('after it nobody does; it is taken back, and then the next one may come', async () => {
    const at = openStand()
    const one = at.git('rev-parse', 'HEAD')
    await at.does('run')
    at.commit()
    const held = await killedAfterActing(at)
    const refused = await at.does('run')
    expect(refusal(refused)).toEqual(['REFUSED', 'unfinished_execution', 2])
    expect(refused.result.hint).toMatch(`run --resume ${held}`)
    expect(refused.result.hint).toMatch(`rollback ${held}`)
    expect((await at.does('rollback')).result.status).toBe('SUCCESS')
    expect(at.world('live')).toBe(one)
    expect((await at.records()).find(({ id }) => id === held)).toMatchObject({ status: 'FAILED', rolledBack: true })
    expect((await at.does("run --because 'the machine had died'")).result.status).toBe('SUCCESS')
  })

  test('a holder of whom nobody knows keeps it, until a person says that it is dead', async () => {
    const elsewhere = { host: 'elsewhere', startedAt: '1' }
    const at = openStand()
    await at.through('run', dying(1, 'before', elsewhere))
    const [holder] = await at.records()
    const refused = await at.does('run')
    expect(refusal(refused)).toEqual(['REFUSED', 'holder_unknown', 2])
    expect(refused.result.hint).toMatch(`--takeover ${holder?.id}`)
    expect((await at.does('run --takeover nonsense')).result.reason).toBe('holder_unknown')
    expect((await at.does(`run --takeover ${holder?.id}`)).result.status).toBe('SUCCESS')
  })

  test('nor is it taken back while it may still be at work', async () => {
    const at = openStand()
    await at.does('run')
    at.commit()
    const held = await killedAfterActing(at, { host: 'elsewhere', startedAt: '1' })
    const refused = await at.does('rollback')
    expect(refusal(refused)).toEqual(['REFUSED', 'holder_unknown', 2])
    expect(refused.result.hint).toMatch(`--takeover ${held}`)
    expect((await at.does(`rollback --takeover ${held}`)).result.status).toBe('SUCCESS')
  })

  test('of a rollback it is gone on with, whoever names what; a new run is told how', async () => {
    for (const named of ['', 'undone', 'rollback']) {
      const at = openStand()
      await at.does('run')
      at.commit()
      const { id: undone } = await at.does('run')
      await at.through('rollback', dying(2))
      const [back] = await at.records()
      expect(back).toMatchObject({ purpose: 'rollback', status: 'DEPLOYING', holdsEnvironment: true })
      const refused = await at.does('run')
      expect(refusal(refused)).toEqual(['REFUSED', 'unfinished_execution', 2])
      expect(refused.result.hint).toMatch(`rollback ${undone}`)
      expect(refused.result.hint).not.toMatch('run --resume')
      const resumed = await at.does('run --resume')
      expect(resumed.result.hint).toMatch(`rollback ${undone}`)
      const line = `rollback ${{ '': '', undone, rollback: back?.id }[named]}`
      const asked = await at.does(line)
      expect([named, asked.result.status, asked.result.reason, asked.id]).toEqual([
        named,
        'WAITING',
        'unknown_effect',
        back?.id
      ])
      const done = await at.does(`${line} --sign deploy/release=ann:again`)
      expect([named, done.result.status, done.id]).toEqual([named, 'SUCCESS', back?.id])
    }
  })
})

describe('a cancel', () => {
  test('that comes while something acts leaves the environment held, and a resume goes on', async () => {
    const at = openStand(CHECKLIST.replace('echo "deploy', 'touch "$WORLD/began"; sleep 0.5; echo "deploy'))
    const done = at.does('run', { signal: abort => void began(at).then(() => abort('SIGINT')) })
    const { result } = await done
    expect([result.status, result.exitCode]).toEqual(['CANCELLED', 130])
    const [record] = await at.records()
    expect(record).toMatchObject({ status: 'CANCELLED', holdsEnvironment: true })
  })

  test.each([
    [
      'its health is looked at',
      `deploy: direct, run: '${DEPLOY}', health: { run: 'touch "$WORLD/began"; test -e "$WORLD/well" || sleep 20' }`,
      1
    ],
    [
      'it tidies up and exits by itself',
      `run: 'trap "exit 130" INT; test -e "$WORLD/well" || { touch "$WORLD/began"; while :; do sleep 0.1; done; }; ${DEPLOY}'`,
      0
    ]
  ])('while %s is no failure: a resume asks the probe and takes nothing back', async (_, deploy, times) => {
    const at = openStand(`
name: shop
stages:
  deploy:
    - { ${deploy}, id: release, undo: '${UNDO}', probe: 'test -e "$WORLD/live"' }
  smoke-test: [{ run: '${ALIVE}', id: alive }]
`)
    const { result } = await at.does('run', { signal: abort => void began(at).then(() => abort('SIGINT')) })
    expect([result.status, at.did().length]).toEqual(['CANCELLED', times])
    at.sets('well', 'yes')
    expect((await at.does('run --resume')).result.status).toBe('SUCCESS')
    expect(at.did()).toHaveLength(1)
  })
})

async function began(at: Stand): Promise<void> {
  const { existsSync } = await import('node:fs')
  while (!existsSync(`${at.env['WORLD']}/began`)) await new Promise(resolve => setTimeout(resolve, 20))
}

/** The execution whose process died right after its first action's outcome; its id. */
async function killedAfterActing(at: Stand, process?: object): Promise<string> {
  const before = at.did().length
  await at.through('run', dying(2, 'after', process))
  expect(at.did().length).toBe(before + 1)
  const [record] = await at.records()
  expect(record).toMatchObject({ acted: true, holdsEnvironment: true })
  return record?.id ?? ''
}

test('a process that runs all stages, and is seen to live, keeps others out between two of them', async () => {
  const at = openStand(`${CHECKLIST}  preflight: [{ run: 'true', id: look }]\n`)
  const other = spawn('sleep', ['60'])
  try {
    const alive = await identityOf(other.pid ?? 0)
    const led = async (shop: Shop): Promise<Shop> => ({
      ...shop,
      liveness: { ...shop.liveness, self: async () => alive }
    })
    expect((await at.through('run preflight', led)).exitCode).toBe(0)
    for (const line of ['run --resume', 'run deploy']) {
      const done = await at.does(line)
      expect([line, ...refusal(done)]).toEqual([line, 'REFUSED', 'environment_held', 2])
      expect(done.result.hint).toMatch(/Wait for it to end, or cancel it/)
    }
    expect(at.did()).toEqual([])
  } finally {
    const gone = new Promise(resolve => other.once('close', resolve))
    other.kill('SIGKILL')
    await gone
  }
  expect((await at.does('run --resume')).result.status).toBe('SUCCESS')
})

/** Another process of this machine, as it would write itself down. */
async function identityOf(pid: number) {
  const self = await openLiveness().self()
  return { ...self, pid, startedAt: processLine(pid)?.startedAt ?? '' }
}
