// What Node itself needs for the same checks: read the checklist with positions, and ten at a time send its requests
// and parse the answers. Nothing is judged, recorded or shown.
import { readFileSync } from 'node:fs'
import { Agent, get } from 'node:http'
import { LineCounter, parseDocument } from 'yaml'

const [file] = process.argv.slice(2)
const checklist = parseDocument(readFileSync(file, 'utf8'), { lineCounter: new LineCounter() }).toJS()
const agent = new Agent({ keepAlive: true, maxSockets: 10 })
const queue = checklist.stages['smoke-test'].map(({ http }) => `${checklist.vars.BASE_URL}${http.replace('GET ', '')}`)
await Promise.all(Array.from({ length: 10 }, work))
agent.destroy()

async function work() {
  for (let url = queue.shift(); url !== undefined; url = queue.shift()) JSON.parse(await textOf(url))
}

function textOf(url) {
  return new Promise((resolve, reject) => {
    get(url, { agent }, response => {
      const parts = []
      response.on('data', part => parts.push(part)).on('end', () => resolve(Buffer.concat(parts).toString()))
    }).on('error', reject)
  })
}
