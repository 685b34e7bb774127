import { type ChildProcess, spawn } from 'node:child_process'
import type { User } from './run-as.js'

// Ends the server, waits until it is gone, and removes its folder.
const TEXT = `read -r never
kill -QUIT "$1"
n=0
while kill -0 "$1" && [ $n -lt 50 ]; do sleep 0.1; n=$((n + 1)); done
kill -KILL "$1"
rm -rf "$2"`

/**
 * A shell that reads what never comes. The end of its input means that our process is gone, however that happened: then
 * it ends the server and removes its folder. Kill it (SIGKILL) when the server is stopped in order.
 */
export function startGuardian({
  pid,
  folder,
  user
}: Readonly<{ pid: number; folder: string; user: User | undefined }>): ChildProcess {
  const guardian = spawn('/bin/sh', ['-c', TEXT, 'sh', String(pid), folder], {
    ...user,
    cwd: '/',
    env: { PATH: '/usr/bin:/bin' },
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore']
  })
  guardian.on('error', () => {}) // then only the next start finds what is left
  guardian.unref()
  // A pipe is a socket here, which keeps a process waiting unless told not to.
  const pipe = guardian.stdin
  if (pipe !== null && 'unref' in pipe && typeof pipe.unref === 'function') pipe.unref()
  return guardian
}
