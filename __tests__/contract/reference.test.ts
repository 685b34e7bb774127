import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { parse } from 'yaml'
import { loadChecklist } from '../../src/config/load.js'
import { jsonSchema, schemaText } from '../../src/config/schema.js'
import { isObject, type Json } from '../../src/core/json.js'
import { FORWARD_STAGES } from '../../src/core/stages.js'
import { KINDS } from './reference-kinds.js'

const file = 'docs/checklist.yml'
const text = readFileSync(file, 'utf8')
const raw: Json = parse(text)
const schema = jsonSchema(KINDS)
const validate = new Ajv2020({ allowUnionTypes: true, strictTypes: false }).compile(schema)

/** What stands under a path of keys; nothing where the path breaks off. */
const under = (value: Json | undefined, ...keys: string[]): Json | undefined =>
  keys.reduce<Json | undefined>(
    (found, key) => (found !== undefined && isObject(found) ? found[key] : undefined),
    value
  )
const keysOf = (value: Json | undefined): string[] => (value !== undefined && isObject(value) ? Object.keys(value) : [])
const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? value : [])

const items = FORWARD_STAGES.flatMap(stage =>
  stage === 'monitor' ? listOf(under(raw, 'stages', stage, 'items')) : listOf(under(raw, 'stages', stage))
)
const common = keysOf(under(schema, '$defs'))
  .filter(name => name.startsWith('any-'))
  .map(name => name.slice('any-'.length))

test('the reference is a checklist without a problem', () => {
  expect(loadChecklist({ file, text, kinds: KINDS })).toHaveProperty('checklist')
})

test('an editor that knows the schema finds no problem in the reference either', () => {
  validate(raw)
  expect(validate.errors).toBeNull()
})

test('the reference names its schema, so that editors find it', () => {
  expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=../checklist.schema.json')
})

test('the schema is the one that the shapes make; node scripts/schema.mjs writes it', () => {
  expect(readFileSync('checklist.schema.json', 'utf8') === schemaText(KINDS)).toBe(true)
})

test('the reference shows every common key', () => {
  const used = new Set(items.flatMap(keysOf))
  expect(common.filter(key => !used.has(key))).toEqual([])
})

test.each(KINDS.map(({ name }) => name))('the reference shows %s with every key that it has', kind => {
  const known = keysOf(under(schema, '$defs', `${kind}-item`, 'properties')).filter(key => !common.includes(key))
  const own = items.filter(item => keysOf(item).find(key => !common.includes(key)) === kind)
  const used = new Set(own.flatMap(keysOf))
  expect(known).toContain(kind)
  expect(known.filter(key => !used.has(key))).toEqual([])
})

test.each([
  [[]],
  [['release']],
  [['rollback']],
  [['stages']],
  [['stages', 'monitor']],
  [['environments', 'production', 'gate']],
  [['environments', 'production', 'window']],
  [['environments', 'production', 'freeze']],
  [['databases', 'main']]
])('the reference shows every key at %j', path => {
  expect(keysAt(schema, path).filter(key => !keysOf(under(raw, ...path)).includes(key))).toEqual([])
})

test('the reference shows every key of an environment', () => {
  const used = keysOf(under(raw, 'environments')).flatMap(name => keysOf(under(raw, 'environments', name)))
  expect(keysAt(schema, ['environments', 'any']).filter(key => !used.includes(key))).toEqual([])
})

test('every key that the schema knows says what it means', () => {
  expect(undescribed(schema, '')).toEqual([])
})

test.each([
  ['an unknown key', { stages: { deploy: [{ run: 'x', udno: 'y' }] } }],
  ['an unknown kind', { stages: { deploy: [{ load: 'x' }] } }],
  ['an unknown stage', { stages: { deploi: [{ run: 'x' }] } }],
  ['no stages', {}],
  ['a wrong value', { stages: { deploy: [{ run: 'x', optional: 'yes' }] } }],
  ['an action as a nested check', { stages: { deploy: [{ deploy: 'direct', run: 'x', health: { backup: 'main' } }] } }]
])('the schema refuses %s, as the loader does', (_, checklist) => {
  expect(validate(checklist)).toBe(false)
  expect(loadChecklist({ file: 'f', text: JSON.stringify(checklist), kinds: KINDS })).toHaveProperty('problems')
})

/** Keys of a mapping in the schema; any key stands for those of a mapping with free ones. */
function keysAt(from: Json, path: readonly string[]): string[] {
  const [step, ...rest] = path
  if (step === undefined)
    return [...keysOf(under(from, 'properties')), ...listOf(under(from, 'anyOf')).flatMap(form => keysAt(form, []))]
  const next = under(from, 'properties', step) ?? under(from, 'additionalProperties')
  return next === undefined ? [] : keysAt(next, rest)
}

/** Paths of properties that nothing describes, neither there nor where they refer to. */
function undescribed(part: Json, path: string): string[] {
  if (Array.isArray(part)) return part.flatMap((each, index) => undescribed(each, `${path}[${index}]`))
  if (!isObject(part)) return []
  const properties = under(part, 'properties')
  const missing = keysOf(properties).filter(key => {
    const property = under(properties, key)
    return under(property, 'description') === undefined && under(property, '$ref') === undefined
  })
  const inner = keysOf(part).flatMap(key => undescribed(part[key] ?? null, `${path}.${key}`))
  return [...missing.map(key => `${path}.${key}`), ...inner]
}
