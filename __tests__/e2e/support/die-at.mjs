// Preloaded into dist/: counts the moments at which this process changes its ledger on the disk, writes each down in
// DIE_LOG, and kills itself at the one whose number is DIE_AT. Nothing of the product knows of it.
import sync, { appendFileSync } from 'node:fs'
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'
import { basename } from 'node:path'

const { DIE_LOG, DIE_AT = '0' } = process.env
const paths = new WeakMap()
const byNumber = new Map()
let count = 0

/** True at the moment where this process is to die. */
function comes(what) {
  count += 1
  if (DIE_LOG !== undefined) appendFileSync(DIE_LOG, `${count} ${what}\n`)
  return count === Number(DIE_AT)
}
const die = () => process.kill(process.pid, 'SIGKILL')
const dieIf = what => comes(what) && die()
const isJournal = path => typeof path === 'string' && path.endsWith('.jsonl')

const { open, rename } = fs
let patched = false
let events = ''
fs.open = async (path, ...rest) => {
  const handle = await open(path, ...rest)
  paths.set(handle, path)
  byNumber.set(handle.fd, path)
  if (!patched) patch(Object.getPrototypeOf(handle))
  patched = true
  return handle
}

fs.rename = async (from, to) => {
  await rename(from, to)
  if (/redo\.json$|index\.json$|\.record\.json$/.test(String(to))) dieIf(`${basename(String(to)).slice(-11)} renamed`)
}

// The product fills memory by writeSync and waits for the disk by datasync; by number, since a handle's number comes again.
const { writeSync } = sync
sync.writeSync = (fd, bytes, offset, length, at) => {
  if (!isJournal(byNumber.get(fd))) return writeSync(fd, bytes, offset, length, at)
  events = [...bytes.toString('utf8').matchAll(/"type":"([a-z-]+)"/g)].map(([, type]) => type).join()
  dieIf(`before ${events}`)
  if (comes(`half of ${events}`)) {
    writeSync(fd, bytes, offset, Math.floor(length / 2), at)
    die()
  }
  return writeSync(fd, bytes, offset, length, at)
}

function patch(prototype) {
  const { datasync } = prototype
  prototype.datasync = async function () {
    await datasync.call(this)
    if (isJournal(paths.get(this))) dieIf(`after ${events}`)
  }
}
syncBuiltinESMExports()
