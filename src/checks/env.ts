import { z } from 'zod'
import type { Kind } from '../core/item.js'
import { judged } from './findings.js'
import { meets, type Wanted } from './judge.js'
import { isPlaceholder } from './placeholder.js'
import type { CheckPorts } from './ports.js'
import { condition, oneOf } from './shapes.js'

const LIST = 'a list of names'
const name = () => z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected the name of a variable')

const shape = z.strictObject({
  env: oneOf(
    [
      z.array(name()).min(1, `expected ${LIST}`),
      z.record(name(), condition()).refine(map => Object.keys(map).length > 0, `expected ${LIST}`)
    ],
    `${LIST}, or of names with what is expected: set, absent, /regex/, "> 0" or the value`
  ).describe(
    'Names that must be set, not empty and no placeholder such as changeme; or a map of names to `set`, `absent`, ' +
      '/regex/, a condition or the value. Values are never printed.'
  )
})

export type EnvSpec = z.infer<typeof shape>

/** Variables of the environment. What it names is declared by it, and may be used in the whole checklist. */
export const envKind = ({ baseEnv }: Pick<CheckPorts, 'baseEnv'>): Kind<EnvSpec> => ({
  name: 'env',
  shape,
  effect: 'check',
  turn: () => 'together',
  subject: spec =>
    `env ${wantedOf(spec)
      .map(([name]) => name)
      .join(', ')}`,
  declares: spec => wantedOf(spec).flatMap(([name, wanted]) => (wanted === 'absent' ? [] : [name])),
  run: async (spec, { names }) => {
    const wanted = wantedOf(spec)
    const problems = wanted.flatMap(([name, one]) => problemWith(name, one, names[name] ?? baseEnv[name] ?? '') ?? [])
    return judged(
      problems,
      `${wanted.map(([name]) => name).join(', ')}: as expected`,
      'Set them where this stage runs.'
    )
  }
})

const wantedOf = ({ env }: EnvSpec): readonly (readonly [string, Wanted])[] =>
  Array.isArray(env) ? env.map(name => [name, 'set'] as const) : Object.entries(env)

/** Never with the value; what was expected is in the checklist already. */
function problemWith(name: string, wanted: Wanted, value: string): string | undefined {
  if (wanted === 'absent') return value === '' ? undefined : `expected ${name} to be absent, found a value`
  if (value.trim() === '') return `expected ${name} to be set, found nothing`
  const exact = wanted !== 'set' && value === String(wanted)
  if (!exact && isPlaceholder(value)) return `expected a real value of ${name}, found a placeholder`
  if (wanted === 'set' || meets(wanted, value)) return undefined
  return `expected ${name} to be ${wanted}, found another value of ${value.length} characters`
}
