import { z } from 'zod'
import type { Finding, Kind } from '../core/item.js'
import { fail, pass } from './findings.js'
import type { CheckPorts } from './ports.js'
import { oneOf, patternText } from './shapes.js'

const TARGET = 'a host and a port such as db.example.com:5432, or a port of this machine'
const ADDRESS = /^(?:(\[[0-9a-fA-F:.]+\]|[^\s:[\]/]+):)?(\d{1,5})$/
const LIMIT_MS = 5_000

const shape = z.strictObject({
  port: oneOf(
    [z.int().min(1, `expected ${TARGET}`).max(65_535, `expected ${TARGET}`), patternText(TARGET, ADDRESS)],
    TARGET
  ).describe('host:port that must be open to connections, or a port of this machine.'),
  closed: z.boolean('expected true or false').optional().describe('true: nothing may answer there.')
})

export type PortSpec = z.infer<typeof shape>

/** Whether something accepts connections. */
export const portKind = ({ tcp }: Pick<CheckPorts, 'tcp'>): Kind<PortSpec> => ({
  name: 'port',
  shape,
  effect: 'check',
  polls: true,
  turn: () => 'together',
  subject: ({ port, closed }) => `port ${port}${closed === true ? ' closed' : ''}`,
  run: async ({ port, closed = false }, { timeoutMs, signal }) => {
    const [, host = 'localhost', digits = ''] = ADDRESS.exec(String(port)) ?? []
    const target = { host: host.replace(/^\[|\]$/g, ''), port: Number(digits) }
    if (target.port < 1 || target.port > 65_535)
      return fail(`expected a port up to 65535, found ${digits}`, 'Correct it.')
    const answer = await tcp.connect({ ...target, timeoutMs: Math.min(timeoutMs, LIMIT_MS), signal })
    signal.throwIfAborted()
    return closed ? judgeClosed(`${host}:${digits}`, answer) : judgeOpen(`${host}:${digits}`, answer)
  }
})

type Answer = Awaited<ReturnType<CheckPorts['tcp']['connect']>>

const judgeOpen = (where: string, answer: Answer): Finding =>
  answer.open
    ? pass(`${where} is open`)
    : fail(`expected ${where} to be open, found: ${answer.why}`, 'Start the service, or correct the address.')

function judgeClosed(where: string, answer: Answer): Finding {
  if (answer.open) return fail(`expected ${where} to be closed, found it open`, 'Stop what listens there.')
  // A host that cannot be asked proves nothing about its port.
  if (answer.answer === 'none')
    return fail(`cannot tell whether ${where} is closed: ${answer.why}`, 'Correct the host.')
  return pass(`${where} is closed: ${answer.why}`)
}
