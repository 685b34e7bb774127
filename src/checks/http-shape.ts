import { z } from 'zod'
import { isSource, SOURCE } from './capture.js'
import { cookieExpectation } from './cookies.js'
import { isJsonPath, jsonExpectation } from './json-expectation.js'
import { problemOfPlace } from './place.js'
import { checkedText, comparison, condition, mapOf, oneOf, oneOrMore, patternText, text } from './shapes.js'
import { textMatcher } from './text-matcher.js'

const REQUEST = 'a method and an address such as GET https://example.com/health'
const METHODS = /^(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) \S+$/
const STATUS = 'a status such as 200, or a class such as 2xx'

// The method is judged even where the address still has to be filled in.
const request = text(REQUEST).refine(
  written => METHODS.test(written.replace(/\$\{[^}]*\}/g, '_')),
  `expected ${REQUEST}, with the method in capitals`
)
const status = oneOf(
  [
    z.int().min(100, `expected ${STATUS}`).max(599, `expected ${STATUS}`),
    patternText(STATUS, /^(?:[1-5]xx|[1-5]\d\d)$/)
  ],
  STATUS
)
const header = z.string().regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, 'expected the name of a header')
const scalar = z.union([z.string(), z.number(), z.boolean()], 'expected a text or a number')

export const httpShape = z.strictObject({
  http: request.describe(
    'Method and address: GET https://example.com/health. One that begins with / stands below ${BASE_URL}.'
  ),
  headers: z.record(header, scalar, 'expected headers with their values').optional().describe('Headers to send.'),
  body: oneOf([z.string(), z.record(z.string(), z.json()), z.array(z.json())], 'a text, a map or a list')
    .optional()
    .describe('Body to send: a map or a list goes as JSON, a text as it is.'),
  status: oneOrMore(status, STATUS).optional().describe('200, 2xx, or a list of them; 2xx is the default.'),
  type: condition().optional().describe('Media type of the answer, such as application/json, or /regex/.'),
  header: z
    .record(header, condition())
    .refine(map => Object.keys(map).length > 0, 'expected at least one header')
    .optional()
    .describe('Headers of the answer: exists, absent, a value, a condition or /regex/.'),
  json: z
    .record(z.string().refine(isJsonPath, 'expected a path such as $.items[0].id'), jsonExpectation())
    .refine(map => Object.keys(map).length > 0, 'expected at least one path')
    .optional()
    .describe(
      'Paths into the JSON body: exists, absent, a value, ">= 1", /regex/, or {count, type, is, contains, equals}.'
    ),
  text: textMatcher().optional().describe('What the body must and must not contain: text or /regex/, or a list.'),
  cookie: mapOf(cookieExpectation(), 'cookies with what is expected of them')
    .optional()
    .describe(
      'Cookies that the answer sets: exists, absent, or {HttpOnly: true, Secure: true, SameSite: Lax, value: …}.'
    ),
  capture: z
    .record(
      z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected a name of letters, digits and _'),
      checkedText(SOURCE, source => (isSource(source) ? undefined : `expected ${SOURCE}`))
    )
    .refine(map => Object.keys(map).length > 0, 'expected at least one name')
    .optional()
    .describe('Names for later items of this stage, each from $.path, header:NAME or cookie:NAME.'),
  redirects: z
    .enum(['follow', 'none'], 'expected follow or none')
    .optional()
    .describe('none (the default) lets a 301 be asserted; follow judges where it leads.'),
  time: comparison(['duration'], '< 200ms').optional().describe('"< 200ms", measured alone and on an open connection.'),
  ca: checkedText('a file', problemOfPlace)
    .optional()
    .describe('PEM file of the authority that signed its certificate.')
})

export type HttpSpec = z.infer<typeof httpShape>
