import { existsSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { CHECKLIST, dying, openStand, refusal } from './stand.js'

const ruled = (rules: string, more = '') => `${CHECKLIST}environments:\n  production: ${rules}\n${more}`

describe('an environment that is closed is left alone', () => {
  test.each([
    [
      'its window',
      '{ window: { days: mon-thu, hours: "09:00-16:00", zone: UTC } }',
      'outside_window',
      /now it is Sat 10:00/
    ],
    ['a freeze', '{ freeze: { until: 2026-02-01, because: year end } }', 'frozen', /until 2026-02-01: year end/],
    [
      'a release that staging has not seen',
      '{ after: staging }\n  staging: {}',
      'not_promoted',
      /has not succeeded on staging/
    ],
    [
      'a gate that nobody can read',
      '{ gate: { reviewers: required } }',
      'gate_unreadable',
      /no token to ask GitHub with/
    ]
  ] as const)('by %s', async (_, rules, reason, message) => {
    const at = openStand(ruled(rules), '2026-01-10T10:00:00.000Z')
    const done = await at.does('run --environment production')
    expect(refusal(done)).toEqual(['REFUSED', reason, 2])
    expect(done.result.message).toMatch(message)
    expect(done.result.hint).not.toBe('')
    expect(done.id).toBe('')
    expect([await at.records(), at.did()]).toEqual([[], []])
  })

  test('and a holder keeps the environment, whoever is refused beside it', async () => {
    const at = openStand(
      `${CHECKLIST}  preflight:\n    - manual: Are they told?\n      id: told\n  migrate: [{ run: 'true', id: first, undo: 'true' }]\n`.replace(
        'id: alive',
        'id: alive'
      )
    )
    await at.through('run --sign preflight/told=ann:yes', dying(4))
    const [before] = await at.records()
    expect(before?.holdsEnvironment).toBe(true)
    for (let i = 0; i < 3; i++) expect((await at.does('run')).result.exitCode).toBe(2)
    const all = await at.records()
    expect(all).toHaveLength(1)
    expect(all[0]).toMatchObject({ id: before?.id, holdsEnvironment: true, token: before?.token })
  })

  test('its window opens when the clock is there', async () => {
    const at = openStand(
      ruled('{ window: { days: sat, hours: "12:00-16:00", zone: UTC } }'),
      '2026-01-10T10:00:00.000Z'
    )
    await at.turn(2 * 3_600_000)
    expect((await at.does('run')).result.status).toBe('SUCCESS')
  })

  test('what succeeded on staging may go on, another commit may not, and one that was taken back may not', async () => {
    const at = openStand(ruled('{ after: staging }\n  staging: {}'))
    await at.does('run --environment staging')
    expect((await at.does('run --environment production')).result.status).toBe('SUCCESS')
    at.commit()
    expect(refusal(await at.does('run --environment production'))).toEqual(['REFUSED', 'not_promoted', 2])
    await at.does('run --environment staging')
    await at.does('rollback --environment staging')
    const again = await at.does('run --environment production')
    expect(refusal(again)).toEqual(['REFUSED', 'not_promoted', 2])
    expect(again.result.hint).toMatch(/run --environment staging/)
  })
})

test('what staging has seen is the very artifact, not only its commit', async () => {
  const at = openStand(`${ruled('{ after: staging }\n  staging: {}')}release: { artifact: ../world/app.tar }\n`)
  at.sets('app.tar', 'built')
  await at.does('run -e staging')
  expect((await at.does('run -e production')).result.status).toBe('SUCCESS')
  at.sets('app.tar', 'and built again')
  expect(refusal(await at.does('run -e production'))).toEqual(['REFUSED', 'not_promoted', 2])
})

describe('which environment is meant', () => {
  const two = `${CHECKLIST}environments: { staging: {}, production: {} }\n`
  test.each([
    [two, 'run', /names 2 environments: staging, production/, /--environment/],
    [two, 'run --environment prod', /no environment prod; it names staging, production/, /Name one/]
  ])('is asked for where it is not clear', async (checklist, line, message, hint) => {
    const done = await openStand(checklist).does(line)
    expect(refusal(done)).toEqual(['REFUSED', 'usage', 2])
    expect(done.result.message).toMatch(message)
    expect(done.result.hint).toMatch(hint)
  })

  test('each has a lock, a number and a way back of its own', async () => {
    const at = openStand(two)
    for (const name of ['staging', 'production', 'staging']) await at.does(`run --environment ${name}`)
    const all = await at.records()
    expect(all.map(({ key, number }) => [key.environment, number])).toEqual([
      ['staging', 2],
      ['production', 1],
      ['staging', 1]
    ])
    expect((await at.does('history --environment production')).text).not.toMatch(/staging/)
  })
})

describe('names without a value', () => {
  const secret = `secrets: [TOKEN, BACK, UNUSED]\n${CHECKLIST.replace('id: release', 'id: release\n      name: ship it').replace("undo: '", 'undo: \'test -n "$BACK"; ').replace('  deploy:', '  preflight:\n    - run: \'test -n "$TOKEN"\'\n      id: token\n  deploy:')}`

  test('are refused before anything starts, each with who needs it; those of a rollback too', async () => {
    const at = openStand(secret)
    const done = await at.does('run')
    expect(refusal(done)).toEqual(['REFUSED', 'missing_value', 2])
    expect(done.result.message).toBe('TOKEN, BACK have no value')
    expect(done.result.problems).toEqual(['TOKEN: needed by preflight/token', 'BACK: needed by deploy/release'])
    expect(await at.records()).toEqual([])
    expect(refusal(await at.does('run', { env: { TOKEN: 'x'.repeat(9), BACK: '' } }))).toEqual([
      'REFUSED',
      'missing_value',
      2
    ])
    expect((await at.does('run', { env: { TOKEN: 'tttttttttt', BACK: 'bbbbbbbbbb' } })).result.status).toBe('SUCCESS')
  })

  test('a rollback by hand demands what the undo and the smoke test need, and nothing else', async () => {
    const at = openStand(
      secret.replace('id: alive', 'id: alive').replace('test "$(cat', 'test -n "$UNUSED"; test "$(cat')
    )
    const all = { TOKEN: 'tttttttttt', BACK: 'bbbbbbbbbb', UNUSED: 'uuuuuuuuuu' }
    await at.does('run', { env: all })
    at.commit()
    await at.does('run', { env: all })
    const refused = await at.does('rollback', { env: { TOKEN: all.TOKEN } })
    expect(refusal(refused)).toEqual(['REFUSED', 'missing_value', 2])
    expect(refused.result.message).toMatch(/BACK/)
    expect((await at.does('rollback', { env: { BACK: all.BACK } })).result.message).toMatch(/UNUSED/)
    expect((await at.does('rollback', { env: { BACK: all.BACK, UNUSED: all.UNUSED } })).result.status).toBe('SUCCESS')
  })

  test('a stage alone demands what it needs', async () => {
    const at = openStand(secret)
    expect((await at.does('run preflight', { env: { TOKEN: 'tttttttttt' } })).result.exitCode).toBe(0)
    const deploy = await at.does('run deploy', { env: { TOKEN: 'tttttttttt' } })
    expect(refusal(deploy)).toEqual(['REFUSED', 'missing_value', 2])
  })
})

test('a secret is shown nowhere: not in output, result, ledger or a refusal, and the runner is told of it', async () => {
  const value = 'sw0rdf1sh/=x'
  const at = openStand(
    `secrets: [TOKEN]\nenvironments: { production: {} }\n${CHECKLIST.replace('echo "deploy', 'echo "said $TOKEN"; echo "deploy')}`
  )
  const env = { TOKEN: value }
  const done = await at.does('run', { env })
  expect(done.said).toMatch(/said \*\*\*/)
  const shown = await at.does('show', { env })
  const named = await at.does(`run --environment '${value}'`, { env })
  expect(refusal(named)).toEqual(['REFUSED', 'usage', 2])
  expect(JSON.stringify([done, shown, named].map(({ masked: _, ...rest }) => rest))).not.toContain(value)
  expect(done.masked).toContain(value)
})

test('the password that libpq takes from the environment is one as soon as there is a database', async () => {
  const env = { PGPASSWORD: 'sw0rdf1sh-of-libpq', DB: 'postgresql://app@db.example/shop' }
  const database = 'databases: { main: { url: "${DB}" } }\nsecrets: [DB]\n'
  expect((await openStand(`${database}${CHECKLIST}`).does('plan', { env })).masked).toContain(env.PGPASSWORD)
  expect((await openStand(CHECKLIST).does('plan', { env })).masked).not.toContain(env.PGPASSWORD)
})

describe('without a checklist', () => {
  test('a starter is shown, and nothing is begun', async () => {
    const done = await openStand(null).does('run')
    expect(refusal(done)).toEqual(['REFUSED', 'checklist_missing', 2])
    expect(done.result.problems.join('\n')).toMatch(/^stages:/m)
  })
  test('in a workflow it is mostly the checkout that is missing, and the hint begins with it', async () => {
    const done = await openStand(null).step({ ledger: 'run' })
    expect(refusal(done)).toEqual(['REFUSED', 'checklist_missing', 2])
    expect(done.result.hint).toMatch(/^Check the repository out/)
  })
  test('an empty file is none, since a shell makes it before the starter is printed into it', async () => {
    const done = await openStand('').does('plan')
    expect(refusal(done)).toEqual(['REFUSED', 'checklist_missing', 2])
    expect(done.result.problems.join('\n')).toMatch(/^stages:/m)
  })
  test('one that was named and is not there is said', async () => {
    const done = await openStand().does('run --checklist nowhere.yml')
    expect(refusal(done)).toEqual(['REFUSED', 'checklist_missing', 2])
    expect(done.result.message).toMatch(/nowhere\.yml/)
  })
  test('one with errors names all of them', async () => {
    const done = await openStand('stages: { deploy: [{ rnu: x }], smoke: [] }\n').does('run')
    expect(refusal(done)).toEqual(['REFUSED', 'checklist_invalid', 2])
    expect(done.result.problems).toHaveLength(2)
  })
})

describe('what a later stage would meet is met before anything starts', () => {
  const guarded = `${CHECKLIST}secrets: [DB]\ndatabases: { main: { url: "\${DB}" } }\n`.replace(
    'stages:\n',
    'stages:\n  preflight: [{ run: "true" }]\n  backup: [{ backup: main }]\n'
  )

  test('by the stage that begins, where it can be asked', async () => {
    const at = openStand(guarded)
    const done = await at.does('run preflight', { env: { DB: 'postgresql://a:b@127.0.0.1:9/shop' } })
    expect(refusal(done)).toEqual(['UNAVAILABLE', 'service_unavailable', 3])
    expect(await at.records()).toEqual([])
  })

  test('by the stage itself, where its secret is not there before', async () => {
    const at = openStand(guarded)
    expect((await at.does('run preflight')).result.exitCode).toBe(0)
    expect(refusal(await at.does('run backup'))).toEqual(['REFUSED', 'missing_value', 2])
    const asked = await at.does('run backup', { env: { DB: 'postgresql://a:b@127.0.0.1:9/shop' } })
    expect(refusal(asked)).toEqual(['UNAVAILABLE', 'service_unavailable', 3])
    expect((await at.records())[0]).toMatchObject({ status: 'BUILDING', acted: false })
  })
})

test('what is refused has not even made the ledger', async () => {
  const at = openStand(ruled('{ freeze: { until: 2026-02-01, because: year end } }'))
  expect(refusal(await at.does('run'))).toEqual(['REFUSED', 'frozen', 2])
  expect(existsSync(at.ledger)).toBe(false)
})
