import { afterAll } from '@jest/globals'
import { type LocalServer, serve } from '../network/local-server.js'

/** What arrived by HTTP, oldest first. */
export type Received = Readonly<{
  method: string
  path: string
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: string
}>
/** What a receiver does with a request: answers, or leaves it without an answer. */
export type Conduct = (
  nth: number
) => Readonly<{ status: number; body?: string; headers?: Record<string, string> }> | 'hang' | 'cut'
export type Receiver = Readonly<{
  url: string
  server: LocalServer
  got: readonly Received[]
  conducts(by: Conduct): void
}>

const opened: LocalServer[] = []
afterAll(async () => {
  await Promise.all(opened.map(({ close }) => close()))
})

/** A server of one's own on the loopback that takes whatever is posted. */
export async function openReceiver(conduct: Conduct = () => ({ status: 200, body: 'ok' })): Promise<Receiver> {
  const got: Received[] = []
  let now = conduct
  const server = await serve(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part)
    const { method = '', url = '', headers } = request
    got.push({ method, path: url, headers, body: Buffer.concat(parts).toString('utf8') })
    const answer = now(got.length)
    if (answer === 'hang') return
    if (answer === 'cut') return void request.socket.destroy()
    response.writeHead(answer.status, answer.headers ?? {})
    response.end(answer.body ?? '')
  })
  opened.push(server)
  return {
    ...{ url: server.url, server, got },
    conducts: by => {
      now = by
    }
  }
}

/** The JSON of each request. */
export const bodiesOf = ({ got }: Receiver): readonly Record<string, unknown>[] =>
  got.map(({ body }) => JSON.parse(body))
