// Holds what the demo starts: its PostgreSQL server, and whatever lies in its folder. Ends all of it when the demo ends,
// however that happens, because then its input ends; told `keep`, it stays until it is ended itself.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const [folder, bin, bundle] = process.argv.slice(2)
const { startServer } = await import(bundle)
const ending = new AbortController()
const server = await startServer({ bin, listen: 'loopback', signal: ending.signal })
writeFileSync(join(folder, 'keeper.pid'), String(process.pid))
console.log(JSON.stringify({ url: server.url }))

const told = new Set()
const input = createInterface({ input: process.stdin })
input.on('line', line => told.add(line))
input.on('close', () => {
  if (!told.has('keep')) void end()
})
process.on('SIGTERM', () => void end())
// A server that nobody waits for would not keep this process alive.
setInterval(() => {}, 2 ** 30)

async function end() {
  endService(join(folder, 'app', 'service.pid'))
  await server.stop()
  // Where the demo was killed, what it had started may still write here until it finds that the database is gone.
  const tries = told.has('end') || told.has('keep') ? 1 : 40
  for (let left = tries; left > 0 && !remove(); left -= 1) await new Promise(resolve => setTimeout(resolve, 500))
  process.exit(0)
}

/** True once it has been gone for a while: what is removed under a writer comes back. */
function remove() {
  const gone = !existsSync(folder)
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  } catch {} // written to just now; the next try removes it
  return gone
}

function endService(file) {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 'SIGTERM')
  } catch {} // never started, or ended already
}
