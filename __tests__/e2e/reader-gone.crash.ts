import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { makeSite, type Running, type Site } from './support/site.js'

const TALKS = `
stages:
  deploy:
    - name: act
      run: for i in 1 2 3 4 5; do echo line $i; sleep 0.2; done; echo done >> "$EFFECTS/log"
      undo: "true"
  smoke-test:
    - run: grep -q done "$EFFECTS/log"
`

let site: Site
beforeAll(() => {
  site = makeSite({ 'deploy-checklist.yml': TALKS })
})
afterAll(async () => await site.remove())

/** A run whose output is read up to the first line of its action, and from then on by nobody. */
async function leftAlone(env: Record<string, string>): Promise<Running> {
  const run = site.start('cli.js', ['run'], { env })
  await run.said('line 1')
  run.child.stdout?.destroy()
  run.child.stderr?.destroy()
  return run
}

async function newest(env: Record<string, string>) {
  const { stdout } = await site.cli(['history', '--json'], { env })
  return JSON.parse(stdout).records[0]
}

test('a run whose reader has ended goes on to its end', async () => {
  const effects = site.place('effects')
  const env = { EFFECTS: effects, XDG_STATE_HOME: site.place('state') }
  const run = await leftAlone(env)
  expect(await run.ended).toMatchObject({ code: 0, signal: null })
  expect(readFileSync(join(effects, 'log'), 'utf8')).toBe('done\n')
  expect(await newest(env)).toMatchObject({ status: 'SUCCESS', holdsEnvironment: false })
})

test('a connection that breaks cancels, and the cancel is obeyed without a word', async () => {
  const env = { EFFECTS: site.place('effects'), XDG_STATE_HOME: site.place('state') }
  const run = await leftAlone(env)
  process.kill(run.pid, 'SIGHUP')
  expect(await run.ended).toMatchObject({ code: 130, signal: null })
  expect(await newest(env)).toMatchObject({ status: 'CANCELLED', reason: 'cancelled', holdsEnvironment: true })
})
