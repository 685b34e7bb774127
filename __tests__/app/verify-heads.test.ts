import { describe, expect, test } from '@jest/globals'
import type { Shop } from '../../src/app/shop.js'
import { link } from '../../src/core/chain.js'
import { type Event, GENESIS } from '../../src/core/events.js'
import type { Ledger, Stored } from '../../src/core/ports.js'
import { openGitHub } from '../../src/github/api.js'
import { openDeployments } from '../../src/github/deployments.js'
import { deployedOf } from '../fakes/github/handlers/deployments.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'
import { openStand, type Stand } from './stand.js'

const github = useGitHub({ repository: 'org/shop' })

/** Two deployments in Actions, each with a status that carries its head. */
async function deployedTwice(): Promise<Stand> {
  const at = openStand()
  for (const runId of ['77', '78']) {
    const env = { GITHUB_API_URL: github.url(), GITHUB_TOKEN: TOKEN, GITHUB_RUN_ID: runId }
    await at.step({ ledger: `file:${at.ledger}` }, { env })
    at.commit()
  }
  return at
}

/** `verify` of the same repository with a ledger that somebody has been at. */
const verified = async (at: Stand, spoil: (ledger: Ledger, newest: string) => Ledger = ledger => ledger) => {
  const [newest] = await at.records()
  return await at.through('verify', async (shop: Shop) => {
    const options = { url: github.url(), token: TOKEN, repository: 'org/shop', clock: shop.clock, env: {} }
    const identity = { ...(await shop.identity()), repository: 'org/shop' }
    const ledger = spoil(await shop.ledger(), newest?.id ?? '')
    const deployments = openDeployments(openGitHub(options))
    return { ...shop, identity: async () => identity, ledger: async () => ledger, deployments }
  })
}

const reading = (ledger: Ledger, newest: string, change: (stored: Stored) => Stored): Ledger => ({
  ...ledger,
  read: async id => {
    const stored = await ledger.read(id)
    return stored && id === newest ? change(stored) : stored
  }
})

/** A whole chain with other words in it; the record that follows from it is the same. */
function rewritten(stored: Stored): Stored {
  const events: Event[] = []
  for (const { body, seq, at, token } of stored.events) {
    const other = body.type === 'outcome' ? { ...body, detail: 'all was well' } : body
    events.push(...link([other], { head: events.at(-1)?.hash ?? GENESIS, seq: seq - 1, at, token }))
  }
  return { ...stored, events, head: events.at(-1)?.hash ?? GENESIS }
}

const without = (ledger: Ledger, newest: string): Ledger => ({
  ...ledger,
  list: async (filter, paging) => {
    const page = await ledger.list(filter, paging)
    return { ...page, records: page.records.filter(({ id }) => id !== newest) }
  }
})

describe('a ledger is held against the heads in the statuses of deployments', () => {
  test('and is whole where they are in it', async () => {
    expect(await verified(await deployedTwice())).toMatchObject({ status: 'SUCCESS', reason: 'ok' })
  })

  test.each([
    ['a chain that was rewritten as a whole', (l: Ledger, id: string) => reading(l, id, rewritten)],
    ['an execution that is gone with all that was in it', without]
  ])('%s is found, and only by them', async (_, spoil) => {
    const at = await deployedTwice()
    expect(await verified(at, spoil)).toMatchObject({ status: 'FAILED', reason: 'ledger_broken', exitCode: 1 })
    deployedOf(github.state).all.splice(0)
    expect(await verified(at, spoil)).toMatchObject({ status: 'SUCCESS' })
  })

  test('a tail that was cut off is found', async () => {
    const cut = ({ record, events }: Stored): Stored => {
      const kept = events.slice(0, -1)
      return { record, events: kept, head: kept.at(-1)?.hash ?? '' }
    }
    const at = await deployedTwice()
    expect(await verified(at, (ledger, id) => reading(ledger, id, cut))).toMatchObject({ reason: 'ledger_broken' })
  })
})
