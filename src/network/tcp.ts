import type { Tcp } from '../core/ports.js'
import { formatDuration } from '../core/units.js'
import { codeOf } from './faults.js'

type Answer = Awaited<ReturnType<Tcp['connect']>>

/** Connects and hangs up. */
export const openTcp = (): Tcp => ({
  connect: async ({ host, port, timeoutMs, signal }) => {
    const { connect } = await import('node:net')
    return new Promise<Answer>(resolve => {
      const socket = connect({ host, port })
      const end = (answer: Answer) => {
        clearTimeout(timer)
        signal.removeEventListener('abort', giveUp)
        socket.destroy()
        resolve(answer)
      }
      const giveUp = () => end({ open: false, answer: 'none', why: 'the check was ended' })
      const late = () => end({ open: false, answer: 'silent', why: `no answer within ${formatDuration(timeoutMs)}` })
      const timer = setTimeout(late, timeoutMs)
      signal.addEventListener('abort', giveUp, { once: true })
      socket.once('connect', () => end({ open: true }))
      socket.once('error', cause => end(closed(codeOf(cause) || cause.message)))
      if (signal.aborted) giveUp()
    })
  }
})

function closed(code: string): Answer {
  switch (code) {
    case 'ECONNREFUSED':
      return { open: false, answer: 'refused', why: 'nothing listens there' }
    case 'ENOTFOUND':
      return { open: false, answer: 'none', why: 'the host has no address' }
    case 'EAI_AGAIN':
      return { open: false, answer: 'none', why: 'the address of the host could not be looked up' }
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return { open: false, answer: 'none', why: 'the host cannot be reached' }
    case 'ETIMEDOUT':
      return { open: false, answer: 'silent', why: 'no answer' }
    default:
      return { open: false, answer: 'none', why: code }
  }
}
