import { withClient } from '../../src/database/postgres/client.js'
import type { Session } from '../../src/ledger/postgres-session.js'
import { never } from './postgres-server.js'

/** A session that lives until it is closed, over the bracket that ends by itself. */
export function openSession(url: string): Promise<Session> {
  return new Promise((resolve, reject) => {
    let end = () => {}
    const until = new Promise<void>(over => {
      end = over
    })
    const over = withClient(url, { signal: never }, async ({ query }) => {
      resolve({
        query,
        close: async () => {
          end()
          await over
        }
      })
      await until
    })
    over.catch(reject)
  })
}
