import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openStand } from './stand.js'

const TOKEN = 'captok-987654321'
let server: Server
let address = ''
beforeAll(async () => {
  server = createServer((_, response) =>
    response.writeHead(200, { 'x-state': 'FAILED' }).end(JSON.stringify({ token: TOKEN, id: 4711471147 }))
  )
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const at = server.address()
  address = `http://127.0.0.1:${typeof at === 'object' ? at?.port : ''}`
})
afterAll(async () => await new Promise(resolve => server.close(resolve)))

test('what was captured enters neither output nor journal nor result, and the runner hears of it', async () => {
  const at = openStand(`
name: shop
stages:
  preflight:
    - http: GET ${address}/login
      id: login
      capture: { TOK2: $.token, ORDER: $.id, STATE: "header:x-state" }
    - run: echo "$TOK2 is of $ORDER"; echo "$TOK2" | base64; exit 1
      id: prints
  deploy:
    - run: "true"
      undo: "true"
`)
  const { masked, ...done } = await at.does('run')
  const told = JSON.stringify([done, await at.records(), (await at.does(`show ${done.id}`)).json])
  expect(done.said).toContain('*** is of 4711471147')
  expect(told).not.toContain(TOKEN)
  expect(told).not.toContain(Buffer.from(TOKEN).toString('base64').slice(0, 12))
  expect(masked).toEqual([TOKEN, 'FAILED'])
  // Codes stay what they are, whatever a server calls itself.
  expect([done.result.status, done.result.reason]).toEqual(['FAILED', 'preflight_failed'])
})
