import { NO_RULES } from '../core/checklist.js'
import { builtIns } from '../core/engine/bench.js'
import { EXIT_CODES } from '../core/execution.js'
import { resolveNames } from '../core/names.js'
import { testMessage } from '../core/notify/message.js'
import { type NotifyRule, nameOfDestination, type Untold } from '../core/notify/notifier.js'
import { formatDuration } from '../core/units.js'
import type { Layout } from '../report/layout.js'
import { type Answer, fine } from './answer.js'
import { rulesFor } from './notify-said.js'
import { type Prepared, prepare } from './prepare.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'

/** One of those who are told, and how a test went; null when none was made. */
type Tried = Readonly<{ rule: NotifyRule; untold: Untold | undefined | null }>

/** Who is told of what; with `test` each of them gets a message, so that an owner sees that it works. Needs no ledger. */
export async function notify({ test, ...request }: Request, shop: Shop, layout: Layout): Promise<Answer> {
  const prepared = await prepare(shop, request)
  const { notify: rules } = rulesFor(prepared)
  const { environment } = prepared.key
  if (rules.length === 0) return { result: fine('ok'), text: `${prepared.file} tells nobody of ${environment}.` }
  const values = valuesFor(prepared, shop)
  const message = testMessage(prepared.key, {
    at: shop.clock.now().toISOString(),
    who: prepared.identity.actor,
    key: shop.host.random(6)
  })
  const tried = await Promise.all(
    rules.map(async (rule): Promise<Tried> => {
      return { rule, untold: test ? await shop.herald.tellOnly(rule.to, message, values) : null }
    })
  )
  return {
    result: resultOf(tried),
    text: [`Who is told of ${environment}:`, ...tried.flatMap(each => linesOf(each, layout))].join('\n'),
    json: { format: 1, environment, told: tried.map(jsonOf) }
  }
}

/** As a step would have them, but for what only an execution knows. */
function valuesFor({ checklist, key, identity }: Prepared, { kinds, host }: Shop): Readonly<Record<string, string>> {
  const vars = { ...checklist.vars, ...(checklist.environments[key.environment] ?? NO_RULES).vars }
  const live = { commit: identity.commit, previousCommit: '', release: '' }
  const known = builtIns('none', key.environment, live)
  return resolveNames({
    plan: { ...checklist, vars, monitor: null },
    kinds,
    stages: [],
    env: host.env,
    builtIns: known
  }).values
}

function linesOf({ rule, untold }: Tried, { paint }: Layout): readonly string[] {
  const after = rule.on.includes('escalation') ? ` after ${formatDuration(rule.afterMs)}` : ''
  const line = `${nameOfDestination(rule.to)}: ${rule.on.join(', ')}${after}`
  if (untold === null) return [`  ${line}`]
  if (untold === undefined) return [`${paint('green', '✓')} ${line}`]
  return [`${paint('red', '✗')} ${line}`, `    ${untold.problem}`, `    ${paint('cyan', `→ ${untold.hint}`)}`]
}

const jsonOf = ({ rule: { to, on, afterMs }, untold }: Tried) => ({
  to: nameOfDestination(to),
  on,
  afterMs,
  ...(untold !== null && { told: untold === undefined }),
  ...(untold && { problem: untold.problem, hint: untold.hint })
})

function resultOf(tried: readonly Tried[]): Answer['result'] {
  const [first] = tried.flatMap(({ untold }) => untold ?? [])
  if (first === undefined) return fine('ok')
  const { problem, hint } = first
  return {
    ...fine('ok'),
    ...{ status: 'UNAVAILABLE', reason: 'service_unavailable', exitCode: EXIT_CODES.UNAVAILABLE },
    ...{ message: problem, hint }
  }
}
