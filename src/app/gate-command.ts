import { NO_RULES } from '../core/checklist.js'
import { refused } from '../core/errors.js'
import { EXIT_CODES } from '../core/execution.js'
import { judgeGate } from '../core/gate/judge.js'
import { asksGitHub } from '../core/gate/settings.js'
import type { GateFacts, Objection } from '../core/ports.js'
import type { Layout } from '../report/layout.js'
import { type Answer, fine } from './answer.js'
import { gateObjections, sayWeakened } from './gate.js'
import { type Prepared, prepare } from './prepare.js'
import type { Request } from './request.js'
import type { Shop } from './shop.js'

/** What the checklist promises beside what GitHub enforces; with `apply` it is set first, and read back. */
export async function gate(request: Request, shop: Shop, layout: Layout): Promise<Answer> {
  const prepared = await prepare(shop, request)
  const { environment } = prepared.key
  const rules = (prepared.checklist.environments[environment] ?? NO_RULES).gate ?? {}
  const found = request.apply ? await apply(request, prepared, shop) : await shop.gate.read(environment)
  const objections = request.apply ? judgeGate(rules, found, '') : await gateObjections(prepared, '', shop)
  const weakened = await sayWeakened(prepared, shop)
  const { gateText } = await import('../report/gate.js')
  const view = { environment, rules, found, objections, applied: request.apply, ...(weakened !== '' && { weakened }) }
  return { result: resultOf(objections), text: gateText(view, layout), json: { format: 1, ...view } }
}

async function apply({ reviewers }: Request, { checklist, key, file }: Prepared, shop: Shop): Promise<GateFacts> {
  const { environment } = key
  const rules = (checklist.environments[environment] ?? NO_RULES).gate ?? {}
  if (!asksGitHub(rules))
    throw refused(
      'usage',
      `${file} promises nothing of ${environment} that GitHub could enforce`,
      'Write what it should: environments: { production: { gate: { reviewers: required } } }.'
    )
  if (shop.gateKeeper !== undefined)
    return { kind: 'read', facts: await shop.gateKeeper.apply(environment, rules, reviewers) }
  throw refused(
    'missing_permission',
    'there is no token to set the gate with',
    "Put an admin's into the environment: GITHUB_TOKEN=$(gh auth token) deploy-checklist gate --apply."
  )
}

function resultOf(objections: readonly Objection[]): Answer['result'] {
  const [first] = objections
  const result = fine('ok')
  if (first === undefined) return result
  const status = first.reason === 'github_unavailable' ? 'UNAVAILABLE' : 'REFUSED'
  return { ...result, status, exitCode: EXIT_CODES[status], reason: first.reason }
}
