import { z } from 'zod'
import type { AnyKind, Shape } from '../core/item.js'
import { isObject, type Json, type JsonObject } from '../core/json.js'
import { checklistShape, ITEM_ID } from './checklist-shape.js'
import { commonShape, nestedShape } from './common-shape.js'

const CHECK = 'check'

/**
 * The checklist as JSON Schema for editors, from the same shapes that the loader reads with, so that neither can know a
 * key that the other does not. It promises less than the loader: what depends on several places at once is not in it.
 */
export function jsonSchema(kinds: readonly AnyKind[]): JsonObject {
  const { $defs: _, ...top } = schemaOf(checklistShape)
  const common = under(schemaOf(commonShape), 'properties')
  const nested = under(schemaOf(nestedShape), 'properties')
  const checks = kinds.filter(({ effect }) => effect !== 'action')
  const inner = kinds.flatMap(kind => Object.entries(under(kindSchema(kind), '$defs')))
  return {
    ...top,
    title: 'deploy-checklist',
    $defs: {
      [ITEM_ID]: { anyOf: kinds.map(kind => ref(`${kind.name}-item`)) },
      [CHECK]: { anyOf: checks.map(kind => ref(`${kind.name}-check`)) },
      ...Object.fromEntries(Object.entries(common).map(([key, schema]) => [`any-${key}`, schema])),
      ...Object.fromEntries(kinds.map(kind => [`${kind.name}-item`, withKeys(kind, Object.keys(common))])),
      ...Object.fromEntries(inner),
      ...Object.fromEntries(checks.map(kind => [`${kind.name}-check`, withKeys(kind, Object.keys(nested))]))
    }
  }
}

/** The file's text: readable, and the same for the same shapes. */
export const schemaText = (kinds: readonly AnyKind[]): string => `${JSON.stringify(jsonSchema(kinds), undefined, 2)}\n`

const ref = (name: string): JsonObject => ({ $ref: `#/$defs/${name}` })

/** The kind's own keys and the common ones; a nested check is one of the kinds that look. */
function withKeys(kind: AnyKind, common: readonly string[]): JsonObject {
  const { $schema: _, $defs: __, ...own } = kindSchema(kind)
  const properties = Object.entries(under(own, 'properties')).map(([key, written]): [string, Json] =>
    kind.nested?.includes(key) && isObject(written) ? [key, { ...written, ...ref(CHECK) }] : [key, written]
  )
  const beside = common.map((key): [string, Json] => [key, ref(`any-${key}`)])
  return { title: kind.name, ...own, properties: Object.fromEntries([...properties, ...beside]) }
}

// Parts that a shape refers to, such as any JSON, get names of their own: two kinds may call theirs the same.
function kindSchema({ name, shape }: AnyKind): JsonObject {
  const schema = schemaOf(shape)
  const parts = Object.entries(under(schema, '$defs')).map(([part, inner]) => [`${name}-${part}`, inner])
  const named = { ...schema, ...(parts.length === 0 ? {} : { $defs: Object.fromEntries(parts) }) }
  return asObject(JSON.parse(JSON.stringify(named).replaceAll('"#/$defs/', `"#/$defs/${name}-`)))
}

function schemaOf(shape: Shape<unknown>): JsonObject {
  if (!(shape instanceof z.ZodType)) throw new Error('a shape that is no zod schema has no JSON Schema')
  // What a parse may leave out is optional here, hence the input; functions cannot be told to an editor.
  return asObject(JSON.parse(JSON.stringify(z.toJSONSchema(shape, { io: 'input', unrepresentable: 'any' }))))
}

const asObject = (value: Json): JsonObject => (isObject(value) ? value : {})
const under = (schema: JsonObject, key: string): JsonObject => asObject(schema[key] ?? {})
