// Writes __tests__/fixtures/github/api.json: GitHub's own description of its REST API, cut down to the operations that
// we use and the schemas that they need. It is what our fake GitHub is held to. The whole one is 13 MB, so it is no
// dependency: `npm pack @octokit/openapi`, unpack it anywhere, and run
//   node scripts/trim-github-api.mjs <folder>/generated/api.github.com.json
import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const OPERATIONS = {
  meta: ['rate-limit/get'],
  repository: [
    'repos/get',
    'repos/get-branch',
    'repos/list-branches',
    'repos/get-commit',
    'repos/get-content',
    'repos/get-collaborator-permission-level',
    'repos/list-pull-requests-associated-with-commit'
  ],
  compare: ['repos/compare-commits', 'repos/compare-commits-with-basehead'],
  environments: [
    'repos/get-all-environments',
    'repos/get-environment',
    'repos/create-or-update-environment',
    'repos/list-deployment-branch-policies',
    'repos/create-deployment-branch-policy',
    'repos/delete-deployment-branch-policy',
    'repos/get-all-deployment-protection-rules'
  ],
  deployments: [
    'repos/list-deployments',
    'repos/get-deployment',
    'repos/create-deployment',
    'repos/delete-deployment',
    'repos/list-deployment-statuses',
    'repos/create-deployment-status'
  ],
  ci: [
    'checks/list-for-ref',
    'checks/list-suites-for-ref',
    'repos/get-combined-status-for-ref',
    'repos/list-commit-statuses-for-ref'
  ],
  runs: [
    'actions/get-workflow',
    'actions/get-workflow-run',
    'actions/get-workflow-run-attempt',
    'actions/list-workflow-runs',
    'actions/list-workflow-runs-for-repo',
    'actions/list-jobs-for-workflow-run',
    'actions/list-jobs-for-workflow-run-attempt',
    'actions/get-reviews-for-run',
    'actions/get-pending-deployments-for-run',
    'actions/create-workflow-dispatch',
    'actions/re-run-workflow-failed-jobs'
  ],
  git: [
    'git/get-ref',
    'git/list-matching-refs',
    'git/create-ref',
    'git/update-ref',
    'git/get-commit',
    'git/create-commit',
    'git/get-tree',
    'git/create-tree',
    'git/get-blob',
    'git/create-blob'
  ],
  issues: [
    'issues/list-for-repo',
    'issues/get',
    'issues/create',
    'issues/update',
    'issues/list-comments',
    'issues/create-comment',
    'issues/update-comment',
    'issues/list-events'
  ],
  people: [
    'users/get-authenticated',
    'users/get-by-username',
    'orgs/get',
    'teams/get-by-name',
    'teams/get-membership-for-user-in-org'
  ]
}
// What GitHub takes although its description does not say so: https://github.com/google/go-github/issues/2725
const UNSAID = { 'repos/create-or-update-environment': { can_admins_bypass: { type: 'boolean' } } }
// Said of every error that an operation's own answers leave out.
const ERROR_SCHEMAS = ['basic-error', 'validation-error', 'validation-error-simple']
// Words of a schema that say nothing to a machine, and those whose value is data and no schema.
const SILENT = new Set(['description', 'title', 'example', 'examples', 'externalDocs', 'deprecated', 'discriminator'])
const DATA = new Set(['enum', 'required', 'default', 'const'])
const TARGET = join(import.meta.dirname, '..', '__tests__', 'fixtures', 'github', 'api.json')
const BIOME = join(import.meta.dirname, '..', 'node_modules', '@biomejs', 'biome', 'bin', 'biome')

const [source] = process.argv.slice(2)
if (source === undefined) throw new Error('usage: node scripts/trim-github-api.mjs <path of api.github.com.json>')
const whole = JSON.parse(readFileSync(source, 'utf8'))
const paths = keepOperations(new Set(Object.values(OPERATIONS).flat()))
const schemas = keepSchemas({ paths, roots: ERROR_SCHEMAS.map(name => whole.components.schemas[name]) })
for (const name of ERROR_SCHEMAS) schemas[name] ??= readable(whole.components.schemas[name])
const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)))
const { title, version, license } = whole.info
const trimmed = { openapi: whole.openapi, info: { title, version, license }, paths, components: { schemas: sorted } }
mkdirSync(dirname(TARGET), { recursive: true })
writeFileSync(TARGET, JSON.stringify(trimmed, null, 2))
execFileSync(process.execPath, [BIOME, 'format', '--write', '--files-max-size=8388608', TARGET], { stdio: 'inherit' })

function keepOperations(wanted) {
  const kept = {}
  for (const [path, methods] of Object.entries(whole.paths))
    for (const [method, operation] of Object.entries(methods)) {
      if (!wanted.delete(operation.operationId)) continue
      kept[path] ??= {}
      kept[path][method] = keepOperation(operation)
    }
  if (wanted.size > 0) throw new Error(`the description has no ${[...wanted].join(', ')}`)
  return kept
}

function keepOperation({ operationId, parameters = [], requestBody, responses }) {
  const answers = Object.entries(responses).map(([status, answer]) => [status, keepContent(resolved(answer))])
  return {
    operationId,
    parameters: parameters.map(resolved).map(keepParameter),
    ...(requestBody === undefined ? {} : { requestBody: withUnsaid(operationId, keepContent(requestBody)) }),
    responses: Object.fromEntries(answers)
  }
}

function withUnsaid(operationId, body) {
  Object.assign(body.content?.['application/json']?.schema.properties ?? {}, UNSAID[operationId])
  return body
}

function keepParameter(parameter) {
  const { name, in: place, required = false, schema } = parameter
  const several = parameter['x-multi-segment'] === true ? { 'x-multi-segment': true } : {}
  return { name, in: place, required, ...several, schema: readable(schema) }
}

function keepContent({ content = {}, required }) {
  const json = content['application/json']
  const kept = json === undefined ? {} : { content: { 'application/json': { schema: readable(json.schema) } } }
  return required === true ? { required, ...kept } : kept
}

// Schemas name schemas: those of the operations first, then those that these name, until nothing new is named.
function keepSchemas(from) {
  const kept = {}
  const open = [...namesIn(readable(from))]
  while (open.length > 0) {
    const name = open.pop()
    if (kept[name] !== undefined) continue
    kept[name] = readable(whole.components.schemas[name])
    open.push(...namesIn(kept[name]))
  }
  return kept
}

function* namesIn(value) {
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value))
    if (key === '$ref' && typeof inner === 'string') yield inner.replace('#/components/schemas/', '')
    else yield* namesIn(inner)
}

function resolved(value) {
  if (value.$ref === undefined) return value
  return value.$ref
    .split('/')
    .slice(1)
    .reduce((place, key) => place[key], whole)
}

// Keeps what validates, and says it as JSON Schema does: OpenAPI 3.0's `nullable` is no word of it.
function readable(schema) {
  if (Array.isArray(schema)) return schema.map(readable)
  if (typeof schema !== 'object' || schema === null) return schema
  const { nullable, properties, ...rest } = schema
  const words = Object.entries(rest).filter(([word]) => validates(word, schema))
  const kept = Object.fromEntries(words.map(([word, value]) => [word, DATA.has(word) ? value : readable(value)]))
  if (properties !== undefined) kept.properties = mapped(properties)
  return nullable === true ? orNull(kept) : kept
}

function mapped(properties) {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, readable(schema)]))
}

function validates(word, schema) {
  if (word.startsWith('x-') || SILENT.has(word)) return false
  // The description contradicts itself: `format: uri` with '' as its default.
  return !(word === 'format' && schema.format === 'uri' && schema.default === '')
}

function orNull(schema) {
  if (typeof schema.type !== 'string') return { anyOf: [schema, { type: 'null' }] }
  const type = [schema.type, 'null']
  return schema.enum === undefined
    ? { ...schema, type }
    : { ...schema, type, enum: [...new Set([...schema.enum, null])] }
}
