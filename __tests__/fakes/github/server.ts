import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach, beforeEach } from '@jest/globals'
import { type Contract, type Matched, openContract } from './contract.js'
import { createFaults, type Fault, type Faults, pass } from './faults.js'
import { absent, failure, type Handler, type HandlerAnswer, type Handlers } from './handler.js'
import { handlers as deployments } from './handlers/deployments.js'
import { handlers as environments } from './handlers/environments.js'
import { handlers as git } from './handlers/git.js'
import { handlers as issues } from './handlers/issues.js'
import { handlers as people } from './handlers/people.js'
import { handlers as repository } from './handlers/repository.js'
import { handlers as runs } from './handlers/runs.js'
import { refusal } from './refusal.js'
import { createState, type FakeState, type StateOptions } from './state.js'

export type Seen = Readonly<{
  operationId: string
  method: string
  path: string
  query: Readonly<Record<string, string>>
  body: unknown
  token: string
  headers: Readonly<Record<string, string | string[] | undefined>>
}>
export type FakeGitHub = Readonly<{
  /** Where the API is: what `GITHUB_API_URL` would say. */
  url: string
  state: FakeState
  faults: Faults
  /** Every request that arrived, oldest first. */
  requests(): readonly Seen[]
  /** What broke the contract: requests of ours that GitHub would not understand, and answers that it would not give. */
  violations(): readonly string[]
  close(): Promise<void>
}>
/** `handlers` come beside those of all areas, and before them. `prefix` is `/api/v3` on a server of one's own. */
export type FakeOptions = StateOptions & Readonly<{ handlers?: Handlers; prefix?: string }>

/** By operationId, of all areas. */
export const handlers: Handlers = {
  ...repository,
  ...people,
  ...git,
  ...environments,
  ...runs,
  ...deployments,
  ...issues
}

let contract: Contract | undefined

/** A GitHub of one's own on a free port of the loopback; whoever starts it closes it. */
export async function startGitHub({
  handlers: own = {},
  prefix = '',
  ...options
}: FakeOptions = {}): Promise<FakeGitHub> {
  contract ??= openContract()
  const known = contract
  const state = createState(options)
  const faults = createFaults()
  const requests: Seen[] = []
  const violations: string[] = []
  const sockets = new Set<Socket>()
  const ending = new AbortController()
  const table = { ...handlers, ...own }

  const server = createServer((request, response) => {
    serve(request, response).catch(thrown => {
      violations.push(
        `the fake failed at ${request.method} ${request.url}: ${thrown instanceof Error ? thrown.stack : thrown}`
      )
      request.socket.destroy()
    })
  })
  server.on('connection', socket => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}${prefix}`

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const target = new URL(request.url ?? '/', url)
    const text = await read(request)
    const method = request.method ?? 'GET'
    // The path as it was sent: a slash that was encoded belongs to one segment.
    const path = target.pathname.slice(prefix.length)
    const query = Object.fromEntries(target.searchParams)
    const token = /^(?:token|bearer) (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const matched = target.pathname.startsWith(prefix) ? known.find(method, path) : undefined
    const body = text === '' ? undefined : JSON.parse(text)
    const operationId = matched?.operationId ?? 'unknown'
    requests.push({ operationId, method, path, query, body, token, headers: request.headers })
    const fault = faults.next(operationId)
    if (fault?.kind === 'delay') await pass(fault.ms, ending.signal)
    if (fault !== undefined && instead(fault, request, response)) return
    const answer = answered({ matched, method, path, query, body, token, address: target.href })
    if (fault?.kind === 'lost') request.socket.destroy()
    else if (fault?.kind === 'torn') tear(response, answer)
    else if (fault?.kind === 'reject') reply(response, failure(fault.status, 'Server Error'))
    else reply(response, answer)
  }

  type Arrived = Readonly<{
    matched: Matched | undefined
    method: string
    path: string
    query: Record<string, string>
    body: unknown
    token: string
    address: string
  }>

  function answered({ matched, method, path, query, body, token, address }: Arrived): HandlerAnswer {
    if (matched === undefined) {
      violations.push(`${method} ${path}: no operation that the fake knows; add it to scripts/trim-github-api.mjs`)
      return absent()
    }
    const { operationId, params } = matched
    const problems = known.requestProblems(matched, { params, query, body })
    violations.push(...problems.map(problem => `request of ${operationId}: ${problem}`))
    const closed = refusal(state, matched, token)
    if (closed !== undefined) return closed
    if (problems.length > 0) return failure(422, `Invalid request.\n\n${problems.join('\n')}`)
    const handler: Handler | undefined = table[operationId]
    if (handler === undefined) {
      violations.push(`${operationId}: the fake has no handler`)
      return failure(501, 'Not Implemented')
    }
    const answer = handler({ params: { ...params }, query, body, token, base: url, url: address }, state)
    const wrong = known.answerProblems(matched, answer.status, answer.body)
    violations.push(...wrong.map(problem => `answer ${answer.status} of ${operationId}: ${problem}`))
    return answer
  }

  async function close(): Promise<void> {
    ending.abort()
    for (const socket of sockets) socket.destroy()
    await new Promise<void>(resolve => server.close(() => resolve()))
  }

  return { url, state, faults, requests: () => requests, violations: () => violations, close }
}

/** Answers, or leaves without an answer, where a fault stands in for the operation; false when it goes on. */
function instead(fault: Fault, request: IncomingMessage, response: ServerResponse): boolean {
  if (fault.kind === 'cut') request.socket.destroy()
  else if (fault.kind === 'garbage') reply(response, { status: 200, body: '<html>Unicorn!' })
  else if (fault.kind === 'status') {
    const { status, body = { message: 'Server Error' }, headers = {} } = fault
    reply(response, { status, body, headers: { ...headers } })
  } else return fault.kind === 'hang'
  return true
}

function reply(response: ServerResponse, { status, body, headers = {} }: HandlerAnswer): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const type = typeof body === 'string' ? 'text/html' : 'application/json; charset=utf-8'
  response.writeHead(status, {
    'x-github-request-id': 'FAKE:1',
    ...(body === undefined ? {} : { 'content-type': type }),
    ...headers
  })
  response.end(text)
}

/** The front of an answer, whose head promises all of it. */
function tear(response: ServerResponse, { status, body }: HandlerAnswer): void {
  const text = JSON.stringify(body) ?? ''
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': text.length + 1 })
  response.write(text.slice(0, text.length / 2), () => response.socket?.destroy())
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

/** A GitHub for each test. Afterwards it is closed, and a test that broke the contract fails. */
export function useGitHub(options: FakeOptions = {}) {
  let current: FakeGitHub | undefined
  const running = (): FakeGitHub => {
    if (current === undefined) throw new Error('there is a GitHub only while a test runs')
    return current
  }
  beforeEach(async () => {
    current = await startGitHub(options)
  })
  afterEach(async () => {
    const { violations, close } = running()
    current = undefined
    await close()
    if (violations().length > 0) throw new Error(`GitHub's contract was broken:\n${violations().join('\n')}`)
  })
  return {
    url: () => running().url,
    get state() {
      return running().state
    },
    get faults() {
      return running().faults
    },
    requests: () => running().requests(),
    violations: () => running().violations()
  }
}
