// Preloaded into dist/: counts the moments at which this process changes its ledger on the disk, writes each down in
// DIE_LOG, and kills itself at the one whose number is DIE_AT. Nothing of the product knows of it.
import sync, { appendFileSync, readlinkSync } from 'node:fs'
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { basename } from 'node:path'

const { DIE_LOG, DIE_AT = '0' } = process.env
let count = 0
let events = ''

/** True at the moment where this process is to die. */
function comes(what) {
  count += 1
  if (DIE_LOG !== undefined) appendFileSync(DIE_LOG, `${count} ${what}\n`)
  return count === Number(DIE_AT)
}
const die = () => process.kill(process.pid, 'SIGKILL')
const dieIf = what => comes(what) && die()
const isJournal = fd => readlinkSync(`/proc/self/fd/${fd}`).endsWith('.jsonl')

/** Before a journal is written to, and with half of it written; `half` writes that. */
function aroundWrite(bytes, half) {
  events = [...bytes.toString('utf8').matchAll(/"type":"([a-z-]+)"/g)].map(([, type]) => type).join()
  dieIf(`before ${events}`)
  return comes(`half of ${events}`) ? half() : undefined
}

const { writeSync } = sync
sync.writeSync = (fd, bytes, offset, length, at) => {
  const half = () => die(writeSync(fd, bytes, offset, Math.floor(length / 2), at))
  if (typeof bytes !== 'string' && isJournal(fd)) aroundWrite(bytes, half)
  return writeSync(fd, bytes, offset, length, at)
}

const { open, rename } = fs
let patched = false
fs.open = async (...args) => {
  const handle = await open(...args)
  if (!patched) patch(Object.getPrototypeOf(handle))
  patched = true
  return handle
}

fs.rename = async (from, to) => {
  await rename(from, to)
  if (/redo\.json$|index\.json$|\.record\.json$/.test(String(to))) dieIf(`${basename(String(to)).slice(-11)} renamed`)
}

function patch(prototype) {
  const { write, datasync } = prototype
  prototype.write = async function (bytes, offset, length, at) {
    const half = async () => die(await write.call(this, bytes, offset, Math.floor(length / 2), at))
    if (isJournal(this.fd)) await aroundWrite(bytes, half)
    return await write.call(this, bytes, offset, length, at)
  }
  prototype.datasync = async function () {
    await datasync.call(this)
    if (isJournal(this.fd)) dieIf(`after ${events}`)
  }
}
syncBuiltinESMExports()
