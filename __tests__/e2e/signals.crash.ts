import { createServer, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { systemClock } from '../../src/shell/clock.js'
import { openLeftovers } from '../../src/shell/leftovers.js'
import { cancel, openJob } from './support/runner.js'
import { makeSite, type Site } from './support/site.js'

const STUBBORN = `trap '' INT TERM; echo deaf; while test -e "$EFFECTS"; do sleep 0.1; done`
const act = (run: string) => `
stages:
  deploy:
    - name: act
      run: ${JSON.stringify(run)}
      undo: "true"
`
const look = (item: string) => `
secrets: [DATABASE_URL]
databases: { main: { url: "\${DATABASE_URL}", at-least: snapshot } }
stages:
  preflight:
    - run: echo deaf
    ${item}
`

const leftovers = openLeftovers({ redactor: { add: () => {}, redact: text => text }, clock: systemClock() })
let site: Site
let silent: Server
const sockets = new Set<Socket>()
let url = ''
beforeAll(async () => {
  site = makeSite()
  // A database that accepts and never answers.
  silent = createServer(socket => void sockets.add(socket.on('error', () => {})))
  await new Promise<void>(resolve => silent.listen(0, '127.0.0.1', resolve))
  const at = silent.address()
  url = `postgres://shop:s3cret-of-the-shop@127.0.0.1:${typeof at === 'object' ? at?.port : ''}/shop`
})
afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  await new Promise(resolve => silent.close(resolve))
  await site.remove()
})

const CASES = [
  ['an action that hears neither SIGINT nor SIGTERM', act(STUBBORN), 'deploy', true],
  ['a check that hears neither', `stages:\n  preflight:\n    - run: ${JSON.stringify(STUBBORN)}\n`, 'preflight', false],
  ['a query of a database that hangs', look('- sql: select 1\n      value: 1'), 'preflight', false]
] as const

describe.each(CASES)('%s', (_, checklist, stage, acted) => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143]
  ] as const)('is over within seven seconds of %s', async (signal, code) => {
    const effects = site.place('effects')
    site.commit({ 'deploy-checklist.yml': checklist })
    const job = openJob(site, { env: { EFFECTS: effects, DATABASE_URL: url } })
    const inputs = { ledger: 'run', stage }
    if (stage === 'deploy')
      for (const before of ['preflight', 'backup', 'migrate']) await job.stage({ ...inputs, stage: before }).done
    const step = job.stage(inputs)
    await step.said('deaf')
    const ms = await cancel(step, signal)
    const done = await step.done
    expect({ ms: ms < 7_000, code: done.code, said: done.stdout + done.stderr }).toMatchObject({ ms: true, code })
    expect(await job.post(done, inputs)).toMatchObject({ code: 0 })
    const { record } = await job.journal()
    expect(record).toMatchObject({ status: 'CANCELLED', reason: 'cancelled', acted, holdsEnvironment: acted })
    expect(await leftovers.find(record.id)).toEqual([])
  })
})
