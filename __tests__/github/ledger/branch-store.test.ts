import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { checkChain } from '../../../src/core/chain.js'
import { fileOf, folderOf } from '../../../src/core/ledger/names.js'
import type { Ledger, Stored } from '../../../src/core/ports.js'
import { at, change, ended, endedBody, executionRecord, KEY, newExecution, noteBody } from '../../fakes/executions.js'
import { BRANCH, openOn } from '../../fakes/github/branch-stand.js'
import { gitOf } from '../../fakes/github/git-store.js'
import { useGitHub } from '../../fakes/github/server.js'

const github = useGitHub()
const open = (): Ledger => openOn({ url: github.url() })
const git = () => gitOf(github.state)
const tip = () => git().refs.get(`refs/heads/${BRANCH}`) ?? ''
const JOURNAL = `${folderOf(KEY)}/${fileOf(executionRecord())}`

/** The operations that some work asks for, oldest first. */
async function asked(work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = github.requests().length
  await work()
  return github
    .requests()
    .slice(before)
    .map(({ operationId }) => operationId.replace(/^(git|repos)\//, ''))
}
const WRITE = ['create-tree', 'create-commit', 'update-ref']
const LOOK = ['list-matching-refs']

async function mustRead(ledger: Ledger, id: string): Promise<Stored> {
  const stored = await ledger.read(id)
  if (stored === undefined) throw new Error(`${id} is not there`)
  return stored
}

async function begin(ledger: Ledger, number = 1): Promise<Stored> {
  expect(await ledger.create(newExecution(executionRecord({ number })))).toEqual({ kind: 'created' })
  return await mustRead(ledger, `e${number}`)
}

async function finish(ledger: Ledger, { record, events }: Stored): Promise<Stored> {
  expect(await ledger.append(change(events, ended(record), endedBody))).toEqual({ kind: 'appended' })
  return await mustRead(ledger, record.id)
}

describe('what it costs', () => {
  test('an append is three requests, and reads nothing as long as nobody else wrote', async () => {
    const ledger = open()
    let { record, events } = await begin(ledger)
    for (const text of ['a', 'b']) {
      const next = change(events, record, noteBody(text))
      expect(await asked(() => ledger.append(next))).toEqual(WRITE)
      events = [...events, ...next.events]
    }
    expect(await asked(() => ledger.append(change(events, ended(record), endedBody)))).toEqual(WRITE)
    expect(await asked(() => ledger.create(newExecution(executionRecord({ number: 2 }))))).toEqual(WRITE)
    expect(await asked(() => ledger.beat('e2', 2, at(1)))).toEqual([])
  })

  test('a look is one request, and reads what it has not read before', async () => {
    const ledger = open()
    await finish(ledger, await begin(ledger))
    expect(await asked(() => ledger.survey(KEY))).toEqual(LOOK)
    expect(await asked(() => ledger.read('e1'))).toEqual(LOOK)
    const [newcomer, tree] = [open(), ['get-commit', 'get-tree']]
    expect(await asked(() => newcomer.survey(KEY))).toEqual([...LOOK, ...tree, 'get-blob', 'get-blob'])
    expect(await asked(() => newcomer.survey(KEY))).toEqual(LOOK)
  })

  test('a write that others were quicker than looks once and writes once more', async () => {
    const [ledger, other] = [open(), open()]
    const { record, events } = await begin(ledger)
    await other.create(newExecution(executionRecord({ id: 'x', key: { ...KEY, environment: 'staging' } })))
    const append = () => ledger.append(change(events, record, noteBody('a')))
    expect(await asked(append)).toEqual([...WRITE, ...LOOK, 'get-commit', 'get-tree', ...WRITE])
  })

  test('a first write makes the branch, and to prepare it again costs a look', async () => {
    const ledger = open()
    expect(await asked(() => ledger.prepare())).toEqual([...LOOK, 'create-tree', 'create-commit', 'create-ref'])
    expect(await asked(() => ledger.prepare())).toEqual(LOOK)
    expect(git().commits.get(tip())?.parents).toEqual([])
  })

  test('a list of a long history reads fifty ended executions at once', async () => {
    const ledger = open()
    for (let number = 1; number <= 7; number++) await finish(ledger, await begin(ledger, number))
    const list = open()
    const blobs = (await asked(() => list.list({ key: KEY }, { limit: 100 }))).filter(one => one === 'get-blob')
    // Index, rows, and the newest, which gets its row with the next one.
    expect(blobs).toHaveLength(3)
  })
})

describe('what others see', () => {
  test('the branch is for people too, and holds no workflow', async () => {
    const ledger = open()
    await finish(ledger, await begin(ledger))
    await begin(ledger, 2)
    const texts = git().textsOf(BRANCH)
    expect(Object.keys(texts).sort()).toEqual(
      [
        'README.md',
        'ledger.json',
        JOURNAL,
        ...['000002-e2.jsonl', 'index.json', 'records-000000.json'].map(file => `${folderOf(KEY)}/${file}`)
      ].sort()
    )
    const messages = [...git().history(tip())].map(sha => git().commits.get(sha)?.message)
    expect(messages).toEqual([
      'shop, production 2 PLANNED: opened',
      'shop, production 1 SUCCESS: ended',
      'shop, production 1 PLANNED: opened'
    ])
  })

  test('looking at a store that was never prepared leaves it untouched', async () => {
    const ledger = open()
    const look = async () => {
      await ledger.survey(KEY)
      await ledger.list({}, { limit: 5 })
      await ledger.read('e1')
    }
    expect(await asked(look)).toEqual([...LOOK, ...LOOK, ...LOOK])
    expect(git().refs.size).toBe(0)
  })

  test('a branch of that name with something else in it is left alone', async () => {
    git().push(BRANCH, { 'src/main.ts': 'code' })
    await expect(open().survey(KEY)).rejects.toMatchObject({ reason: 'usage' })
    await expect(open().prepare()).rejects.toMatchObject({ reason: 'usage' })
  })
})

describe('a branch that somebody has rewritten', () => {
  test.each([
    ['by another newest commit', () => void git().push(BRANCH, { [JOURNAL]: 'other\n' }, { force: true })],
    ['by deleting it', () => void git().refs.delete(`refs/heads/${BRANCH}`)],
    [
      'by another history',
      () =>
        void git().refs.set(
          `refs/heads/${BRANCH}`,
          git().putCommit({ tree: git().commits.get(tip())?.tree ?? '', parents: [], message: 'anew' })
        )
    ]
  ])('%s is found by who saw it before', async (_, rewrite) => {
    const ledger = open()
    const { record, events } = await begin(ledger)
    const next = change(events, record, noteBody('a'))
    await ledger.append(next)
    rewrite()
    const rewritten = tip()
    const broken = { reason: 'ledger_broken', message: expect.stringContaining('rewritten') }
    await expect(ledger.survey(KEY)).rejects.toMatchObject(broken)
    const after = change([...events, ...next.events], record, noteBody('b'))
    await expect(ledger.append(after)).rejects.toMatchObject(broken)
    expect(tip()).toBe(rewritten)
  })

  test('what was left out is missed by a look, and comes back with the next write of who remembers it', async () => {
    const ledger = open()
    const { record, events } = await begin(ledger)
    const [before, next] = [tip(), change(events, record, noteBody('a'))]
    await ledger.append(next)
    git().refs.set(`refs/heads/${BRANCH}`, before)
    await expect(ledger.survey(KEY)).rejects.toMatchObject({ reason: 'ledger_broken' })
    const all = [...events, ...next.events]
    const after = change(all, record, noteBody('b'))
    expect(await ledger.append(after)).toEqual({ kind: 'appended' })
    expect((await mustRead(open(), 'e1')).events).toEqual([...all, ...after.events])
  })

  test('what an earlier process saw is missed by the next one, when it is told', async () => {
    const first = openOn({ url: github.url() })
    await begin(first)
    const before = first.seen()
    expect(before).toBe(tip())
    const { record, events } = await mustRead(first, 'e1')
    await first.append(change(events, record, noteBody('a')))
    const told = (seen = '') => openOn({ url: github.url() }, { seen })
    expect((await told(before).survey(KEY)).holder?.id).toBe('e1')
    expect((await told(tip()).survey(KEY)).holder?.id).toBe('e1')
    const lost = told(tip())
    git().refs.set(`refs/heads/${BRANCH}`, before ?? '')
    await expect(lost.survey(KEY)).rejects.toMatchObject({ reason: 'ledger_broken' })
    git().refs.clear()
    await expect(told(before).survey(KEY)).rejects.toMatchObject({ reason: 'ledger_broken' })
  })

  test('a long way forward is no rewriting', async () => {
    const [ledger, other] = [open(), open()]
    const { record, events } = await begin(ledger)
    let all = events
    for (const text of ['a', 'b', 'c']) {
      const next = change(all, record, noteBody(text))
      expect(await other.append(next)).toEqual({ kind: 'appended' })
      all = [...all, ...next.events]
    }
    expect((await mustRead(ledger, 'e1')).events).toEqual(all)
  })

  test('an old answer passes: it is asked again', async () => {
    const ledger = open()
    const { record, events } = await begin(ledger)
    const [older, next] = [tip(), change(events, record, noteBody('a'))]
    await ledger.append(next)
    const body = [
      {
        ref: `refs/heads/${BRANCH}`,
        node_id: 'R',
        url: 'https://x',
        object: { type: 'commit', sha: older, url: 'https://x' }
      }
    ]
    github.faults.add({ on: 'git/list-matching-refs', kind: 'status', status: 200, body })
    expect((await mustRead(ledger, 'e1')).events).toEqual([...events, ...next.events])
  })
})

describe('what does not hold together', () => {
  const REFUSAL = { reason: 'ledger_broken', message: expect.stringContaining(BRANCH) }
  beforeEach(async () => {
    const ledger = open()
    await finish(ledger, await begin(ledger))
    await begin(ledger, 2)
  })

  test.each([
    [
      'an edited event',
      JOURNAL,
      (text: string) => text.replace('"actor":"alice"},"prev"', '"actor":"mallory"},"prev"')
    ],
    ['a line that is none', JOURNAL, (text: string) => `${text}nonsense\n`],
    ['an end that was cut', JOURNAL, (text: string) => text.slice(0, -20)],
    ['another execution in its place', JOURNAL, () => git().textsOf(BRANCH)[`${folderOf(KEY)}/000002-e2.jsonl`] ?? '']
  ])('%s: refused to who acts, told to who looks', async (_, path, edit) => {
    const before = git().textsOf(BRANCH)[path] ?? ''
    expect(edit(before)).not.toBe(before)
    git().push(BRANCH, { [path]: edit(before) })
    await expect(open().read('e1')).rejects.toMatchObject(REFUSAL)
    await expect(open().list({}, { limit: 5 })).rejects.toMatchObject(REFUSAL)
    expect(await open().list({}, { limit: 5, damaged: 'tell' })).toMatchObject({
      records: [{ id: 'e2' }],
      unreadable: [{ id: 'e1', number: 1, environment: 'production' }]
    })
  })

  test.each([
    ['no JSON', 'index.json', '{'],
    ['something else', 'index.json', '{}'],
    ['gone', 'index.json', undefined],
    ['older', 'index.json', JSON.stringify({ key: KEY, lastNumber: 1, fence: 2, holder: '', tombstones: [] })],
    [
      'naming a holder that is not there',
      'index.json',
      JSON.stringify({ key: KEY, lastNumber: 2, fence: 2, holder: 'x', tombstones: [] })
    ]
  ])('an index that is %s', async (_, file, text) => {
    git().push(BRANCH, { [`${folderOf(KEY)}/${file}`]: text })
    await expect(open().survey(KEY)).rejects.toMatchObject({ reason: 'ledger_broken' })
    await expect(open().create(newExecution(executionRecord({ number: 3, token: 3 })))).rejects.toMatchObject({
      reason: 'ledger_broken'
    })
  })

  test('a list does not look past a key that has lost its index', async () => {
    git().push(BRANCH, { [`${folderOf(KEY)}/index.json`]: undefined })
    await expect(open().list({}, { limit: 5 })).rejects.toMatchObject({ reason: 'ledger_broken' })
    await expect(open().list({ key: KEY }, { limit: 5 })).rejects.toMatchObject({ reason: 'ledger_broken' })
    expect(await open().list({}, { limit: 5, damaged: 'tell' })).toMatchObject({ unreadable: [{ id: '' }] })
  })

  test('a row that says something else than the file that it was made from', async () => {
    const path = `${folderOf(KEY)}/records-000000.json`
    const text = git().textsOf(BRANCH)[path] ?? ''
    expect(text).toContain('"actor":"alice"')
    git().push(BRANCH, { [path]: text.replace('"actor":"alice"', '"actor":"mallory"') })
    const ledger = open()
    await ledger.list({}, { limit: 5 })
    await expect(ledger.read('e1')).rejects.toMatchObject({ reason: 'ledger_broken' })
  })

  test('rows that are none: refused to who acts, told to who looks, who reads the executions themselves', async () => {
    git().push(BRANCH, { [`${folderOf(KEY)}/records-000000.json`]: '{"x":1}' })
    await expect(open().list({}, { limit: 5 })).rejects.toMatchObject({ reason: 'ledger_broken' })
    expect(await open().list({}, { limit: 5, damaged: 'tell' })).toMatchObject({
      records: [{ id: 'e2' }, { id: 'e1' }],
      unreadable: [{ id: '', environment: 'production' }]
    })
  })

  test('a row of a file that has changed since is not believed', async () => {
    const ledger = open()
    const { record, events } = await mustRead(ledger, 'e1')
    const marked = { ...record, markedBad: 'slow' }
    await ledger.append(change(events, marked, { type: 'marked-bad', because: 'slow', by: 'alice' }))
    expect((await open().list({}, { limit: 5 })).records.map(({ markedBad }) => markedBad)).toEqual(['', 'slow'])
  })
})

describe('a write that GitHub never lets through', () => {
  afterEach(() => github.faults.clear())

  test('ends, says so, and has written nothing', async () => {
    const ledger = open()
    const { record, events } = await begin(ledger)
    const body = { message: 'Repository rule violations found' }
    github.faults.add({ on: 'git/update-ref', kind: 'status', status: 422, body, times: 99 })
    const append = () => ledger.append(change(events, record, noteBody('a')))
    await expect(append()).rejects.toMatchObject({
      reason: 'ledger_unavailable',
      message: expect.stringContaining('rule violations')
    })
    github.faults.clear()
    expect(await append()).toEqual({ kind: 'appended' })
    expect(checkChain((await mustRead(ledger, 'e1')).events)).toEqual([])
  })
})
