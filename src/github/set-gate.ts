import { refused } from '../core/errors.js'
import type { EnvironmentFacts, Reviewer } from '../core/gate/facts.js'
import { asksForReviewers, bodyFor, type GateSettings, settingsFor } from '../core/gate/settings.js'
import type { GateKeeper } from '../core/ports.js'
import { type GateOptions, readEnvironment } from './gate.js'
import type { ApiRequest, GitHub } from './github.js'
import { membersOf } from './members.js'

const ADMIN = 'administration: write'

/** Sets an environment's protection, with an admin's token. Everything but what is promised stays as it is. */
export const openGateKeeper = (options: GateOptions): GateKeeper => ({
  apply: async (environment, rules, names) => {
    const facts = await readEnvironment(environment, options)
    const named = await Promise.all(names.map(name => reviewerCalled(name, options.github)))
    const settings = settingsFor(rules, facts, named)
    if (asksForReviewers(rules) && settings.reviewers.length === 0) throw withoutReviewer(environment)
    if (settings.reviewers.length > MOST_REVIEWERS) throw tooMany(settings)
    await write(settings, facts, options.github)
    return await readEnvironment(environment, options)
  }
})

// GitHub's own limit: https://docs.github.com/actions/reference/deployments-and-environments#required-reviewers
const MOST_REVIEWERS = 6

const withoutReviewer = (environment: string) =>
  refused(
    'usage',
    `the checklist promises reviewers for ${environment}, it has none, and none is named`,
    'Name who may approve, up to six: --reviewer @alice --reviewer @org/team.'
  )

const tooMany = ({ reviewers }: GateSettings) =>
  refused(
    'usage',
    `GitHub takes ${MOST_REVIEWERS} reviewers, found ${reviewers.length}: ${reviewers.map(({ name }) => name).join(', ')}`,
    'Name a team instead of its members.'
  )

/** All of it may be done twice: writing the same again changes nothing. */
async function write(settings: GateSettings, facts: EnvironmentFacts, github: GitHub): Promise<void> {
  const { environment } = facts
  const path = '/repos/{owner}/{repo}/environments/{environment_name}'
  const common = { needs: ADMIN, what: `set the gate of ${environment}`, repeatable: true } as const
  const put = await github.ask<unknown>({
    ...common,
    method: 'PUT',
    path,
    parameters: { environment_name: environment, ...bodyFor(settings, facts) },
    expect: [422]
  })
  if (put.status === 422) throw notTaken(membersOf(put.data).text('message'), facts)
  const policies = `${path}/deployment-branch-policies`
  for (const name of settings.addBranches) {
    const parameters = { environment_name: environment, name, type: 'branch' }
    // 303: it is there already.
    await github.ask({ ...common, method: 'POST', path: policies, parameters, expect: [303] } satisfies ApiRequest)
  }
  for (const { id } of settings.removePolicies) {
    const parameters = { environment_name: environment, branch_policy_id: id }
    await github.ask({ ...common, method: 'DELETE', path: `${policies}/{branch_policy_id}`, parameters, expect: [404] })
  }
}

function notTaken(said: string, { environment, repository, settingsUrl }: EnvironmentFacts) {
  if (/billing plan/i.test(said))
    return refused(
      'gate_not_available',
      `the plan of GitHub does not have this protection for ${repository}`,
      'Promise what can be kept: `gate: { reviewers: sign-off }`; or make the repository public, or change the plan.'
    )
  const hint = /can_admins_bypass/.test(said)
    ? `This server takes it on its page alone: ${settingsUrl}. Untick "Allow administrators to bypass", then run this again.`
    : `Set it by hand: ${settingsUrl}.`
  return refused('gate_too_weak', `GitHub does not take these settings for ${environment}: ${said.slice(0, 300)}`, hint)
}

/** `@alice`, `@org/team`; without the @ as well. */
async function reviewerCalled(written: string, github: GitHub): Promise<Reviewer> {
  const name = written.replace(/^@/, '')
  const [org = '', slug] = name.split('/')
  const isTeam = slug !== undefined
  const { status, data } = await github.ask<unknown>({
    method: 'GET',
    path: isTeam ? '/orgs/{org}/teams/{team_slug}' : '/users/{username}',
    parameters: isTeam ? { org, team_slug: slug } : { username: name },
    needs: isTeam ? 'members: read' : 'metadata: read',
    what: `tell who @${name} is`,
    expect: [404]
  })
  const id = Number(membersOf(data).number('id'))
  if (status !== 404 && Number.isInteger(id) && id > 0) return { type: isTeam ? 'Team' : 'User', id, name: `@${name}` }
  throw refused(
    'usage',
    `GitHub knows no ${isTeam ? 'team' : 'person'} @${name}, or does not show it`,
    'Write @alice for a person and @org/team for a team that may read the repository.'
  )
}
