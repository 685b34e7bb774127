import { stat } from 'node:fs/promises'
import type { Shell } from '../../core/ports.js'
import type { Address } from './address.js'
import { runProgram } from './run-program.js'
import { normalizeSchema } from './schema-text.js'

/** How pg_dump and pg_restore are run: where they are, and what their processes get. */
export type Tools = Readonly<{ shell: Shell; bin: string; env: Readonly<Record<string, string>> }>

type Request = Readonly<{ database: Address; signal: AbortSignal }>

/** Writes a dump of the snapshot into an existing file. Waits at most a minute for locks, so that it never blocks a queue. */
export async function dump(
  tools: Tools,
  request: Request & Readonly<{ snapshot: string; file: string; compression: number; onBytes: (bytes: number) => void }>
): Promise<string | undefined> {
  const { database, snapshot, file, signal, compression } = request
  const look = setInterval(
    () =>
      void stat(file).then(
        ({ size }) => request.onBytes(size),
        () => {}
      ),
    500
  )
  try {
    const argv = [
      '-Fc',
      `-Z${compression}`,
      `--snapshot=${snapshot}`,
      '--lock-wait-timeout=60000',
      '--no-password',
      '-f',
      file
    ]
    return (await runProgram({ ...tools, argv: ['pg_dump', ...argv], database, signal })).failed
  } finally {
    clearInterval(look)
  }
}

/** The text of the schema, of one moment where a snapshot is named, without what is no part of a copy on another server. */
export async function dumpSchema(
  tools: Tools,
  { database, snapshot, signal }: Request & Readonly<{ snapshot?: string }>
): Promise<Readonly<{ schema: string } | { failed: string }>> {
  const moment = snapshot === undefined ? [] : [`--snapshot=${snapshot}`]
  const argv = ['--schema-only', '--no-comments', ...LEFT_OUT, ...moment, '--no-password']
  const run = { ...tools, argv: ['pg_dump', ...argv] as const, database, signal, rawBytes: 256 * 2 ** 20 }
  const { failed, stdout } = await runProgram(run)
  return failed === undefined ? { schema: normalizeSchema(stdout) } : { failed }
}

/** Fills an empty database with a stored dump; the reason if anything at all did not go in. */
export async function restoreDump(
  tools: Tools,
  { database, file, signal }: Request & Readonly<{ file: string }>
): Promise<string | undefined> {
  const argv = ['-j2', '--exit-on-error', ...LEFT_OUT, '--no-password', '-d', database.database, file]
  return (await runProgram({ ...tools, argv: ['pg_restore', ...argv], database, signal })).failed
}

// Tablespaces and label providers are the server's; a subscription would name the publisher with its password.
const LEFT_OUT = ['--no-tablespaces', '--no-security-labels', '--no-subscriptions']
