import { describe, expect, test } from '@jest/globals'
import { openNotifier } from '../../src/app/notify-open.js'
import { ChecklistError, messageOf } from '../../src/core/errors.js'
import type { Destination, Notifier } from '../../src/core/notify/notifier.js'
import { openAboutRepository } from '../../src/github/about-repository.js'
import { openIssueComments } from '../../src/github/issue-comments.js'
import { openHttp } from '../../src/network/http.js'
import { clientOf } from '../fakes/github/client.js'
import { addIssue, issuesOf } from '../fakes/github/issues-state.js'
import { useGitHub } from '../fakes/github/server.js'
import { TOKEN } from '../fakes/github/state.js'
import { openMailbox } from './mailbox.js'
import { message } from './messages.js'
import { type Conduct, openReceiver } from './receivers.js'

const github = useGitHub()
const SECRET = 'T0/B0/x9!secret&of=mine'

type Trouble = 'none' | 'refused' | 'hangs' | 'fails' | 'unauthorized'
type World = Readonly<{ notifier: Notifier; arrived: () => readonly string[] }>

const NOBODY = 'http://127.0.0.1:9'
const CONDUCTS: Readonly<Record<Exclude<Trouble, 'refused'>, Conduct>> = {
  none: () => ({ status: 200, body: 'ok' }),
  hangs: () => 'hang',
  fails: () => ({ status: 500, body: `broken: ${SECRET}` }),
  unauthorized: () => ({ status: 403, body: 'invalid_token' })
}

const open = (to: Destination) => openNotifier(to, { http: openHttp() })

async function byHttp(kind: 'slack' | 'webhook', trouble: Trouble): Promise<World> {
  if (trouble === 'refused') return { notifier: await open({ kind, url: `${NOBODY}/${SECRET}` }), arrived: () => [] }
  const receiver = await openReceiver(CONDUCTS[trouble])
  const notifier = await open({ kind, url: `${receiver.url}/${encodeURI(SECRET)}` })
  return { notifier, arrived: () => receiver.got.map(({ body }) => body) }
}

async function byMail(trouble: Trouble): Promise<World> {
  const address = (port: number) => `smtp://robot:${encodeURIComponent(SECRET)}@127.0.0.1:${port}`
  const to = { kind: 'email', to: ['ops@example.com'], from: 'deploy@example.com' } as const
  if (trouble === 'refused') return { notifier: await open({ ...to, server: address(9) }), arrived: () => [] }
  const password = trouble === 'unauthorized' ? 'another' : SECRET
  const box = await openMailbox({
    user: { name: 'robot', password },
    hangs: trouble === 'hangs',
    takes: () => trouble !== 'fails'
  })
  return { notifier: await open({ ...to, server: address(box.port) }), arrived: () => box.got.map(({ text }) => text) }
}

async function byComment(trouble: Trouble): Promise<World> {
  const { number } = addIssue(github.state, { title: 'releases', body: '', labels: [], author: 'ada' })
  const on = 'issues/create-comment'
  const status = (code: number, words: string) =>
    ({ on, kind: 'status', status: code, body: { message: words }, times: 9 }) as const
  if (trouble === 'refused') github.faults.add({ on, kind: 'cut', times: 9 })
  if (trouble === 'hangs') github.faults.add({ on, kind: 'hang', times: 9 })
  if (trouble === 'fails') github.faults.add(status(500, 'broken'))
  if (trouble === 'unauthorized') github.faults.add(status(403, 'Resource not accessible by integration'))
  const client = clientOf(github.url())
  const comments = openIssueComments(client, openAboutRepository(client))
  const notifier = await openNotifier({ kind: 'issue-comment', issue: number }, { http: openHttp(), comments })
  return { notifier, arrived: () => issuesOf(github.state).flatMap(issue => issue.comments.map(({ text }) => text)) }
}

const WORLDS: Readonly<Record<Destination['kind'], (trouble: Trouble) => Promise<World>>> = {
  slack: trouble => byHttp('slack', trouble),
  webhook: trouble => byHttp('webhook', trouble),
  email: byMail,
  'issue-comment': byComment
}

/** What it rejected with; a few hundred milliseconds are all that it has. */
async function faultOf({ notifier }: World, ms = 400): Promise<ChecklistError> {
  const ended = new AbortController()
  const timer = setTimeout(() => ended.abort(), ms)
  try {
    await notifier.tell(message(), ended.signal)
  } catch (fault) {
    if (fault instanceof ChecklistError) return fault
    throw fault
  } finally {
    clearTimeout(timer)
  }
  throw new Error('it was told')
}

const forms = [TOKEN, SECRET, encodeURI(SECRET), encodeURIComponent(SECRET), Buffer.from(SECRET).toString('base64')]
const saidBy = (fault: ChecklistError) => `${fault.message} ${fault.hint} ${fault.problems.join(' ')}`

describe.each(Object.keys(WORLDS) as Destination['kind'][])('%s', kind => {
  test('brings the message once, with what has to be read first and the way back', async () => {
    const world = await WORLDS[kind]('none')
    await world.notifier.tell(message(), new AbortController().signal)
    const [first = '', ...more] = world.arrived()
    expect(more).toEqual([])
    const text = first.replaceAll('=\r\n', '').replaceAll('&#96;', '')
    for (const part of ['shop on production: FAILED: a1b2c3d', 'deploy-checklist rollback e1', 'alice (push)'])
      expect(text).toContain(part)
  })

  test.each(['refused', 'fails', 'unauthorized'] as const)(
    'where it is %s it says so, what to do, and nothing secret',
    async trouble => {
      const world = await WORLDS[kind](trouble)
      const fault = await faultOf(world, 3_000)
      expect(fault.hint).not.toBe('')
      for (const form of forms) expect(saidBy(fault)).not.toContain(form)
      expect(world.arrived().length).toBeLessThanOrEqual(kind === 'webhook' ? 2 : 1)
    }
  )

  test('whoever does not answer is left when the time is over', async () => {
    const began = performance.now()
    const world = await WORLDS[kind]('hangs')
    const ended = new AbortController()
    setTimeout(() => ended.abort(), 300)
    expect(await world.notifier.tell(message(), ended.signal).catch(messageOf)).toMatch(
      /in time|within|aborted|no answer/
    )
    expect(performance.now() - began).toBeLessThan(2_000)
  })
})
