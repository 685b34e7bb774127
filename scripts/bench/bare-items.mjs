// What Node itself needs for the same items: start each program in a group of its own with its output read, wait until
// it has ended, and with a second argument write one line durably for each. Nothing is decided, recorded or shown.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fdatasyncSync, openSync, writeSync } from 'node:fs'

const [count, journal] = process.argv.slice(2)
const file = journal === undefined ? undefined : openSync(journal, 'w')
for (let item = 0; item < Number(count); item++) {
  if (file !== undefined) {
    writeSync(file, `${'x'.repeat(600)}\n`)
    fdatasyncSync(file)
  }
  const child = spawn('sh', ['-c', 'true'], { detached: true, stdio: ['ignore', 'pipe', 'pipe'] })
  for (const stream of [child.stdout, child.stderr]) stream.resume()
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`it ended with ${code}`)
}
