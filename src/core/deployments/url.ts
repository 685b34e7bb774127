import { builtIns, liveOf } from '../engine/bench.js'
import { resolveNames } from '../names.js'
import type { Plan } from '../plan.js'

/**
 * Where the deployed application is seen, as the checklist says it: made of vars and built-ins alone, so that it needs no
 * environment and holds no secret. Undefined where it says nothing, or what comes of it is no address.
 */
export function urlOf(plan: Plan, execution: string): string | undefined {
  if (plan.rules.url === undefined) return undefined
  const known = builtIns(execution, plan.key.environment, liveOf(plan))
  const vars = { ...plan.vars, [URL_NAME]: plan.rules.url }
  const { values } = resolveNames({ plan: { ...plan, vars }, kinds: [], stages: [], env: {}, builtIns: known })
  const text = values[URL_NAME] ?? ''
  return isWebAddress(text) ? text : undefined
}

// No name of a checklist: those begin with a letter or `_`.
const URL_NAME = ':url'

/** An address of a page that anybody may read: with a user or a password in it, it is none. */
export function isWebAddress(text: string): boolean {
  if (!/^https?:\/\/[^\s/]/.test(text) || !URL.canParse(text)) return false
  const { username, password } = new URL(text)
  return username === '' && password === ''
}
