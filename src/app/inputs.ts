import { refused } from '../core/errors.js'
import { INPUTS } from '../core/surface.js'
import type { Host } from './host.js'
import { type Request, requestFromInputs } from './request.js'

/** True in a step of the composite, where inputs travel as one JSON text (action.yml says why). */
export const isComposite = ({ env }: Host): boolean => env['DEPLOY_CHECKLIST_INPUTS'] !== undefined

/** What the action was asked for. In a composite INPUT_* is not looked at: nektos/act leaks the outer action's. */
export function readInputs(host: Host): Request {
  const { env } = host
  const inputs = isComposite(host) ? fromJson(env['DEPLOY_CHECKLIST_INPUTS'] ?? '') : fromEnvironment(env)
  return requestFromInputs(inputs, env['DEPLOY_CHECKLIST_STAGE'] ?? '')
}

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
