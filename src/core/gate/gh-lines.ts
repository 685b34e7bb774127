import { quoted } from '../result/next-steps.js'
import type { EnvironmentFacts } from './facts.js'
import { bodyFor, type GateSettings } from './settings.js'

/** Stands in a line where a person must be named first. */
export const SOMEBODY = 'LOGIN'

/** The line that writes all settings at once; where somebody has to review and nobody is named, it asks for `LOGIN`. */
export function settingsLine(settings: GateSettings, facts: EnvironmentFacts, needsSomebody: boolean): string {
  const lacks = needsSomebody && settings.reviewers.length === 0
  const body = bodyFor(settings, lacks ? { plan: 'has-reviewers' } : facts)
  const words = fieldsOf(body).flatMap(field => ['-F', quoted(field)])
  const somebody = [
    '-F',
    quoted('reviewers[][type]=User'),
    '-F',
    `"reviewers[][id]=$(gh api users/${SOMEBODY} --jq .id)"`
  ]
  return ['gh api --method PUT', quoted(pathOf(facts)), ...words, ...(lacks ? somebody : [])].join(' ')
}

/** The lines that let in the promised branches and nothing else; they come after the settings' own. */
export const branchLines = (
  { addBranches, removePolicies }: GateSettings,
  facts: EnvironmentFacts
): readonly string[] => {
  const path = `${pathOf(facts)}/deployment-branch-policies`
  return [
    ...addBranches.map(
      pattern => `gh api --method POST ${quoted(path)} -f ${quoted(`name=${pattern}`)} -f type=branch`
    ),
    ...removePolicies.map(({ id }) => `gh api --method DELETE ${quoted(`${path}/${id}`)}`)
  ]
}

const pathOf = ({ repository, environment }: EnvironmentFacts): string =>
  `repos/${repository}/environments/${encodeURIComponent(environment)}`

/** As `gh api -F` takes them: a member in brackets, an entry of a list after empty ones. */
function fieldsOf(body: object): readonly string[] {
  return Object.entries(body).flatMap(([name, value]) => {
    if (Array.isArray(value)) {
      return value.flatMap(entry => Object.entries(entry).map(([member, inner]) => `${name}[][${member}]=${inner}`))
    }
    if (typeof value !== 'object' || value === null) return [`${name}=${value}`]
    return Object.entries(value).map(([member, inner]) => `${name}[${member}]=${inner}`)
  })
}
