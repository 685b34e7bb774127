import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openJob } from './support/runner.js'
import { makeSite, type Site } from './support/site.js'

// Every way in which a program could speak to the runner, also in pieces and behind a lone carriage return.
const SPEAKS = `
const say = text => require('fs').writeSync(1, text)
say('::set-output name=evil::EVIL\\n  ::warning::EVIL\\n\\t::notice title=x::EVIL\\n##[error]EVIL\\nsome words ##[set-env name=EVIL]x\\n')
say('progress 10%\\r::stop-commands::EVIL\\n')
say(':')
setTimeout(() => { say(':err'); setTimeout(() => { say('or::EVIL\\n::debug::EVIL'); process.exitCode = 3 }, 20) }, 20)
`
const SAID = '::error::EVIL from the server\n##[group]EVIL'

let site: Site
let server: Server
beforeAll(async () => {
  server = createServer((_, response) => response.writeHead(500, { 'x-evil': '::error::EVIL' }).end(SAID))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const at = server.address()
  const port = typeof at === 'object' ? at?.port : 0
  const checklist = `
stages:
  preflight:
    - name: "::error::EVIL in a name"
      run: node speaks.cjs
    - http: GET http://127.0.0.1:${port}/
    - name: a header
      http: GET http://127.0.0.1:${port}/
      status: 500
      header: { x-evil: fine }
    - name: a file
      file: said.txt
      contains: fine
`
  site = makeSite({ 'deploy-checklist.yml': checklist, 'speaks.cjs': SPEAKS, 'said.txt': SAID })
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await site.remove()
})

/** As actions/runner reads a line: a command at its start, after any white space, or `##[…]` anywhere. */
const commandsIn = (text: string): readonly string[] =>
  text.split(/\r\n|\r|\n/).filter(line => /^\s*::[^:]/.test(line) || line.includes('##['))

test('what programs, servers, files and the checklist say is never read as a command', async () => {
  const job = openJob(site)
  const step = await job.stage({ ledger: 'run', stage: 'preflight' }).done
  expect(step.code).toBe(1)
  expect(step.stdout).toMatch(/EVIL/)
  const ours = /^::(group|endgroup|add-mask|error title=[^:]*|error file=[^:]*)::/
  expect(commandsIn(step.stdout + step.stderr).filter(line => !ours.test(line))).toEqual([])
  expect(step.outputs).not.toHaveProperty('evil')
  expect(commandsIn(step.stdout).filter(line => /^::error/.test(line)).length).toBeLessThanOrEqual(10)
})
