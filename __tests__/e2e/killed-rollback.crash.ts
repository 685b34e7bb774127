import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { usePostgres } from '../fakes/postgres-server.js'
import { asUndone, EACH_ONCE, newStand, openShop, type Shop, type Stand, tally } from './support/counting-shop.js'
import { atEachMoment, eachState, ends, fewerStates, refuses } from './support/moments.js'
import { inFiles, inPostgres, type NewLedger } from './support/stand-ledgers.js'

const server = usePostgres('embedded')
/** Release 1 is live in the stands of `shop`, release 2 in `second`. */
type Both = Readonly<{ shop: Shop; second: Stand }>
let files: Both
let postgres: Both
beforeAll(async () => {
  files = await open(inFiles)
  postgres = await open(inPostgres)
})
afterAll(async () => await Promise.all([files, postgres].map(each => each?.shop.site.remove())))

async function open(newLedger: NewLedger): Promise<Both> {
  const shop = await openShop(server, newLedger)
  const second = await newStand(shop)
  expect(await second.cli(['run'])).toMatchObject({ code: 0 })
  return { shop, second }
}

async function isBack(shop: Shop, stand: Stand): Promise<void> {
  expect(await tally(shop, stand)).toEqual({ did: EACH_ONCE, undid: asUndone(EACH_ONCE), live: shop.first })
}

async function previousIn(stand: Stand): Promise<string> {
  const { stdout } = await stand.cli(['plan', '--json'])
  return JSON.parse(stdout).plan.previous.commit
}

test.each([
  ['a file ledger', () => files, eachState],
  ['a PostgreSQL ledger', () => postgres, fewerStates]
])(
  'a rollback by hand, killed at any moment and asked for again, undoes each effect once (%s)',
  async (_, both, wanted) => {
    const { shop, second } = both()
    await atEachMoment({ shop, args: ['rollback'], like: second, wanted }, async (stand, left) => {
      const ended = left.number === 3 && left.ended
      // The mark on what was undone is a write of its own: with or without it, nobody takes that for a way back.
      if (ended) expect(await previousIn(stand)).toBe(shop.first)
      const { stdout } = await stand.cli(['rollback', '--json'])
      expect(JSON.parse(stdout)).toMatchObject({
        reason: expect.stringMatching(ended ? /^(ok|already_done)$/ : /^ok$/)
      })
      await isBack(shop, stand)
      await refuses('already_done', ['rollback'], stand)
    })
  }
)

test('a restore that is killed at any moment and asked for again swaps once, and leaves the database open', async () => {
  const { shop } = files
  const args = ['rollback', '--restore', 'main', '--accept-loss', 'main']
  // The snapshot that takes its place is one of each stand's own database.
  const prepare = (stand: Stand) => stand.cli(['run'])
  await atEachMoment({ shop, args, prepare, wanted: eachState }, async (stand, { ended }) => {
    const { stdout } = await stand.cli([...args, '--json'])
    expect(JSON.parse(stdout)).toMatchObject({ reason: expect.stringMatching(ended ? /^(ok|already_done)$/ : /^ok$/) })
    const { did, undid, live } = await tally(shop, stand)
    // What the migrations had written is gone with the database that it was written to; nothing was undone in it. (The
    // rows are a file here, and stay.)
    expect({ did, undid, live }).toEqual({
      did: { ...EACH_ONCE, '002': 0, '003': 0 },
      undid: { ...asUndone(EACH_ONCE), '002': 0, '003': 0, rows: 0, index: expect.any(Number) },
      live: `${shop.first} with the rows of ${shop.second}`
    })
    await refuses('already_done', ['rollback'], stand)
  })
})

test('a run that rolls back by itself, killed at any moment of that and resumed, undoes each effect once', async () => {
  const { shop } = files
  const env = { SMOKE: shop.second }
  const wanted = (moment: string, index: number, all: readonly string[]) =>
    index >= all.findIndex(one => /rollback-started/.test(one)) && eachState(moment)
  await atEachMoment({ shop, args: ['run'], env, wanted }, async (stand, { ended }) => {
    if (ended) await refuses('nothing_to_resume', ['run', '--resume'], stand)
    else await ends({ code: 1, status: 'ROLLED_BACK' }, ['run', '--resume'], stand, env)
    await isBack(shop, stand)
  })
})
