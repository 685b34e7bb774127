import { expect, test } from '@jest/globals'
import type { Command, Exit, Shell } from '../../../src/core/ports.js'
import { withClient } from '../../../src/database/postgres/client.js'
import { dockerAnswers, withDockerServer } from '../../../src/database/postgres/docker.js'
import { never, usePostgres } from '../../fakes/postgres-server.js'

const server = usePostgres('embedded')

/** A docker whose containers are the test's own server, with the password that the container was given. */
function dockerWith(answers: Readonly<Record<string, number>> = {}): Readonly<{ shell: Shell; asked: string[] }> {
  const asked: string[] = []
  const ended = (code: number, stdout = '', stderr = ''): Exit => ({
    kind: 'exited',
    code,
    byItself: true,
    stdout,
    stderr,
    durationMs: 1
  })
  const shell = {
    run: async ({ what, env }: Command) => {
      const [, verb = '', ...rest] = 'argv' in what ? what.argv : []
      asked.push([verb, ...rest].join(' '))
      if (verb === 'run' && answers['run'] === undefined) {
        await server.sql(server.url(), `ALTER ROLE postgres PASSWORD '${env['POSTGRES_PASSWORD']}'`)
      }
      const port = `127.0.0.1:${new URL(server.url()).port}\n`
      return ended(answers[verb] ?? 0, verb === 'port' ? port : '', answers[verb] === undefined ? '' : 'no such image')
    }
  } satisfies Shell
  return { shell, asked }
}

test('a container is started, used and removed; its password stands in no command line', async () => {
  const { shell, asked } = dockerWith()
  const passwords: string[] = []
  const rows = await withDockerServer({ shell, env: {}, signal: never, image: 'postgres:15' }, async url => {
    passwords.push(new URL(url).password)
    const answer = await withClient(url, { signal: never }, ({ query }) => query('SELECT 1'))
    // So that the test's own URL is right again.
    await withClient(url, { signal: never }, ({ query }) =>
      query(`ALTER ROLE postgres PASSWORD '${new URL(server.url()).password}'`)
    )
    return answer.rows
  })
  expect(rows).toEqual([['1']])
  expect(asked.map(line => line.split(' ')[0])).toEqual(['run', 'port', 'rm'])
  expect(asked[0]).toMatch(/--env POSTGRES_PASSWORD --publish 127\.0\.0\.1::5432 postgres:15 -c fsync=off/)
  expect(asked.join()).not.toContain(passwords[0])
})

test('a container that does not start is said and removed all the same', async () => {
  const { shell, asked } = dockerWith({ run: 125 })
  const work = withDockerServer({ shell, env: {}, signal: never, image: 'postgres:99' }, async () => 'never')
  await expect(work).rejects.toMatchObject({
    reason: 'service_unavailable',
    message: expect.stringMatching(/postgres:99.*no such image/)
  })
  expect(asked.at(-1)).toMatch(/^rm --force deploy-checklist-pg-/)
})

test.each([
  ['an engine that answers', dockerWith().shell, true],
  ['a client without an engine', dockerWith({ version: 1 }).shell, false],
  ['no client at all', { run: () => Promise.reject(new Error('not found')) }, false]
])('%s', async (_, shell, expected) => {
  expect(await dockerAnswers({ shell, env: {}, signal: never })).toBe(expected)
})
