import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { usePostgres } from '../fakes/postgres-server.js'
import { asUndone, EACH_ONCE, NONE_UNDONE, openShop, type Shop, tally } from './support/counting-shop.js'
import { atEachMoment, eachState, ends, fewerStates, refuses } from './support/moments.js'
import { inFiles, inPostgres } from './support/stand-ledgers.js'

const server = usePostgres('embedded')
const SUCCESS = { code: 0, status: 'SUCCESS' }

describe.each([
  ['a file ledger', inFiles, eachState, /before|after.*intent|json/],
  ['a PostgreSQL ledger', inPostgres, fewerStates, /half of (outcome|note)|after.*intent/]
])('%s', (_, newLedger, whereResumed, whereRolledBack) => {
  let shop: Shop
  beforeAll(async () => {
    shop = await openShop(server, newLedger)
  })
  afterAll(async () => await shop?.site.remove())

  test('a run that is killed at any moment and resumed does everything once', async () => {
    await atEachMoment({ shop, args: ['run'], wanted: whereResumed }, async (stand, { number, ended }) => {
      const open = number === 2 && !ended
      if (open) await ends(SUCCESS, ['run', '--resume'], stand)
      else await refuses('nothing_to_resume', ['run', '--resume'], stand)
      if (number === 1) await ends(SUCCESS, ['run'], stand)
      expect(await tally(shop, stand)).toEqual({ did: EACH_ONCE, undid: NONE_UNDONE, live: shop.second })
    })
  })

  test('a run that is killed at any moment and rolled back undoes once what took place', async () => {
    const wanted = (moment: string) => whereRolledBack.test(moment)
    await atEachMoment({ shop, args: ['run'], wanted }, async (stand, { number, acted, id }) => {
      if (number === 1 || !acted) {
        // It changed nothing, and is in nobody's way.
        if (number === 2) await refuses('no_way_back', ['rollback', id], stand)
        await ends(SUCCESS, ['run'], stand)
        return expect((await tally(shop, stand)).did).toEqual(EACH_ONCE)
      }
      await ends(SUCCESS, ['rollback', '--because', 'it was killed'], stand)
      const { did, undid, live } = await tally(shop, stand)
      expect({ undid, live }).toEqual({ undid: asUndone(did), live: shop.first })
    })
  })
})
