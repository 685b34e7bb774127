import { namesIn } from '../core/interpolate.js'
import { isObject, type Json } from '../core/json.js'
import { didYouMean } from '../core/nearest.js'
import { type Destination, NOTICE_KINDS, type NotifyRule } from '../core/notify/notifier.js'
import { type Declarations, listIn } from './declarations.js'
import type { NotifyShape } from './notify-shape.js'
import type { Problems } from './problems.js'

const BY_DEFAULT = NOTICE_KINDS.filter(kind => kind !== 'start')
const HALF_AN_HOUR_MS = 1_800_000

/** Who is told of what, its defaults filled in once. */
export const notifyRules = (written: readonly NotifyShape[]): readonly NotifyRule[] =>
  written.map(rule => ({
    to: destinationOf(rule),
    on: rule.on ?? BY_DEFAULT,
    afterMs: rule.after ?? HALF_AN_HOUR_MS,
    ...(rule.environments && { environments: rule.environments })
  }))

function destinationOf(rule: NotifyShape): Destination {
  if ('slack' in rule) return { kind: 'slack', url: rule.slack }
  if ('issue-comment' in rule) return { kind: 'issue-comment', issue: rule['issue-comment'] }
  if ('webhook' in rule) {
    const { webhook: url, secret } = rule
    return { kind: 'webhook', url, ...(secret !== undefined && { secret }) }
  }
  const { email, from, server } = rule
  return { kind: 'email', to: typeof email === 'string' ? [email] : email, from, server }
}

const SECRET_KEYS = ['slack', 'secret', 'server']

/** What is a secret must be masked as one, and environments must be known. `byItems`: names that items declare. */
export function checkNotify(
  raw: Json,
  { secrets, vars, environments }: Declarations,
  byItems: readonly string[],
  problems: Problems
): void {
  const known = Object.keys(environments)
  const open = [...Object.keys(vars), ...Object.values(environments).flatMap(Object.keys), ...byItems]
  listIn(raw, 'notify').forEach((rule, index) => {
    if (!isObject(rule)) return
    for (const key of SECRET_KEYS) {
      const value = rule[key]
      if (typeof value !== 'string') continue
      for (const { name } of namesIn(value))
        if (!secrets.includes(name) && open.includes(name))
          problems.add(
            ['notify', index, key],
            `expected a name of secrets, found ${name}, which is none: list it there`
          )
    }
    listIn(rule, 'environments').forEach((name, place) => {
      if (typeof name !== 'string' || known.length === 0 || known.includes(name)) return
      const found = `expected one of ${known.join(', ')}, found ${name}${didYouMean(name, known)}`
      problems.add(['notify', index, 'environments', place], found)
    })
  })
}
