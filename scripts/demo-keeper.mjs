// Holds what the demo starts: its PostgreSQL server, and whatever lies in its folder. Ends all of it when the demo ends,
// however that happens, because then its input ends; told `keep`, only when it is ended itself.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const [folder, bin, bundle] = process.argv.slice(2)
const { startServer } = await import(bundle)
const ending = new AbortController()
const server = await startServer({ bin, listen: 'loopback', signal: ending.signal })
writeFileSync(join(folder, 'keeper.pid'), String(process.pid))
console.log(JSON.stringify({ url: server.url }))

let kept = false
const input = createInterface({ input: process.stdin })
input.on('line', line => {
  kept ||= line === 'keep'
})
input.on('close', () => {
  if (!kept) void end()
})
process.on('SIGTERM', () => void end())
// A server that nobody waits for would not keep this process alive.
setInterval(() => {}, 2 ** 30)

async function end() {
  endService(join(folder, 'app', 'service.pid'))
  await server.stop()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  process.exit(0)
}

function endService(file) {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 'SIGTERM')
  } catch {} // never started, or ended already
}
