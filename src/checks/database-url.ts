import { ChecklistError } from '../core/errors.js'
import { interpolate } from '../core/interpolate.js'
import type { Finding, ItemContext } from '../core/item.js'
import { unanswered } from './findings.js'
import type { CheckPorts } from './ports.js'

type Answer = Awaited<ReturnType<CheckPorts['sql']['query']>>

/** The address of the item's database: the one that it names with `in`, or the only one. */
export function databaseUrl({ item, execution, names }: Pick<ItemContext, 'item' | 'execution' | 'names'>): string {
  const known = Object.keys(execution.databases)
  const name = item.in ?? (known.length === 1 ? known[0] : undefined)
  const plan = name === undefined ? undefined : execution.databases[name]
  if (plan === undefined) {
    const message = `expected one of the databases ${known.join(', ') || '(none is declared)'}, found ${name ?? 'none'}`
    throw new ChecklistError('FAILED', 'usage', { message, hint: 'Name it with `in`, and declare it under databases.' })
  }
  const filled = interpolate(plan.url, names)
  if ('text' in filled) return filled.text
  const message = `no value for ${filled.missing.join(', ')} in the address of database ${name}`
  throw new ChecklistError('FAILED', 'missing_value', { message, hint: 'Set it where this stage runs.' })
}

export type Question = Readonly<{ sql: string; write?: boolean }>

/**
 * Asks the item's database and lets `judge` look at the answer. A server that does not answer and a statement that it
 * refuses are findings, since both may change while the check polls.
 */
export async function ask(
  port: CheckPorts['sql'],
  { sql, write = false }: Question,
  context: ItemContext,
  judge: (answer: Answer) => Finding
): Promise<Finding> {
  const { timeoutMs, signal } = context
  const url = databaseUrl(context)
  try {
    return judge(await port.query({ url, sql, readOnly: !write, timeoutMs, signal }))
  } catch (fault) {
    const refused = fault instanceof ChecklistError && fault.reason === 'statement_failed' && !signal.aborted
    if (!refused) return unanswered(fault, signal)
    return { outcome: 'error', detail: fault.message, hint: fault.hint, reason: 'statement_failed' }
  }
}
