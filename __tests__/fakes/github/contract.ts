import { readFileSync } from 'node:fs'
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'

/** GitHub's own description of its REST API, trimmed by scripts/trim-github-api.mjs: what the fake is held to. */
type Schema = Readonly<Record<string, unknown>>
type Content = Readonly<{ required?: boolean; content?: Readonly<Record<string, Readonly<{ schema: Schema }>>> }>
type Parameter = Readonly<{ name: string; in: string; required: boolean; 'x-multi-segment'?: true; schema: Schema }>
type Operation = Readonly<{
  operationId: string
  parameters: readonly Parameter[]
  requestBody?: Content
  responses: Readonly<Record<string, Content>>
}>
type Description = Readonly<{
  paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  components: Readonly<{ schemas: Readonly<Record<string, Schema>> }>
}>

export type Route = Readonly<{ operation: Operation; method: string; pattern: RegExp; names: readonly string[] }>
export type Matched = Readonly<{ operationId: string; route: Route; params: Readonly<Record<string, string>> }>
export type Asked = Readonly<{
  params: Readonly<Record<string, string>>
  query: Readonly<Record<string, string>>
  body: unknown
}>

const API = new URL('../../fixtures/github/api.json', import.meta.url)
// Errors that GitHub answers to anything, whatever the operation's description says.
const ANY_ERROR = [401, 403, 404, 409, 422, 429, 500, 502, 503, 504]
const FORMATS = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  uri: /^[a-z][a-z0-9+.-]*:\S+$/i,
  // Of numbers JSON has only one kind.
  int64: true,
  email: true
} as const

export type Contract = ReturnType<typeof openContract>

/** Finds operations and judges requests and answers; everything is compiled when it is first asked for. */
export function openContract() {
  const { paths, components }: Description = JSON.parse(readFileSync(API, 'utf8'))
  const routes = Object.entries(paths)
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => route(path, method, operation)))
    // A ref may have slashes: what has more words of its own is asked first.
    .sort((a, b) => a.names.length - b.names.length || b.pattern.source.length - a.pattern.source.length)
  const strict = new Ajv({ strict: false, allErrors: true, validateSchema: false, formats: FORMATS })
  const lenient = new Ajv({
    strict: false,
    allErrors: true,
    validateSchema: false,
    coerceTypes: true,
    formats: FORMATS
  })
  strict.addSchema({ components }, 'api')
  lenient.addSchema({ components }, 'api')
  const compiled = new Map<string, ValidateFunction>()

  function judge(name: string, ajv: Ajv, schema: () => Schema, value: unknown): string[] {
    const validate = compiled.get(name) ?? ajv.compile(pointed(schema()))
    compiled.set(name, validate)
    return validate(value) ? [] : (validate.errors ?? []).map(worded)
  }

  return {
    operations: () => routes.map(({ operation }) => operation.operationId),

    find(method: string, path: string): Matched | undefined {
      for (const route of routes) {
        const found = route.method === method ? route.pattern.exec(path) : null
        if (found === null) continue
        const params = Object.fromEntries(route.names.map((name, i) => [name, decodeURIComponent(found[i + 1] ?? '')]))
        return { operationId: route.operation.operationId, route, params }
      }
      return undefined
    },

    /** What is wrong with a request: path, query and body; a field or parameter that GitHub does not know is wrong. */
    requestProblems({ operationId, route: { operation } }: Matched, { params, query, body }: Asked): string[] {
      const inPlace = (place: string, values: Readonly<Record<string, string>>) =>
        judge(`${operationId} ${place}`, lenient, () => closedOver(operation.parameters, place), { ...values })
      return [...inPlace('path', params), ...inPlace('query', query), ...bodyProblems(operation, body)]
    },

    /** What is wrong with an answer of the fake's own. */
    answerProblems({ operationId, route: { operation } }: Matched, status: number, body: unknown): string[] {
      const described = operation.responses[status]
      const schema = described?.content?.['application/json']?.schema
      if (described === undefined && !ANY_ERROR.includes(status))
        return [`status ${status} is none of this operation's`]
      if (described !== undefined && schema === undefined)
        return body === undefined ? [] : [`status ${status} has no body`]
      return judge(
        `${operationId} ${status}`,
        strict,
        () => schema ?? { $ref: '#/components/schemas/basic-error' },
        body
      )
    }
  }

  function bodyProblems({ operationId, requestBody }: Operation, body: unknown): string[] {
    const schema = requestBody?.content?.['application/json']?.schema
    if (schema === undefined) return body === undefined ? [] : ['a body where none belongs']
    if (body === undefined) return requestBody?.required === true ? ['no body'] : []
    return judge(`${operationId} body`, strict, () => closed(inlined(schema, components.schemas)), body)
  }
}

function route(path: string, method: string, operation: Operation): Route {
  const several = operation.parameters.filter(parameter => parameter['x-multi-segment']).map(({ name }) => name)
  const names: string[] = []
  const pattern = path.replace(/[.]|\{([^}]+)\}/g, (sign, name?: string) => {
    if (name === undefined) return `\\${sign}`
    names.push(name)
    return several.includes(name) ? '(.+)' : '([^/]+)'
  })
  return { operation, method: method.toUpperCase(), pattern: new RegExp(`^${pattern}$`), names }
}

function closedOver(parameters: readonly Parameter[], place: string): Schema {
  const here = parameters.filter(parameter => parameter.in === place)
  return {
    type: 'object',
    // Of a text that may be a number too, several match.
    properties: Object.fromEntries(
      here.map(({ name, schema: { oneOf, ...schema } }) => [name, oneOf ? { anyOf: oneOf } : schema])
    ),
    required: here.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties: false
  }
}

const pointed = (schema: Schema): Schema =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/'))

const worded = ({ instancePath, message, params }: ErrorObject): string =>
  `${instancePath || '/'} ${message}${'additionalProperty' in params ? ` '${params.additionalProperty}'` : ''}`

function inlined(value: unknown, schemas: Description['components']['schemas']): Schema {
  const text = JSON.stringify(value, (_, inner) =>
    typeof inner?.$ref === 'string' ? schemas[inner.$ref.split('/').at(-1)] : inner
  )
  return JSON.parse(text)
}

/** No field but those that are described, at any depth; where schemas are combined, each part may know some. */
function closed(schema: unknown): Schema {
  const text = JSON.stringify(schema, (_, inner) =>
    isWholeObject(inner) ? { additionalProperties: false, ...inner } : inner
  )
  return JSON.parse(text)
}

const isWholeObject = (value: unknown): value is Schema =>
  typeof value === 'object' &&
  value !== null &&
  'properties' in value &&
  (('type' in value && typeof value.type === 'string') || ('type' in value && Array.isArray(value.type))) &&
  !['anyOf', 'oneOf', 'allOf'].some(word => word in value)
