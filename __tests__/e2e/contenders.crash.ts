import { execFileSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { usePostgres } from '../fakes/postgres-server.js'
import { type Ended, makeSite, type Site, type StartOptions, until, type Variables } from './support/site.js'

const server = usePostgres('embedded', { max_connections: '200' })

/** Says in one file when it begins and when it ends, so that two at once would be seen; holds on while `hold` is there. */
const ACT = `#!/bin/sh
echo "begin $DEPLOY_EXECUTION" >>"$EFFECTS/acts"
while test -e "$EFFECTS/hold"; do sleep 0.05; done
echo "end $DEPLOY_EXECUTION" >>"$EFFECTS/acts"
`
const CHECKLIST = `
stages:
  preflight:
    - name: a look
      run: while test -e "$EFFECTS/look"; do sleep 0.05; done
  deploy:
    - name: act
      run: ./act.sh
      undo: echo undone >>"$EFFECTS/undone"
      probe: grep -q "end $DEPLOY_EXECUTION" "$EFFECTS/acts"
  smoke-test:
    - run: "true"
`

let site: Site
beforeAll(() => {
  site = makeSite({ 'act.sh': ACT, 'deploy-checklist.yml': CHECKLIST })
})
afterAll(async () => await site?.remove())

type Arena = Readonly<{ ledger: string; env: Variables; effects: string }>
const inFiles = async (): Promise<Arena> => {
  const effects = site.place('arena')
  return { ledger: `file:${join(effects, 'ledger')}`, env: { EFFECTS: effects }, effects }
}
const inPostgres = async (): Promise<Arena> => {
  const effects = site.place('arena')
  return { ledger: 'env:LEDGER_URL', env: { EFFECTS: effects, LEDGER_URL: await server.create() }, effects }
}

// What Node has compiled once the next process need not compile again; a sixth of what a contender costs.
const startWith = ({ ledger, env }: Arena, args: readonly string[], more: StartOptions = {}) =>
  site.start('cli.js', [...args, '--ledger', ledger], {
    ...more,
    env: { ...env, ...more.env, NODE_COMPILE_CACHE: join(site.base, 'compiled') }
  })
const start = (arena: Arena, ...args: readonly string[]) => startWith(arena, args)

/** So many processes of their own, each about to touch the ledger; `open` lets all of them go at once. */
async function atTheGate(arena: Arena, many: number, ...args: readonly string[]) {
  const gate = join(arena.effects, 'gate')
  execFileSync('mkfifo', [gate])
  const options = { preload: ['at-the-gate.mjs'], env: { GATE: gate } }
  const all = Array.from({ length: many }, () => startWith(arena, args, options))
  await Promise.all(all.map(({ said }) => said('at the gate')))
  return { all, open: () => openSync(gate, 'r+') }
}
const linesIn = ({ effects }: Arena, name: string): readonly string[] =>
  existsSync(join(effects, name)) ? readFileSync(join(effects, name), 'utf8').trim().split('\n') : []
const reasonOf = ({ stdout }: Ended): string => JSON.parse(stdout).reason

/** Each that began has ended before the next one began. */
function acted(arena: Arena): number {
  const lines = linesIn(arena, 'acts')
  const pairs = lines.flatMap((line, at) => (at % 2 === 0 ? [[line, lines[at + 1]]] : []))
  for (const [begin, end] of pairs) expect(end).toBe(begin?.replace('begin', 'end'))
  return pairs.length
}

describe.each([
  ['a file ledger', inFiles],
  ['a PostgreSQL ledger', inPostgres]
] as const)('%s', (_, arenaOf) => {
  test('of fifty processes that come at once one acts, 20 times', async () => {
    for (let round = 0; round < 20; round++) {
      const arena = await arenaOf()
      writeFileSync(join(arena.effects, 'hold'), '')
      const { all, open } = await atTheGate(arena, 50, 'run', '--json')
      const gate = open()
      let over = 0
      for (const { ended } of all) void ended.then(() => over++)
      // The winner holds on until all others have found out.
      await until(() => over === 49 || linesIn(arena, 'acts').length > 1, 'all but one end', 60_000)
      expect(linesIn(arena, 'acts')).toHaveLength(1)
      rmSync(join(arena.effects, 'hold'))
      const ended = await Promise.all(all.map(one => one.ended))
      const found = ended.map(one => `${one.code} ${reasonOf(one)}`)
      expect(found.filter(one => one === '0 ok')).toHaveLength(1)
      expect(new Set(found.filter(one => one !== '0 ok'))).toEqual(new Set(['2 environment_held']))
      expect(acted(arena)).toBe(1)
      closeSync(gate)
    }
  })

  test('who comes while nobody acts any more runs, too, and never two at once', async () => {
    const arena = await arenaOf()
    const ended = await Promise.all(Array.from({ length: 12 }, () => start(arena, 'run', '--json').ended))
    const won = ended.filter(({ code }) => code === 0).length
    expect(ended.filter(one => one.code !== 0).map(reasonOf)).toEqual(Array(12 - won).fill('environment_held'))
    expect(acted(arena)).toBe(won)
  })

  test('a holder that is stopped lives: nobody takes it over, and it goes on', async () => {
    const arena = await arenaOf()
    writeFileSync(join(arena.effects, 'look'), '')
    const holder = start(arena, 'run')
    await holder.said('preflight started')
    holder.child.kill('SIGSTOP')
    expect(await refusal(arena, 'run')).toEqual([2, 'environment_held'])
    expect(await refusal(arena, 'run', '--resume')).toEqual([2, 'environment_held'])
    holder.child.kill('SIGCONT')
    rmSync(join(arena.effects, 'look'))
    expect((await holder.ended).code).toBe(0)
    expect(acted(arena)).toBe(1)
  })

  test('one that died before its first action is taken over', async () => {
    const arena = await arenaOf()
    writeFileSync(join(arena.effects, 'look'), '')
    const dead = start(arena, 'run')
    await dead.said('preflight started')
    dead.child.kill('SIGKILL')
    await dead.ended
    rmSync(join(arena.effects, 'look'))
    expect((await start(arena, 'run').ended).code).toBe(0)
    expect(acted(arena)).toBe(1)
    expect(await statuses(arena)).toEqual(['SUCCESS', 'CANCELLED'])
  })

  test.each([
    ['resumed', ['run', '--resume'], ['SUCCESS', 'SUCCESS']],
    ['rolled back', ['rollback'], ['SUCCESS', 'FAILED', 'SUCCESS']]
  ])('one that died after its first action is only %s', async (_, args, expected) => {
    const arena = await arenaOf()
    expect((await start(arena, 'run').ended).code).toBe(0)
    writeFileSync(join(arena.effects, 'hold'), '')
    const dead = start(arena, 'run')
    await dead.said('deploy/act started')
    await until(() => linesIn(arena, 'acts').length === 3, 'it acts')
    dead.child.kill('SIGKILL')
    await dead.ended
    expect(await refusal(arena, 'run')).toEqual([2, 'unfinished_execution'])
    rmSync(join(arena.effects, 'hold'))
    expect(await start(arena, ...args).ended).toMatchObject({ code: 0 })
    expect(await statuses(arena)).toEqual(expected)
    expect([acted(arena), linesIn(arena, 'undone').length]).toEqual([2, args[0] === 'rollback' ? 1 : 0])
  })
})

async function refusal(arena: Arena, ...args: readonly string[]): Promise<readonly unknown[]> {
  const ended = await start(arena, ...args, '--json').ended
  return [ended.code, reasonOf(ended)]
}

async function statuses(arena: Arena): Promise<readonly string[]> {
  const { stdout } = await start(arena, 'history', '--json').ended
  return JSON.parse(stdout).records.map(({ status }: { status: string }) => status)
}
