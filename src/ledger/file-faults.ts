import { messageOf, refused, unavailable } from '../core/errors.js'

export const isCode = (error: unknown, code: string): boolean => codeOf(error) === code

// By its shape: a fault of the file system may come from another realm, where `instanceof` says no.
const codeOf = (error: unknown): unknown =>
  typeof error === 'object' && error !== null && 'code' in error && 'syscall' in error ? error.code : undefined

/** Runs work on files; a fault of the file system is translated once, here. */
export async function onDisk<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw translate(folder, error)
  }
}

function translate(folder: string, error: unknown): unknown {
  if (['EACCES', 'EPERM', 'EROFS'].some(code => isCode(error, code))) {
    const message = `the ledger in ${folder} cannot be read or written: ${messageOf(error)}`
    return refused('missing_right', message, `Give this user the folder: chown -R "$(id -un)" '${folder}'`, error)
  }
  if (codeOf(error) !== undefined) {
    const message = `the ledger in ${folder} cannot be used: ${messageOf(error)}`
    return unavailable('ledger_unavailable', message, 'Look at the disk (space, mount), then try again.', error)
  }
  return error
}
