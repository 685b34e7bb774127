import { z } from 'zod'
import type { Shape } from '../core/item.js'
import { isObject, type Json } from '../core/json.js'
import type { Path } from './problems.js'

/** The keys that a shape knows at a path, in all its forms; none where any key may stand, or where it is no zod schema. */
export function keysAt(shape: Shape<unknown>, path: Path = []): readonly string[] {
  if (!(shape instanceof z.ZodType)) return []
  const schema: Json = JSON.parse(JSON.stringify(z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' })))
  const reached = path.reduce<readonly Json[]>(
    (schemas, step) => schemas.flatMap(forms).flatMap(inside(step)),
    [schema]
  )
  return [...new Set(reached.flatMap(forms).flatMap(form => Object.keys(member(form, 'properties'))))]
}

/** A schema and all that it may be instead. */
function forms(schema: Json): readonly Json[] {
  if (!isObject(schema)) return []
  const others = ['anyOf', 'oneOf', 'allOf'].flatMap(name => {
    const list = schema[name]
    return Array.isArray(list) ? list.flatMap(forms) : []
  })
  return [schema, ...others]
}

const inside =
  (step: PropertyKey) =>
  (schema: Json): readonly Json[] => {
    const named = typeof step === 'number' ? member(schema, 'items') : member(schema, 'properties')[String(step)]
    return [named ?? member(schema, 'additionalProperties')]
  }

function member(schema: Json, name: string): Readonly<Record<string, Json>> {
  const value = isObject(schema) ? schema[name] : undefined
  return isObject(value) ? value : {}
}
