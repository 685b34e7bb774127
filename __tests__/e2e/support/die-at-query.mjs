// Preloaded into dist/: counts the moments at which this process writes to its ledger on a server, writes each down in
// DIE_LOG, and kills itself at the one whose number is DIE_AT. Nothing of the product knows of it.
import { appendFileSync } from 'node:fs'
import { Socket } from 'node:net'

const { DIE_LOG, DIE_AT = '0' } = process.env
const WRITE = /deploy_checklist\.(append|create_execution|remove_execution)\(/
// ReadyForQuery, outside of a transaction: what was asked is done and durable.
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49])
const unanswered = new Map()
let count = 0

/** True at the moment where this process is to die. */
function comes(what) {
  count += 1
  if (DIE_LOG !== undefined) appendFileSync(DIE_LOG, `${count} ${what}\n`)
  return count === Number(DIE_AT)
}
const die = () => process.kill(process.pid, 'SIGKILL')
const dieIf = what => comes(what) && die()

const { _write, emit } = Socket.prototype

/** Before the server is told, with half of it told, and once it has answered but nobody has read that. */
function send(socket, bytes, done) {
  const text = bytes.toString('latin1')
  const pass = (part, then) => Reflect.apply(_write, socket, [part, 'buffer', then])
  if (!WRITE.test(text)) return pass(bytes, done)
  const events = [...text.matchAll(/"type":"([a-z-]+)"/g)].map(([, type]) => type).join()
  dieIf(`before ${events}`)
  if (comes(`half of ${events}`)) return pass(bytes.subarray(0, bytes.length / 2), die)
  unanswered.set(socket, events)
  return pass(bytes, done)
}

Socket.prototype._write = function (chunk, encoding, done) {
  return send(this, Buffer.from(chunk, encoding), done)
}
Socket.prototype._writev = function (chunks, done) {
  return send(this, Buffer.concat(chunks.map(({ chunk, encoding }) => Buffer.from(chunk, encoding))), done)
}
Socket.prototype.emit = function (event, ...args) {
  const events = unanswered.get(this)
  if (event === 'data' && events !== undefined && READY.equals(args[0].subarray(-READY.length))) {
    unanswered.delete(this)
    dieIf(`after ${events}`)
  }
  return Reflect.apply(emit, this, [event, ...args])
}
