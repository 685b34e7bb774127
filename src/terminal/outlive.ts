/** What somebody reads, or has stopped to read: a pipe whose reader ended, a terminal whose connection broke. */
type Watched = Pick<NodeJS.WritableStream, 'on' | 'write'>

const NOBODY_READS = ['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED']

/**
 * Output that cannot be written is dropped: without a listener Node would end this process at it, in the middle of an
 * action. What is done goes on, and the journal tells of it. That a disk is full is said where it still can be.
 */
export function outlive(stdout: Watched, stderr: Watched): void {
  let said = false
  stdout.on('error', ({ code = 'unknown error' }: NodeJS.ErrnoException) => {
    if (said || NOBODY_READS.includes(code)) return
    said = true
    stderr.write(`Output cannot be written (${code}): the run goes on, what it prints is incomplete.\n`)
  })
  stderr.on('error', () => {})
}
