import type { FakeState } from './state.js'

export type HandlerRequest = Readonly<{
  params: Record<string, string>
  query: Record<string, string>
  // biome-ignore lint/suspicious/noExplicitAny: the contract has judged it; each handler knows its own body.
  body: any
  token: string
  /** Where the API is, without a slash at its end: for the addresses in answers. */
  base: string
  /** The request's own address, query included. */
  url: string
}>
export type HandlerAnswer = Readonly<{ status: number; body?: unknown; headers?: Record<string, string> }>
export type Handler = (request: HandlerRequest, state: FakeState) => HandlerAnswer
/** By operationId, such as `git/get-ref`. */
export type Handlers = Record<string, Handler>

/** An error in GitHub's form. */
export const failure = (status: number, message: string): HandlerAnswer => ({
  status,
  body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) }
})

export const absent = (): HandlerAnswer => failure(404, 'Not Found')

/** One page of a list, with the `Link` header that leads to its neighbours; `wrap` puts it where the operation has it. */
export function paged<T>(
  { query, url }: HandlerRequest,
  items: readonly T[],
  wrap: (page: readonly T[], total: number) => unknown = page => page
): HandlerAnswer {
  const size = Math.min(100, Number(query['per_page'] ?? 30))
  const page = Math.max(1, Number(query['page'] ?? 1))
  const last = Math.max(1, Math.ceil(items.length / size))
  const links = [
    ...(page > 1 ? [link(url, page - 1, 'prev'), link(url, 1, 'first')] : []),
    ...(page < last ? [link(url, page + 1, 'next'), link(url, last, 'last')] : [])
  ]
  const body = wrap(items.slice((page - 1) * size, page * size), items.length)
  return { status: 200, body, headers: links.length === 0 ? {} : { link: links.join(', ') } }
}

function link(url: string, page: number, rel: string): string {
  const target = new URL(url)
  target.searchParams.set('page', String(page))
  return `<${target}>; rel="${rel}"`
}
