// Preloaded into dist/: a machine without pg_dump and its like, whatever this one has, so that a backup is a snapshot.
import fs from 'node:fs/promises'
import { syncBuiltinESMExports } from 'node:module'

const { access } = fs
fs.access = async (path, mode) => {
  if (!/\/(pg_dump|pg_restore|initdb)$/.test(String(path))) return await access(path, mode)
  throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' })
}
syncBuiltinESMExports()
