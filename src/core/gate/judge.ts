import type { GateRules } from '../checklist.js'
import type { GateFacts, Objection } from '../ports.js'
import { formatDuration } from '../units.js'
import { matchesBranch } from './branch-pattern.js'
import type { EnvironmentFacts } from './facts.js'
import { branchLines, SOMEBODY, settingsLine } from './gh-lines.js'
import { asksForReviewers, asksGitHub, settingsFor, strayPolicies } from './settings.js'

/** Less than was promised; `setting` is what has to be changed, in the words of the settings page. */
type Gap = Readonly<{
  reason: 'gate_too_weak' | 'gate_not_available' | 'gate_unreadable'
  message: string
  setting: string
}>

/**
 * Everything that GitHub enforces less of than the checklist promises, each with the exact setting to change. Nothing is
 * promised: nothing stands in the way. `ref` is what this run was started for (`refs/heads/main`), or empty.
 */
export function judgeGate(rules: GateRules, found: GateFacts, ref: string): readonly Objection[] {
  if (!asksGitHub(rules)) return []
  if (found.kind === 'unreadable') return [unreadable(found)]
  const { facts } = found
  if (!facts.exists) return [withHint(missing(facts), rules, facts)]
  const gaps = [
    ...reviewerGaps(rules, facts),
    ...bypassGaps(rules, facts),
    ...waitGaps(rules, facts),
    ...branchGaps(rules, facts)
  ].map(gap => withHint(gap, rules, facts))
  return [...gaps, ...strayRef(rules, ref)]
}

const unreadable = ({
  why,
  hint,
  reason = 'gate_unreadable'
}: Extract<GateFacts, { kind: 'unreadable' }>): Objection => ({
  reason,
  message: `the gate cannot be read: ${why}`,
  hint
})

const missing = ({ repository, environment }: EnvironmentFacts): Gap => ({
  reason: 'gate_too_weak',
  message: `${repository} has no environment ${environment}: GitHub would create it empty, and let everybody in`,
  setting: 'create it with what the checklist promises'
})

function reviewerGaps(rules: GateRules, facts: EnvironmentFacts): readonly Gap[] {
  if (!asksForReviewers(rules)) return []
  if (facts.reviewers.length === 0) return [nobody(facts)]
  if (rules.preventSelfReview !== true || facts.preventSelfReview) return []
  const message = `${facts.environment} lets whoever started a run approve it; the checklist promises that it does not`
  return [{ reason: 'gate_too_weak', message, setting: 'tick "Prevent self-review"' }]
}

function nobody({ repository, environment, plan }: EnvironmentFacts): Gap {
  if (plan === 'no-reviewers') {
    const message = `${repository} is private, and its plan of GitHub has no reviewers; the checklist promises some for ${environment}`
    return { reason: 'gate_not_available', message, setting: '' }
  }
  const message = `${environment} has no reviewers; the checklist promises that somebody has to approve`
  return { reason: 'gate_too_weak', message, setting: 'tick "Required reviewers" and name at least one' }
}

function bypassGaps({ preventAdminBypass }: GateRules, facts: EnvironmentFacts): readonly Gap[] {
  if (preventAdminBypass !== true || facts.preventAdminBypass === true) return []
  if (facts.preventAdminBypass === false) {
    const message = `${facts.environment} lets admins pass without an approval; the checklist promises that it does not`
    return [
      {
        reason: 'gate_too_weak',
        message,
        setting: 'untick "Allow administrators to bypass configured protection rules"'
      }
    ]
  }
  const message = `GitHub does not say whether admins may bypass the gate of ${facts.environment}; the checklist promises that they may not`
  return [
    {
      reason: 'gate_unreadable',
      message,
      setting: 'look whether it can be switched off there, else take `prevent-admin-bypass` out'
    }
  ]
}

function waitGaps({ waitMs = 0 }: GateRules, facts: EnvironmentFacts): readonly Gap[] {
  if (facts.waitMs >= waitMs) return []
  const real = facts.waitMs === 0 ? 'no wait timer' : `a wait timer of ${formatDuration(facts.waitMs)}`
  const message = `${facts.environment} has ${real}; the checklist promises ${formatDuration(waitMs)}`
  const reason = facts.plan === 'no-reviewers' ? 'gate_not_available' : 'gate_too_weak'
  return [{ reason, message, setting: `set "Wait timer" to ${Math.ceil(waitMs / 60_000)} minutes` }]
}

function branchGaps({ branches }: GateRules, facts: EnvironmentFacts): readonly Gap[] {
  if (branches === undefined) return []
  const stray = strayPolicies(facts.branches, branches)
  if (stray.length === 0) return []
  const message = `${facts.environment} lets in ${stray.join(', ')}; the checklist promises ${branches.join(', ')} alone`
  return [
    {
      reason: 'gate_too_weak',
      message,
      setting: `under "Deployment branches and tags" name ${branches.join(', ')} and nothing else`
    }
  ]
}

/** Where a run of another ref has come this far, its job has no environment, or one that lets more in. */
function strayRef({ branches }: GateRules, ref: string): readonly Objection[] {
  if (branches === undefined || !ref.startsWith('refs/')) return []
  const branch = ref.replace(/^refs\/heads\//, '')
  if (branch !== ref && branches.some(pattern => matchesBranch(pattern, branch))) return []
  return [
    {
      reason: 'gate_too_weak',
      message: `this run is of ${ref}; the checklist promises that ${branches.join(', ')} alone may be deployed`,
      hint: 'Start it for one of these branches, in a job that names its `environment:`; without it GitHub asks nobody.'
    }
  ]
}

const SIGN_OFF = "promise what can be kept: `gate: { reviewers: sign-off }`, a second person's word in the ledger."
const NOT_THERE = `Private repositories have it with Enterprise alone. Make the repository public, change the plan, or ${SIGN_OFF}`
const MAYBE_NOT = `Where the plan of GitHub has no reviewers (private, without Enterprise) ${SIGN_OFF}`

/** The setting, its page, and last the lines for an admin's terminal. */
function withHint({ reason, message, setting }: Gap, rules: GateRules, facts: EnvironmentFacts): Objection {
  if (reason === 'gate_not_available') return { reason, message, hint: NOT_THERE }
  const needs = asksForReviewers(rules)
  const settings = settingsFor(rules, facts)
  const lines = [settingsLine(settings, facts, needs), ...branchLines(settings, facts)]
  const lacks = needs && facts.reviewers.length === 0
  const parts = [
    `On ${facts.settingsUrl}: ${setting}.`,
    ...(lacks && facts.plan === 'unknown' ? [MAYBE_NOT] : []),
    `Or as an admin${lacks ? `, a reviewer in the place of ${SOMEBODY}` : ''}: ${lines.join(' && ')}`
  ]
  return { reason, message, hint: parts.join(' ') }
}
