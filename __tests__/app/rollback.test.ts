import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Ledger } from '../../src/core/ports.js'
import { CHECKLIST, DEPLOY, dying, openStand, refusal, type Stand } from './stand.js'

/** So many releases, each deployed; their commits and their executions, oldest first. */
async function deployed(at: Stand, releases: number) {
  const all: { commit: string; id: string }[] = []
  for (let i = 0; i < releases; i++) {
    const commit = i === 0 ? at.git('rev-parse', 'HEAD') : at.commit()
    all.push({ commit, id: (await at.does('run')).id })
  }
  return all
}

describe('by hand', () => {
  test('takes the newest back: an execution of its own, linked both ways, and verified', async () => {
    const at = openStand()
    const [one, two] = await deployed(at, 2)
    const { result, id } = await at.does("rollback --because 'orders fail'")
    expect([result.status, result.exitCode]).toEqual(['SUCCESS', 0])
    expect(at.did().at(-1)).toBe(`undo ${two?.commit} to ${one?.commit}`)
    const [back, undone] = await at.records()
    expect(back).toMatchObject({
      id,
      purpose: 'rollback',
      undoesExecutionId: two?.id,
      commit: one?.commit,
      actor: 'ann',
      holdsEnvironment: false
    })
    expect(undone).toMatchObject({ id: two?.id, status: 'SUCCESS', rolledBack: true, rollbackReason: 'orders fail' })
  })

  test('looks past rollbacks, and refuses what is rolled back already', async () => {
    const at = openStand()
    const [one, two, three] = await deployed(at, 3)
    await at.does('rollback')
    const again = await at.does('rollback')
    expect(refusal(again)).toEqual(['REFUSED', 'already_done', 2])
    expect(again.result.message).toMatch(three?.id ?? '')
    expect((await at.does(`rollback ${two?.id}`)).result.status).toBe('SUCCESS')
    expect(at.world('live')).toBe(one?.commit)
  })

  test('the next deployment goes back to the last good one, not to what was rolled back', async () => {
    const at = openStand()
    const [one] = await deployed(at, 2)
    await at.does('rollback')
    at.commit()
    const { plan } = (await at.does('plan')).json as { plan: { previous: { execution: string } } }
    expect(plan.previous.execution).toBe(one?.id)
  })

  test('of one whose successor stands is refused, with which one has to go first', async () => {
    const at = openStand()
    const [, two, three] = await deployed(at, 3)
    const done = await at.does(`rollback ${two?.id}`)
    expect(refusal(done)).toEqual(['REFUSED', 'superseded', 2])
    expect(done.result.hint).toMatch(three?.id ?? '')
  })

  test('of the first deployment leads nowhere that could be proven', async () => {
    const at = openStand()
    await deployed(at, 1)
    const { result } = await at.does('rollback')
    expect([result.status, result.reason]).toEqual(['FAILED', 'rollback_failed'])
    expect(result.message).toMatch(/no earlier good release/)
  })

  test.each([
    ['nothing was deployed', 'rollback', 'no_way_back', /nothing was deployed to production yet/],
    ['there is no such execution', 'rollback nope', 'no_way_back', /knows no execution nope/]
  ] as const)('is refused where %s', async (_, line, reason, message) => {
    const done = await openStand().does(line)
    expect(refusal(done)).toEqual(['REFUSED', reason, 2])
    expect(done.result.message).toMatch(message)
  })

  test('of what ended before its first action, of a rollback and of an adoption is refused', async () => {
    const at = openStand(`${CHECKLIST}  preflight:\n    - run: 'test ! -e "$WORLD/closed"'\n      id: ready\n`)
    at.sets('closed', 'x')
    const { id } = await at.does('run')
    const done = await at.does(`rollback ${id}`)
    expect(refusal(done)).toEqual(['REFUSED', 'no_way_back', 2])
    expect(done.result.message).toMatch(/changed nothing/)
    rmSync(join(at.env['WORLD'] ?? '', 'closed'))
    await deployed(at, 2)
    const back = await at.does('rollback')
    expect((await at.does(`rollback ${back.id}`)).result.message).toMatch(/no deployment but a rollback/)
  })
})

test('what backup did beside saving is taken back last, by hand too, as plan and preview say', async () => {
  const at = openStand(`name: shop
stages:
  backup: [{ run: 'echo on >> "$WORLD/log"', id: maintenance, undo: 'echo off >> "$WORLD/log"' }]
  deploy: [{ run: 'echo deploy >> "$WORLD/log"', id: release, undo: 'echo undo >> "$WORLD/log"' }]
  smoke-test: [{ run: 'echo look >> "$WORLD/log"', id: alive }]
`)
  await deployed(at, 2)
  expect((await at.does('plan')).text).toMatch(/backup \(if it fails: undo, stop\)/)
  const { json } = await at.does('rollback --dry-run')
  expect(json).toMatchObject({ steps: [{ item: 'deploy/release' }, { item: 'backup/maintenance' }] })
  const { result } = await at.does('rollback')
  const undone = result.stages.find(({ name }) => name === 'rollback')?.items.map(({ id }) => id)
  expect(undone).toEqual(['deploy/release', 'backup/maintenance', 'smoke-test/alive'])
  expect(at.did().slice(-3)).toEqual(['undo', 'off', 'look'])
})

test('a backup that fails leaves no maintenance page standing', async () => {
  const at = openStand(`name: shop
stages:
  backup:
    - { run: 'echo on >> "$WORLD/log"', id: maintenance, undo: 'echo off >> "$WORLD/log"' }
    - { run: 'false', id: save }
  deploy: [{ run: 'true', id: release, undo: 'true' }]
  smoke-test: [{ run: 'true', id: alive }]
`)
  const { result } = await at.does('run')
  expect([result.status, result.reason, result.verdict]).toEqual([
    'FAILED',
    'backup_failed',
    expect.stringMatching(/: the backup failed; what it had changed was undone$/)
  ])
  expect(at.did()).toEqual(['on', 'off'])
})

describe('to a named release', () => {
  test('one that was cut off goes on to the release that it was begun for, and to no other in silence', async () => {
    const at = openStand()
    const [one, two, three] = await deployed(at, 3)
    await at.through(`rollback ${three?.id} --to ${one?.id}`, dying(1, 'after', { startedAt: '1', pid: 2 ** 30 }))
    const done = await at.does(`rollback ${three?.id} --to ${two?.id}`)
    expect(refusal(done)).toEqual(['REFUSED', 'usage', 2])
    expect(done.result.message).toContain(`back to ${one?.commit.slice(0, 12)}, found --to ${two?.id}`)
    expect((await at.does(`rollback ${three?.id} --to ${one?.id}`)).result.status).toBe('SUCCESS')
    expect(at.world('live')).toBe(one?.commit)
  })

  test('further back than one, where nothing between them migrated', async () => {
    const at = openStand()
    const [one, , three] = await deployed(at, 3)
    expect((await at.does(`rollback --to ${one?.id}`)).result.status).toBe('SUCCESS')
    expect(at.did().at(-1)).toBe(`undo ${three?.commit} to ${one?.commit}`)
  })

  test('is refused if an execution between them migrated', async () => {
    const at = openStand()
    const [one, two] = await deployed(at, 3)
    const moved = { database: 'main', before: '1', after: '2', moved: true, applied: [], catalog: {} }
    const result = await at.through(`rollback --to ${one?.id}`, async shop => {
      const ledger = await shop.ledger()
      const list: Ledger['list'] = async (filter, page) => {
        const found = await ledger.list(filter, page)
        const records = found.records.map(record =>
          record.id === two?.id ? { ...record, migrations: [moved] } : record
        )
        return { ...found, records }
      }
      return { ...shop, ledger: async () => ({ ...ledger, list }) }
    })
    expect([result.status, result.reason]).toEqual(['REFUSED', 'no_way_back'])
    expect(result.message).toMatch(new RegExp(`${two?.id} migrated`))
    expect(await at.records()).toHaveLength(3)
  })

  test.each([
    ['that is not there', 'nope', /knows no execution nope/],
    ['that is the undone one', 'two', /no release to go back to/]
  ])('%s is refused', async (_, to, message) => {
    const at = openStand()
    const [, two] = await deployed(at, 2)
    const done = await at.does(`rollback --to ${to === 'two' ? two?.id : to}`)
    expect(refusal(done)).toEqual(['REFUSED', 'no_way_back', 2])
    expect(done.result.message).toMatch(message)
    expect(await at.records()).toHaveLength(2)
  })

  test('of another environment is refused', async () => {
    const at = openStand(`${CHECKLIST}environments: { staging: {}, production: {} }\n`)
    const { id } = await at.does('run -e staging')
    await at.does('run -e production')
    at.commit()
    await at.does('run -e production')
    const done = await at.does(`rollback -e production --to ${id}`)
    expect(refusal(done)).toEqual(['REFUSED', 'no_way_back', 2])
    expect(done.result.message).toMatch(/staging/)
  })
})

test('a restore of a database that nobody knows is refused with those that there are', async () => {
  const at = openStand()
  await deployed(at, 2)
  const done = await at.does('rollback --restore man')
  expect(refusal(done)).toEqual(['REFUSED', 'usage', 2])
  expect(done.result.message).toMatch(/--restore man: the undone execution knows the databases none/)
  expect(await at.records()).toHaveLength(2)
})

test('a sign-off that comes with a rollback fits the undone plan', async () => {
  const at = openStand()
  await deployed(at, 2)
  const done = await at.does('rollback --sign deploy/nothing=ann:done')
  expect([refusal(done)[1], done.result.message]).toEqual(['usage', expect.stringMatching(/no item deploy\/nothing/)])
})

describe('needs nothing of today', () => {
  test.each([
    ['no checklist at all', undefined],
    ['a broken one', 'stages: { nothing: [] }\n']
  ])('works with %s, also when nobody says which environment', async (_, text) => {
    for (const line of ['rollback', 'rollback --environment production', 'rollback newest']) {
      const at = openStand()
      const [one] = await deployed(at, 2)
      if (text === undefined) at.git('rm', '--quiet', 'deploy-checklist.yml')
      at.commit(text === undefined ? {} : { 'deploy-checklist.yml': text })
      expect([line, (await at.does(line)).result.status]).toEqual([line, 'SUCCESS'])
      expect(at.world('live')).toBe(one?.commit)
    }
  })

  test('but which one is meant must be clear: without a checklist and with two environments it is asked for', async () => {
    const at = openStand(`${CHECKLIST}environments: { staging: {}, production: {} }\n`)
    for (const name of ['staging', 'production']) await at.does(`run -e ${name}`)
    at.git('rm', '--quiet', 'deploy-checklist.yml')
    at.commit()
    const done = await at.does('rollback')
    expect(refusal(done)).toEqual(['REFUSED', 'usage', 2])
    expect(done.result.message).toMatch(/production.*staging/)
  })

  test('`redeploy` runs the item of the undone release in a worktree of the good one', async () => {
    const item = (script: string) => `name: shop
stages:
  deploy: [{ run: '${script}', id: release, undo: redeploy }]
  smoke-test: [{ run: 'test "$(cat "$WORLD/live")" = "$DEPLOY_COMMIT"', id: alive }]
`
    const at = openStand(
      item(`echo "$(cat release) $DEPLOY_COMMIT" >> "$WORLD/log"; echo "$DEPLOY_COMMIT" > "$WORLD/live"`)
    )
    const [one, two] = await deployed(at, 2)
    expect((await at.does('rollback')).result.status).toBe('SUCCESS')
    expect(at.did()).toEqual([`1 ${one?.commit}`, `2 ${two?.commit}`, `1 ${one?.commit}`])
    expect(at.git('worktree', 'list').split('\n')).toHaveLength(1)
    expect(at.git('status', '--porcelain')).toBe('')
  })

  test('a clone that lacks the commit which `redeploy` would need is noticed before anything starts', async () => {
    const at = openStand(CHECKLIST.replace(/undo: .*/, 'undo: redeploy'))
    await deployed(at, 1)
    at.git('checkout', '--quiet', '--orphan', 'other')
    at.commit()
    at.git('branch', '--quiet', '-D', 'main')
    at.git('reflog', 'expire', '--expire=now', '--all')
    at.git('gc', '--quiet', '--prune=now')
    for (const line of ['plan', 'run']) {
      const done = await at.does(line)
      expect(refusal(done)).toEqual(['REFUSED', 'no_way_back', 2])
    }
    expect(at.did()).toHaveLength(1)
  })
})

describe('after a failure', () => {
  test('of the automatic one, by hand it goes on and undoes nothing twice', async () => {
    const two = `name: shop
stages:
  deploy:
    - { run: '${DEPLOY}', id: a, undo: 'echo "undo a" >> "$WORLD/log"; test ! -e "$WORLD/stuck"; echo "$DEPLOY_PREVIOUS_COMMIT" > "$WORLD/live"' }
    - { run: 'true', id: b, undo: 'echo "undo b" >> "$WORLD/log"' }
  smoke-test: [{ run: 'test "$(cat "$WORLD/live")" = "$DEPLOY_COMMIT"; ! grep -qs "$DEPLOY_COMMIT" "$WORLD/broken"', id: alive }]
`
    const at = openStand(two)
    await deployed(at, 1)
    const bad = at.commit()
    at.sets('broken', bad)
    at.sets('stuck', 'x')
    const failed = await at.does('run')
    expect([failed.result.status, failed.result.reason]).toEqual(['FAILED', 'rollback_failed'])
    expect((await at.does('rollback')).result.status).toBe('FAILED')
    rmSync(join(at.env['WORLD'] ?? '', 'stuck'))
    expect((await at.does('rollback')).result.status).toBe('SUCCESS')
    expect(at.did().filter(line => line === 'undo b')).toHaveLength(1)
    expect(at.did().filter(line => line === 'undo a')).toHaveLength(3)
  })

  test.each([
    ['redeploy', 'redeploy'],
    ['a command', `'echo "$DEPLOY_PREVIOUS_COMMIT" >> "$WORLD/log"; echo "$DEPLOY_PREVIOUS_COMMIT" > "$WORLD/live"'`]
  ])('of the way to one release, %s leads to another one that is named, and the preview says so', async (_, undo) => {
    const at = openStand(`name: shop
stages:
  deploy: [{ run: 'echo "$DEPLOY_COMMIT" >> "$WORLD/log"; echo "$DEPLOY_COMMIT" > "$WORLD/live"', id: release, undo: ${undo} }]
  smoke-test: [{ run: 'test ! -e "$WORLD/$DEPLOY_COMMIT"', id: alive }]
`)
    const [one, two] = await deployed(at, 2)
    at.sets(at.commit(), 'bad')
    at.sets(two?.commit ?? '', 'bad since')
    expect((await at.does('run')).result.reason).toBe('rollback_failed')
    expect(at.world('live')).toBe(two?.commit)
    const { json } = await at.does(`rollback --dry-run --to ${one?.id}`)
    expect(json).toMatchObject({ steps: [{ item: 'deploy/release' }] })
    expect((await at.does(`rollback --dry-run --to ${two?.id}`)).json).toMatchObject({ steps: [] })
    expect((await at.does(`rollback --to ${one?.id}`)).result.status).toBe('SUCCESS')
    expect(at.world('live')).toBe(one?.commit)
  })

  test('`code: ask` leaves it to a person, who then takes it back', async () => {
    const at = openStand(`rollback: { code: ask }\n${CHECKLIST}`)
    const [one] = await deployed(at, 1)
    at.sets('broken', at.commit())
    const done = await at.does('run')
    expect([done.result.status, done.result.reason]).toEqual(['FAILED', 'smoke_test_failed'])
    expect(at.did()).toHaveLength(2)
    expect((await at.does('rollback')).result.status).toBe('SUCCESS')
    expect(at.world('live')).toBe(one?.commit)
  })
})
