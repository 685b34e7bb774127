import { expect, test } from '@jest/globals'
import { z } from 'zod'
import { type CheckPorts, checkKinds } from '../../src/checks/index.js'
import { isObject, type Json } from '../../src/core/json.js'

const never = () => Promise.reject(new Error('not asked for'))
const ports = {
  clock: { now: () => new Date(0), sleep: never },
  shell: { run: never },
  http: { send: never },
  tcp: { connect: never },
  sql: { query: never },
  interview: { ask: never },
  baseEnv: {}
} satisfies CheckPorts
const kinds = checkKinds(ports)

test('the kinds that look', () => {
  expect(kinds.map(({ name }) => name)).toEqual([
    'run',
    'env',
    'http',
    'sql',
    'tables',
    'file',
    'port',
    'disk',
    'wait',
    'manual'
  ])
})

test.each(kinds.map(kind => [kind.name, kind] as const))(
  '%s: its own key comes first and is demanded',
  (name, kind) => {
    const schema = schemaOf(kind.shape)
    expect(Object.keys(schema['properties'] ?? {})[0]).toBe(name)
    expect(schema['required']).toContain(name)
    expect(schema['additionalProperties']).toBe(false)
  }
)

test.each(kinds.map(kind => [kind.name, kind] as const))('%s: every key is described for editors', (_, kind) => {
  expect(undescribed(schemaOf(kind.shape))).toEqual([])
})

function schemaOf(shape: unknown): Readonly<Record<string, Json>> {
  expect(shape).toBeInstanceOf(z.ZodType)
  return shape instanceof z.ZodType ? JSON.parse(JSON.stringify(z.toJSONSchema(shape, { io: 'input' }))) : {}
}

/** Paths of the properties without a sentence. */
function undescribed(schema: Json | undefined, path = ''): readonly string[] {
  if (Array.isArray(schema)) return schema.flatMap(inner => undescribed(inner, path))
  if (!isObject(schema)) return []
  const { properties, anyOf, items, additionalProperties } = schema
  const own = isObject(properties) ? Object.entries(properties) : []
  return [
    ...own.flatMap(([key, inner]) => [
      ...(isObject(inner) && /\.$/.test(String(inner['description'] ?? '')) ? [] : [`${path}.${key}`]),
      ...undescribed(inner, `${path}.${key}`)
    ]),
    ...[anyOf, items, additionalProperties].flatMap(inner => undescribed(inner, path))
  ]
}
