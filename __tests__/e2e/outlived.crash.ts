import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { makeSite, type Site, until, type Variables } from './support/site.js'

// A child that is in the middle of something when its parent is killed, and goes on.
const SLOW = {
  'early.sh': '#!/bin/sh\necho "$1" >>"$EFFECTS/$1"\ntouch "$EFFECTS/begun-$1"\nsleep 1.5\ntouch "$EFFECTS/ended-$1"\n',
  'late.sh': '#!/bin/sh\ntouch "$EFFECTS/begun-$1"\nsleep 1.5\necho "$1" >>"$EFFECTS/$1"\n'
}
const checklist = (run: string, more = '') => `
stages:
  deploy:
    - name: service
      run: ${run}
      undo: \${UNDO:-true}; echo undid >>"$EFFECTS/undid"
${more}
  smoke-test:
    - name: fine
      run: "true"
`
const PROBE = '      probe: test -e "$EFFECTS/did" && test ! -e "$EFFECTS/undid"'

let site: Site
beforeAll(() => {
  site = makeSite({ ...SLOW, 'deploy-checklist.yml': checklist('./early.sh did', PROBE) })
})
afterAll(async () => await site.remove())

/** A stand where a first release is live, so that there is a way back. */
async function begun(text: string) {
  const effects = site.place('effects')
  site.commit({ 'deploy-checklist.yml': checklist('"true"') })
  const ledger = join(effects, 'ledger')
  const cli = (command: string, args: readonly string[] = [], env: Variables = {}) =>
    site.start('cli.js', [command, '--ledger', `file:${ledger}`, ...args], { env: { EFFECTS: effects, ...env } })
  expect(await cli('run').ended).toMatchObject({ code: 0 })
  site.commit({ 'deploy-checklist.yml': text })
  const count = (name: string) =>
    existsSync(join(effects, name)) ? readFileSync(join(effects, name), 'utf8').split('\n').length - 1 : 0
  /** Kills the parent once its child has begun. */
  const killedDuring = async (name: string, command: string, args: readonly string[] = [], env: Variables = {}) => {
    const { child, ended } = cli(command, args, env)
    await until(() => existsSync(join(effects, `begun-${name}`)), `${name} begins`)
    child.kill('SIGKILL')
    expect(await ended).toMatchObject({ signal: 'SIGKILL' })
  }
  return { cli, count, killedDuring, there: (name: string) => existsSync(join(effects, name)) }
}

describe.each(['early', 'late'])('a child with its effect %s, whose parent was killed', when => {
  test('is waited for by a resume, and not repeated', async () => {
    const { cli, count, killedDuring } = await begun(checklist(`./${when}.sh did`, PROBE))
    await killedDuring('did', 'run')
    const { code, stdout } = await cli('run', ['--resume']).ended
    expect(stdout).toMatch(/waiting for what an earlier process left running/)
    expect([code, count('did'), count('undid')]).toEqual([0, 1, 0])
  })

  test('is waited for by a rollback, and undone once', async () => {
    const { cli, count, killedDuring } = await begun(checklist(`./${when}.sh did`, PROBE))
    await killedDuring('did', 'run')
    const { code, stdout } = await cli('rollback').ended
    expect([code, count('did'), count('undid'), stdout]).toEqual([0, 1, 1, expect.stringMatching(/SUCCESS/)])
  })
})

test.each([
  ['done', 1],
  ['again', 2]
])('without a probe nobody knows, until a person says: %s', async (words, times) => {
  const { cli, count, killedDuring } = await begun(checklist('./early.sh did'))
  await killedDuring('did', 'run')
  const asked = await cli('run', ['--resume', '--json']).ended
  expect([asked.code, JSON.parse(asked.stdout)]).toEqual([
    4,
    expect.objectContaining({ status: 'WAITING', reason: 'unknown_effect' })
  ])
  expect(count('did')).toBe(1)
  const { code } = await cli('run', ['--resume', '--sign', `deploy/service=ada:${words}`]).ended
  expect([code, count('did')]).toEqual([0, times])
})

test('an undo that outlives its parent is waited for, and not repeated', async () => {
  const { cli, count, killedDuring, there } = await begun(checklist('echo did >>"$EFFECTS/did"', PROBE))
  expect(await cli('run').ended).toMatchObject({ code: 0 })
  await killedDuring('undone', 'rollback', [], { UNDO: './early.sh undone' })
  const { code } = await cli('rollback').ended
  expect(there('ended-undone')).toBe(true)
  expect([code, count('did'), count('undone'), count('undid')]).toEqual([0, 1, 1, 1])
})
