import { expect, test } from '@jest/globals'
import { usePostgres } from '../../fakes/postgres-server.js'
import { type Caller, withCaller } from './act.js'
import { told } from './act-output.js'
import { type Guestbook, guestbookRelease, withGuestbook } from './guestbook.js'

const postgres = usePostgres('machine')

test('the quickstart application goes live, moves on, and comes back from a broken release', async () => {
  await withCaller(caller =>
    withGuestbook(caller, async guestbook => {
      const start = starter(caller, guestbook, await secrets())
      for (const number of [1, 2]) {
        caller.commit(guestbookRelease(number))
        const run = await start(`${number}`, '1').ended
        expect(told(run)).toMatchObject({ status: 'SUCCESS' })
        expect(await guestbook.live()).toBe(number)
      }
      caller.commit(guestbookRelease(3))
      const watching = guestbook.watch()
      const run = await start('3', '1').ended
      expect(told(run)).toMatchObject({ status: 'ROLLED_BACK', reason: 'smoke_test_failed' })
      expect(await watching.stop()).toEqual([2, 3, 2])
    })
  )
})

test('killed after its effect and before its outcome, a deployment is resumed by a re-run and done once', async () => {
  await withCaller(caller =>
    withGuestbook(caller, async guestbook => {
      const start = starter(caller, guestbook, await secrets())
      caller.commit(guestbookRelease(1))
      expect(told(await start('1', '1').ended)).toMatchObject({ status: 'SUCCESS' })
      caller.commit(guestbookRelease(2))
      const running = start('2', '1')
      await running.said('is live on port')
      running.crash()
      await running.ended
      const again = await start('2', '2').ended
      expect(told(again)).toMatchObject({ status: 'SUCCESS' })
      expect(await guestbook.live()).toBe(2)
    })
  )
})

const secrets = async (): Promise<Readonly<Record<string, string>>> => ({
  DATABASE_URL: await postgres.create(),
  LEDGER_URL: await postgres.create()
})

const starter =
  (caller: Caller, { env }: Guestbook, secrets: Readonly<Record<string, string>>) =>
  (runId: string, attempt: string) =>
    caller.start({
      workflow: 'whole.yml',
      env: { ...env, GITHUB_RUN_ID: runId, GITHUB_RUN_ATTEMPT: attempt },
      secrets
    })
