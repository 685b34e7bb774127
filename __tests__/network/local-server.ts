import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'

/** A server on a free port of this machine, and the way to end it with every connection that it has. */
export type LocalServer = Readonly<{ url: string; port: number; close(): Promise<void> }>

export const serve = (listener: RequestListener): Promise<LocalServer> => listen(createServer(listener), 'http')

export const serveTls = (
  listener: RequestListener,
  pair: Readonly<{ key: string; cert: string }>
): Promise<LocalServer> => listen(createSecureServer(pair, listener), 'https')

async function listen(server: Server, scheme: string): Promise<LocalServer> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { url: `${scheme}://127.0.0.1:${port}`, port, close }
}

/** A server that speaks no protocol of its own. */
export async function serveRaw(connected: (socket: Socket) => void): Promise<LocalServer> {
  const sockets = new Set<Socket>()
  const server = createTcpServer(socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    connected(socket)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () =>
    new Promise<void>(resolve => {
      server.close(() => resolve())
      for (const socket of sockets) socket.destroy()
    })
  return { url: `http://127.0.0.1:${port}`, port, close }
}
