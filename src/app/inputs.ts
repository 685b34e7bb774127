import { ChecklistError, refused } from '../core/errors.js'
import { INPUTS } from '../core/surface.js'
import type { Host } from './host.js'
import { type Request, requestFromInputs } from './request.js'
import { parseSecretLines } from './secret-lines.js'

/** True in a step of the composite, where inputs travel as one JSON text (action.yml says why). */
export const isComposite = ({ env }: Host): boolean => env['DEPLOY_CHECKLIST_INPUTS'] !== undefined

/** What the action was asked for. In a composite INPUT_* is not looked at: nektos/act leaks the outer action's. */
export const readInputs = (host: Host): Request =>
  requestFromInputs(textsOf(host), host.env['DEPLOY_CHECKLIST_STAGE'] ?? '')

/**
 * The host with what the input `env` sets, for us and for what the checklist starts; all of it is masked first, also when
 * it cannot be read. What is given here counts, also over a variable of that name.
 */
export function withSecretLines(host: Host, onMask: (value: string) => void): Host {
  const { names, values, problems } = parseSecretLines(textsOf(host)['env'] ?? '')
  for (const value of values) onMask(value)
  if (problems.length > 0) throw unreadable(problems)
  return values.length === 0 ? host : { ...host, env: { ...host.env, ...names }, secrets: values }
}

/** The host with the tokens that the inputs give; one for GitHub counts over a variable of the step. */
export function withToken(host: Host, onMask: (value: string) => void): Host {
  const texts = textsOf(host)
  const gitHubToken = (texts['github-token'] ?? '').trim()
  const membersToken = (texts['members-token'] ?? '').trim()
  for (const given of [gitHubToken, membersToken]) if (given !== '') onMask(given)
  return { ...host, ...(gitHubToken !== '' && { gitHubToken }), ...(membersToken !== '' && { membersToken }) }
}

const unreadable = (problems: readonly string[]): ChecklistError =>
  new ChecklistError('REFUSED', 'usage', {
    message: `the input env has ${problems.length === 1 ? 'an error' : `${problems.length} errors`}; what stands there is not shown`,
    hint: 'It holds NAME=value lines; NAME="…" is read as JSON reads it, and NAME<<END takes the lines up to END.',
    problems
  })

const textsOf = (host: Host): Readonly<Record<string, string>> =>
  isComposite(host) ? fromJson(host.env['DEPLOY_CHECKLIST_INPUTS'] ?? '') : fromEnvironment(host.env)

function fromJson(text: string): Readonly<Record<string, string>> {
  const parsed: unknown = parse(text)
  if (typeof parsed !== 'object' || parsed === null) {
    throw refused('usage', 'DEPLOY_CHECKLIST_INPUTS holds no object', 'Use the action as it is shipped.')
  }
  return Object.fromEntries(
    Object.entries(parsed).map(([name, value]) => [name, typeof value === 'string' ? value : String(value)])
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw refused('usage', 'DEPLOY_CHECKLIST_INPUTS is not JSON', 'Use the action as it is shipped.', error)
  }
}

const fromEnvironment = (env: Host['env']): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.keys(INPUTS).map(name => [name, env[`INPUT_${name.toUpperCase()}`] ?? '']))
