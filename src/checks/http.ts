import type { Finding, Kind } from '../core/item.js'
import type { Json } from '../core/json.js'
import type { HttpResponse } from '../core/ports.js'
import { captureAll, isFromBody } from './capture.js'
import { cookieProblems, cookiesOf } from './cookies.js'
import { fail, pass, unanswered } from './findings.js'
import { isRelative, requestOf } from './http-request.js'
import { withoutSent } from './http-sent.js'
import { type HttpSpec, httpShape } from './http-shape.js'
import { problemAt, type Show } from './json-expectation.js'
import { meets } from './judge.js'
import type { CheckPorts } from './ports.js'
import { mismatches } from './text-matcher.js'

const HINT = 'Ask it the same with curl, and look at its log.'

/** One HTTP request and what is expected of its answer. */
export const httpKind = ({ http }: Pick<CheckPorts, 'http'>): Kind<HttpSpec> => ({
  name: 'http',
  shape: httpShape,
  effect: 'check',
  polls: true,
  turn: ({ time, capture }) => (time !== undefined ? 'alone' : capture === undefined ? 'together' : 'barrier'),
  subject: spec => spec.http,
  mentions: spec => (isRelative(spec) ? ['BASE_URL'] : []),
  captures: ({ capture = {} }) => Object.keys(capture),
  vacuous: spec => (takesAnything(spec) ? 'every status is right and nothing else is expected' : undefined),
  run: async (spec, context) => {
    const request = await requestOf(spec, context)
    const answer = await http.send(request).catch((fault: unknown) => unanswered(fault, context.signal))
    return 'outcome' in answer ? answer : judge(spec, answer)
  }
})

function judge(spec: HttpSpec, answer: HttpResponse): Finding {
  const show = withoutSent(spec)
  const { status, ms } = answer
  // A page of errors meets no other expectation either; naming them all would bury the one that counts.
  const wrong = statusProblem(spec, answer, show)
  if (wrong !== undefined) return fail(wrong, HINT)
  const json = wantsJson(spec) ? parseJson(answer.body) : undefined
  const problems = [...headProblems(spec, answer), ...bodyProblems(spec, answer, json, show), ...timeProblem(spec, ms)]
  if (problems.length > 0) return fail(problems.join('; '), HINT)
  const { captures, missing } = captureAll(spec.capture ?? {}, { headers: answer.headers, json })
  if (missing.length > 0) return fail(`expected a value for ${missing.join(', ')}, found none`, HINT)
  const seen = pass(`${status} in ${Math.round(ms)} ms`)
  return spec.capture === undefined ? seen : { ...seen, captures }
}

const statusesOf = ({ status = '2xx' }: HttpSpec): readonly string[] => [status].flat().map(String)

const fits = (wanted: string, status: number): boolean =>
  wanted.endsWith('xx') ? wanted.startsWith(String(status).slice(0, 1)) : wanted === String(status)

function statusProblem(spec: HttpSpec, { status, headers, body }: HttpResponse, show: Show): string | undefined {
  const wanted = statusesOf(spec)
  if (wanted.some(one => fits(one, status))) return undefined
  const location = headers['location']?.[0]
  // Where something is captured, the answer may hold what nobody else must see.
  const rest =
    location !== undefined
      ? ` to ${show(location)}`
      : spec.capture === undefined && body !== ''
        ? `: ${show(body)}`
        : ''
  return `expected ${wanted.join(' or ')}, found ${status}${rest}`
}

const CLASSES = ['1xx', '2xx', '3xx', '4xx', '5xx']
const takesAnything = ({ status, type, header, json, text, cookie, capture, time }: HttpSpec): boolean =>
  CLASSES.every(one => [status].flat().includes(one)) &&
  [type, header, json, text, cookie, capture, time].every(expected => expected === undefined)

function headProblems({ type, header = {}, cookie = {} }: HttpSpec, { headers }: HttpResponse): readonly string[] {
  const found = headers['content-type']?.[0]?.split(';')[0]?.trim().toLowerCase()
  const cookies = cookiesOf(headers)
  return [
    ...(type === undefined || meets(type, found ?? null) ? [] : [`expected type ${type}, found ${found ?? 'none'}`]),
    ...Object.entries(header).flatMap(([name, wanted]) => headerProblem(name, wanted, headers[name.toLowerCase()])),
    ...Object.entries(cookie).flatMap(([name, wanted]) => cookieProblems(name, wanted, cookies))
  ]
}

function headerProblem(
  name: string,
  wanted: string | number | boolean,
  found: readonly string[] | undefined
): readonly string[] {
  if (wanted === 'absent') return found === undefined ? [] : [`expected no header ${name}, found one`]
  if (found === undefined) return [`expected header ${name}${wanted === 'exists' ? '' : ` ${wanted}`}, found none`]
  if (wanted === 'exists' || found.some(value => meets(wanted, value))) return []
  // Its cookies are judged by `cookie`, and never shown.
  const shown = name.toLowerCase() === 'set-cookie' ? 'others' : found.join(', ').slice(0, 200)
  return [`expected header ${name} ${wanted}, found ${shown}`]
}

const wantsJson = ({ json, capture = {} }: HttpSpec): boolean =>
  json !== undefined || Object.values(capture).some(isFromBody)

function bodyProblems(
  spec: HttpSpec,
  { body, cut, headers }: HttpResponse,
  json: Json | undefined,
  show: Show
): readonly string[] {
  if (cut === true && (wantsJson(spec) || spec.text !== undefined))
    return ['expected a body of at most 5 MiB, found more']
  const about = spec.text === undefined ? [] : mismatches(spec.text, body, 'the body', show)
  if (!wantsJson(spec)) return about
  if (json === undefined) {
    return [...about, `expected JSON, found ${headers['content-type']?.[0] ?? 'no type'}: ${show(body)}`]
  }
  const paths = Object.entries(spec.json ?? {})
  return [...about, ...paths.flatMap(([path, wanted]) => problemAt(path, wanted, json, show) ?? [])]
}

const timeProblem = ({ time }: HttpSpec, ms: number): readonly string[] =>
  time === undefined || meets(time, ms)
    ? []
    : [`expected an answer in ${time}, found ${ms.toFixed(ms < 10 ? 1 : 0)} ms`]

function parseJson(body: string): Json | undefined {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
