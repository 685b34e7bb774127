import { expect, test } from '@jest/globals'
import { CHECKLIST, openStand, refusal } from './stand.js'

test('a rollback shows what it would take back, to what, how it is proven and how long it took; nothing is touched', async () => {
  const at = openStand()
  const { id: first } = await at.does('run')
  at.commit()
  const { id: second } = await at.does('run')
  const before = [at.did(), JSON.stringify(await at.records())]
  const done = await at.does('rollback --dry-run')
  expect(done.result).toMatchObject({ status: 'SUCCESS', reason: 'planned', exitCode: 0 })
  expect(done.json).toMatchObject({
    format: 1,
    undone: { id: second },
    target: { execution: first, proof: ['smoke-test/alive'] },
    steps: [{ item: 'deploy/release', stage: 'deploy', undo: expect.stringContaining('undo $DEPLOY_COMMIT') }],
    wayBack: { kind: 'code', loss: 0, seconds: null }
  })
  expect(done.text).toContain(second)
  expect(done.text).toMatch(
    /proven by its own smoke test \(smoke-test\/alive\)[\s\S]*not measured[\s\S]*Nothing was touched/
  )
  expect([at.did(), JSON.stringify(await at.records())]).toEqual(before)
})

test('after one was made its seconds are the next one’s', async () => {
  const at = openStand()
  await at.does('run')
  at.commit()
  await at.does('run')
  await at.does('rollback')
  at.commit()
  await at.does('run')
  const { json } = await at.does('rollback --dry-run')
  expect(json).toMatchObject({ wayBack: { seconds: expect.any(Number) } })
})

test('an action without an undo stays, and the preview says so', async () => {
  const at = openStand(CHECKLIST.replace(/\n {6}undo: .*/, ''))
  await at.does('run')
  const { text } = await at.does('rollback --dry-run')
  expect(text).toMatch(/deploy\/release: has no undo and stays/)
  expect(text).toMatch(/nothing that succeeded came before it/)
})

test('it refuses what a rollback would refuse', async () => {
  const at = openStand()
  expect(refusal(await at.does('rollback --dry-run'))).toEqual(['REFUSED', 'no_way_back', 2])
  await at.does('run')
  expect(refusal(await at.does('rollback nonsense --dry-run'))).toEqual(['REFUSED', 'no_way_back', 2])
  const unknown = await at.does('rollback --dry-run --restore main')
  expect(refusal(unknown)).toEqual(['REFUSED', 'usage', 2])
  expect(unknown.result.message).toMatch(/made no backup of that name; it has none/)
})

test('as a step it needs no reason, since it does nothing', async () => {
  const at = openStand()
  await at.step({ ledger: `file:${at.ledger}` })
  const inputs = { stage: 'rollback', execution: 'newest', 'dry-run': 'true', ledger: `file:${at.ledger}` }
  const done = await at.step(inputs)
  expect(done.result).toMatchObject({ status: 'SUCCESS', reason: 'planned' })
  expect(done.text).toMatch(/in this order/)
  expect(at.did()).toHaveLength(1)
})

test('with --to it shows that way, and that way is taken', async () => {
  const at = openStand()
  const { id: first, result } = await at.does('run')
  for (let releases = 0; releases < 2; releases++) {
    at.commit()
    await at.does('run')
  }
  const commit = result.execution?.commit ?? ''
  const { json } = await at.does(`rollback --dry-run --to ${first}`)
  expect(json).toMatchObject({ target: { execution: first, commit }, wayBack: { kind: 'code', toCommit: commit } })
  await at.does(`rollback --to ${first}`)
  expect(at.world('live')).toBe(commit)
})

test('what it says is what happens: a person and an optional check prove nothing', async () => {
  const text = CHECKLIST.replace(
    /\n {4}- run: 'test[^\n]*\n {6}id: alive/,
    `
    - { manual: It looks right, id: looks, timeout: 1m }
    - { run: 'false', id: alive, optional: true }`
  )
  const at = openStand(text)
  await at.does("run --sign 'smoke-test/looks=ann:yes'")
  at.commit()
  await at.does("run --sign 'smoke-test/looks=ann:yes'")
  expect((await at.does('rollback --dry-run')).json).toMatchObject({ target: { proof: [] }, wayBack: { kind: 'none' } })
  const { result } = await at.does('rollback')
  expect(result).toMatchObject({ status: 'FAILED', reason: 'rollback_failed' })
  expect(result.message).toMatch(/no smoke test that could prove it/)
  expect((await at.does(`adopt --commit ${at.git('rev-parse', 'HEAD')}`)).result.message).toMatch(
    /could prove what is live/
  )
})

test('what it says is what happens: what stays, and that nothing could prove it', async () => {
  const at = openStand(CHECKLIST.replace(/\n {6}undo: .*/, ''))
  await at.does('run')
  at.commit()
  await at.does('run')
  const { json, text } = await at.does('rollback --dry-run')
  expect(json).toMatchObject({
    wayBack: { kind: 'none', because: expect.stringMatching(/deploy\/release has no undo/) }
  })
  expect(text).toMatch(/way back {2}none; deploy\/release has no undo, so that the release stays/)
  expect((await at.does('rollback')).result).toMatchObject({ status: 'FAILED', reason: 'rollback_failed' })
})
