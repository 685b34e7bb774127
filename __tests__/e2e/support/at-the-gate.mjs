// Preloaded into dist/: where this process would touch its ledger for the first time it says so and stops, until somebody
// opens the FIFO GATE for writing. So all who stand there come to the lock at once, whenever they were started.
import fs, { closeSync, openSync, writeSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { Socket } from 'node:net'

const { GATE, EFFECTS } = process.env
let came = false

function stop() {
  if (came) return
  came = true
  writeSync(2, 'at the gate\n')
  closeSync(openSync(GATE, 'r'))
}

for (const module of [fs, fs.promises]) {
  for (const [name, original] of Object.entries(module)) {
    if (!/^[a-z]/.test(name) || typeof original !== 'function') continue
    const guarded = function (...args) {
      if (String(args[0]).startsWith(`${EFFECTS}/ledger`)) stop()
      return Reflect.apply(original, this, args)
    }
    module[name] = Object.assign(guarded, original)
  }
}

const { connect } = Socket.prototype
Socket.prototype.connect = function (...args) {
  stop()
  return Reflect.apply(connect, this, args)
}
syncBuiltinESMExports()
