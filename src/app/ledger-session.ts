import { withClient } from '../database/postgres/client.js'
import type { Session } from '../ledger/postgres-session.js'

/** A connection for the ledger that lives until it is closed, made of the bracket that all connections are made by. */
export function openSession(url: string): Promise<Session> {
  return new Promise((resolve, reject) => {
    let end = () => {}
    const until = new Promise<void>(over => {
      end = over
    })
    // A cancel of the run must not take the ledger away: how it ended is still to be written.
    const { signal } = new AbortController()
    const over = withClient(url, { signal }, async ({ query }) => {
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
