import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'
import { dropDatabase, newStand, type Shop, type Stand } from './counting-shop.js'
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

/** What an untouched ledger says of its newest execution. */
export type Left = Readonly<{ number: number; id: string; acted: boolean; ended: boolean }>

/**
 * Between two writes things differ only by what is done there: after an intent nothing has been, at the next write all.
 * A write that is half there is harder than one that was not begun.
 */
export const eachState = (moment: string): boolean => /half|after.*(intent|note|ended)|redo|index/.test(moment)

/** At each wanted moment: a stand of its own, the command killed there; `then` goes on and judges. */
export async function atEachMoment(killed: Killed, then: (stand: Stand, left: Left) => Promise<void>): Promise<void> {
  const { shop, args, env = {}, like } = killed
  const moments = (await momentsOf(killed)).filter(killed.wanted)
  expect(moments.length).toBeGreaterThan(15)
  const wrong: unknown[] = []
  await inParallel(3, moments, async moment => {
    const stand = await newStand(shop, like)
    await killed.prepare?.(stand)
    const at = { ...env, DIE_AT: String(Number.parseInt(moment, 10)) }
    const { signal } = await stand.cli(args, { preload: ['die-at.mjs'], env: at })
    const left = leftIn(stand)
    try {
      // One that wrote less often than the first came to its end; that is a moment too.
      if (!left.ended) expect(signal).toBe('SIGKILL')
      await then(stand, left)
    } catch (error) {
      wrong.push(`killed at ${moment}: ${error}`)
    }
    await dropDatabase(shop, stand)
  })
  expect(wrong).toEqual([])
}

/** Every moment at which the command changes its ledger on the disk, as the preload finds them in one left alone. */
async function momentsOf({ shop, args, env = {}, like, prepare }: Killed): Promise<readonly string[]> {
  const stand = await newStand(shop, like)
  await prepare?.(stand)
  const log = join(stand.effects, 'moments')
  await stand.cli(args, { preload: ['die-at.mjs'], env: { ...env, DIE_LOG: log } })
  await dropDatabase(shop, stand)
  const moments = readFileSync(log, 'utf8').trim().split('\n')
  // Each write has all its moments; a product that writes in another way must not go by unseen.
  const of = (kind: RegExp) => moments.filter(moment => kind.test(moment)).length
  expect([of(/ before \w/), of(/ half of \w/)]).toEqual([of(/ after \w/), of(/ after/)])
  return moments
}

/** Read without the product, which would mend what it finds. */
function leftIn({ ledger }: Stand): Left {
  const folder = join(ledger, readdirSync(ledger)[0] ?? '')
  const files = new Map(
    readdirSync(folder)
      .filter(name => name.endsWith('.jsonl') || name === 'redo.json')
      .map(name => [name, readFileSync(join(folder, name), 'utf8')])
  )
  // What stands in the redo file has happened: whoever comes next does it.
  const redo = JSON.parse(files.get('redo.json') ?? '{"writes":[]}')
  for (const { file, at, text } of redo.writes) files.set(file, (files.get(file) ?? '').slice(0, at) + text)
  files.delete('redo.json')
  const [name = '', text = ''] = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).at(-1) ?? []
  const types = text
    .split('\n')
    .slice(0, -1)
    .flatMap(line => JSON.parse(line).events)
    .map(({ body }) => body.type)
  const [, number = '0', id = ''] = /^(\d+)-(.*)\.jsonl$/.exec(name) ?? []
  return { number: Number(number), id, acted: types.includes('intent'), ended: types.includes('ended') }
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
