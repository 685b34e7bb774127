import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { dropDatabases, newStand, type Shop, type Stand } from './counting-shop.js'
import { inParallel, printedHead, type Variables } from './site.js'

export type Killed = Readonly<{
  shop: Shop
  /** What is run, and killed. */
  args: readonly string[]
  env?: Variables
  /** Stands are as this one; where release 1 is live if nothing is said. */
  like?: Stand
  /** What each stand is brought to first. */
  prepare?(stand: Stand): Promise<unknown>
  /** Which of the moments that were found. */
  wanted(moment: string, index: number, all: readonly string[]): boolean
}>

/** What its newest execution came to. */
export type Left = Readonly<{ number: number; id: string; acted: boolean; ended: boolean }>

/**
 * Between two writes things differ only by what is done there: after an intent nothing has been, at the next write all.
 * A write that is half there is harder than one that was not begun.
 */
export const eachState = (moment: string): boolean => /half|after.*(intent|note|ended)|redo|index/.test(moment)

/** On a server half a write is none, and what follows a note is the same code wherever it was written. */
export const fewerStates = (moment: string): boolean => /half|after.*(intent|ended)/.test(moment)

/** At each wanted moment: a stand of its own, the command killed there; `then` goes on and judges. */
export async function atEachMoment(killed: Killed, then: (stand: Stand, left: Left) => Promise<void>): Promise<void> {
  const { shop, args, env = {}, like } = killed
  const moments = (await momentsOf(killed)).filter(killed.wanted)
  expect(moments.length).toBeGreaterThan(15)
  const wrong: unknown[] = []
  let died = 0
  await inParallel(5, moments, async moment => {
    const stand = await newStand(shop, like)
    await killed.prepare?.(stand)
    const at = { ...env, DIE_AT: String(Number.parseInt(moment, 10)) }
    const { signal } = await stand.cli(args, { preload: [stand.ledger.preload], env: at })
    const left = await leftIn(stand)
    if (signal === 'SIGKILL') died += 1
    try {
      // One that wrote less often than the first came to its end; that is a moment too.
      if (!left.ended) expect(signal).toBe('SIGKILL')
      await then(stand, left)
    } catch (error) {
      wrong.push(`killed at ${moment}: ${error}`)
    }
    await dropDatabases(shop, stand)
  })
  expect(wrong).toEqual([])
  expect(died).toBeGreaterThan(moments.length * 0.9)
}

/** Every moment at which the command changes its ledger, as the preload finds them in one left alone. */
async function momentsOf({ shop, args, env = {}, like, prepare }: Killed): Promise<readonly string[]> {
  const stand = await newStand(shop, like)
  await prepare?.(stand)
  const log = join(stand.effects, 'moments')
  const before = await stand.ledger.events()
  await stand.cli(args, { preload: [stand.ledger.preload], env: { ...env, DIE_LOG: log } })
  const written = (await stand.ledger.events()) - before
  await dropDatabases(shop, stand)
  const moments = readFileSync(log, 'utf8').trim().split('\n')
  // Each write has all its moments; a product that writes in another way must not go by unseen.
  const of = (kind: RegExp) => moments.filter(moment => kind.test(moment)).length
  expect([of(/ before \w/), of(/ half of \w/)]).toEqual([of(/ after \w/), of(/ after/)])
  const events = moments.flatMap(moment => /^\d+ after ([\w,-]+)$/.exec(moment)?.[1]?.split(',') ?? [])
  expect(events).toHaveLength(written)
  return moments
}

async function leftIn({ ledger }: Stand): Promise<Left> {
  const { number, id, types } = await ledger.newest()
  return { number, id, acted: types.includes('intent'), ended: types.includes('ended') }
}

/** Runs a command that is to end so, and holds the ledger against the head that it printed. */
export async function ends(
  wanted: Readonly<{ code: number; status: string }>,
  args: readonly string[],
  stand: Stand,
  env: Variables = {}
): Promise<void> {
  const { stdout, stderr, code } = await stand.cli(args, { env })
  expect({ args, code, said: stdout + stderr }).toEqual({
    args,
    code: wanted.code,
    said: expect.stringContaining(`${wanted.status}: `)
  })
  const check = await stand.cli(['verify', '--head', printedHead(stdout)])
  expect({ code: check.code, said: check.stdout }).toEqual({ code: 0, said: expect.anything() })
}

export async function refuses(reason: string, args: readonly string[], stand: Stand): Promise<void> {
  const { code, stdout } = await stand.cli([...args, '--json'])
  expect({ args, code, reason: JSON.parse(stdout).reason }).toEqual({ args, code: 2, reason })
}
