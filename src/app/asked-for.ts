import { ChecklistError, refused } from '../core/errors.js'
import type { ExecutionRecord } from '../core/execution.js'
import { prepare } from './prepare.js'
import { recordsOf } from './records.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'

type Asked = Pick<Request, 'surface' | 'command' | 'checklist' | 'environment'>

/**
 * A named execution of another environment than is asked for is not acted on: another gate was asked, and other secrets
 * are here. A step of the action that does not say which environment means the one that the checklist chooses, and acts on
 * executions of its own repository alone; on the command line the execution itself says what it belongs to.
 */
export async function mustBeAskedFor(named: ExecutionRecord, asked: Asked, shop: Shop): Promise<void> {
  const { id, key } = named
  if (asked.surface === 'action') {
    const { repository } = await shop.identity()
    if (key.repository !== repository)
      throw notThat(
        repository,
        key.repository,
        id,
        'Act on it from its own repository, whose gate and secrets it needs.'
      )
  }
  const environment = asked.environment || (await unsaid(named, asked, shop))
  if (environment !== key.environment) throw notThat(environment, key.environment, id, NAME_IT)
}

const NAME_IT =
  'Name that environment, so that its gate is asked and its secrets are there, or leave the execution out.'

const notThat = (expected: string, found: string, id: string, hint: string): ChecklistError =>
  refused('usage', `expected an execution of ${expected}, found one of ${found} (${id})`, hint)

/** A checklist that is broken or gone must not stand in the way where the ledger knows of one environment only. */
async function unsaid(
  { id, key }: ExecutionRecord,
  { surface, command, checklist }: Asked,
  shop: Shop
): Promise<string> {
  // Whoever settles may do so without a checkout.
  if (surface === 'cli' || command === 'settle') return key.environment
  const prepared = await prepare(shop, { checklist, environment: '' }).catch(error => error)
  if (!(prepared instanceof Error)) return prepared.key.environment
  const isRead = prepared instanceof ChecklistError && prepared.reason === 'usage'
  if (!isRead && !(await hasSeveral(key, shop))) return key.environment
  throw refused(
    'usage',
    `it is not said which environment is meant, and ${id} is one of ${key.environment}: ${prepared.message}`,
    NAME_IT
  )
}

async function hasSeveral({ repository, environment }: ExecutionRecord['key'], shop: Shop): Promise<boolean> {
  for await (const { key } of recordsOf(await shop.ledger(), { key: { repository } }))
    if (key.environment !== environment) return true
  return false
}
