import { constants, writeSync } from 'node:fs'
import { type FileHandle, open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isCode } from './file-faults.js'

const PRIVATE = 0o600

/** The whole file or the one before, also after a loss of power; 0600. */
export async function replaceFile(path: string, text: string): Promise<void> {
  await replaceQuickly(path, text, handle => handle.sync())
  await syncFolder(dirname(path))
}

/** The same without waiting for the disk, for what can be made again from other files. */
export async function replaceQuickly(
  path: string,
  text: string,
  sync: (handle: FileHandle) => Promise<void> = async () => {}
): Promise<void> {
  // Always the same name: one process writes at a time, and a killed one leaves no more than this.
  const temporary = `${path}.tmp`
  const handle = await open(temporary, 'w', PRIVATE)
  try {
    await handle.writeFile(text)
    await sync(handle)
  } finally {
    await handle.close()
  }
  await rename(temporary, path)
}

/**
 * Writes at the end of a file whose end is at `at`, cutting what stands behind it first. Durable when it resolves; when
 * it throws, what it wrote has been taken back as far as the disk let us.
 */
export async function writeAt(path: string, at: number, text: string): Promise<void> {
  const handle = await open(path, constants.O_WRONLY | constants.O_CREAT, PRIVATE)
  try {
    await handle.truncate(at)
    await writeDurably(handle, at, text)
  } finally {
    await handle.close()
  }
}

export async function writeDurably(handle: FileHandle, at: number, text: string): Promise<void> {
  const bytes = Buffer.from(text)
  // The write itself only fills memory, which is quicker than handing it over; it is the disk that is waited for.
  try {
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(handle.fd, bytes, done, bytes.length - done, at + done)
    }
    await handle.datasync()
  } catch (error) {
    await handle.truncate(at).catch(() => {})
    throw error
  }
}

/** New names in a folder survive a loss of power only after this. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

export async function removeFile(path: string): Promise<void> {
  try {
    await unlink(path)
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error
  }
}
