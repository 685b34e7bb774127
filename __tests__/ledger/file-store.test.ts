import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import type { Ledger, Liveness, NewExecution } from '../../src/core/ports.js'
import type { ProcessIdentity } from '../../src/core/records.js'
import { openFileLedger } from '../../src/ledger/file.js'
import { openFolderLock } from '../../src/ledger/file-lock.js'
import { systemClock } from '../../src/shell/clock.js'
import { fakeClock } from '../fakes/clock.js'
import {
  at,
  change,
  ended,
  endedBody,
  executionRecord,
  KEY,
  newExecution,
  noteBody,
  PROCESS
} from '../fakes/executions.js'

/** Processes with a number below 100 are dead, those of another host are unknown. */
const liveness: Liveness = {
  self: async () => ({ ...PROCESS, runId: '7' }),
  state: async ({ pid, host }) => (host !== PROCESS.host ? 'unknown' : pid < 100 ? 'dead' : 'alive')
}

let folder = ''
let ledger: Ledger
let opened: Ledger[] = []
const open = (clock = systemClock()): Ledger => {
  const one = openFileLedger({ folder, clock, liveness })
  opened.push(one)
  return one
}
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'ledger-')), 'ledger')
  ledger = open()
})
afterEach(async () => {
  for (const one of opened) await one.close()
  opened = []
  rmSync(join(folder, '..'), { recursive: true })
})

const keyFolder = () => join(folder, readdirSync(folder)[0] ?? '')
const inside = (name: string) => join(keyFolder(), name)
const JOURNAL = '000001-e1.jsonl'
async function begin(): Promise<NewExecution> {
  const entry = newExecution()
  expect(await ledger.create(entry)).toEqual({ kind: 'created' })
  return entry
}
const note = ({ record, events }: NewExecution, text: string) => change(events, record, noteBody(text))

describe('files', () => {
  test('are for their owner alone, and nothing is left beside them', async () => {
    const entry = await begin()
    await ledger.append(note(entry, 'a'))
    await ledger.beat('e1', 1, at(5))
    await ledger.close()
    expect(readdirSync(keyFolder()).sort()).toEqual([
      '000001-e1.beat.json',
      JOURNAL,
      '000001-e1.record.json',
      'index.json'
    ])
    expect(readdirSync(keyFolder()).map(name => statSync(inside(name)).mode & 0o777)).toEqual([
      0o600, 0o600, 0o600, 0o600
    ])
    expect([folder, keyFolder()].map(path => statSync(path).mode & 0o777)).toEqual([0o700, 0o700])
  })

  test('hold one line per write, only with what it changed', async () => {
    const entry = await begin()
    await ledger.append(change(entry.events, { ...entry.record, status: 'DEPLOYING' }, noteBody('a')))
    const lines = readFileSync(inside(JOURNAL), 'utf8').trimEnd().split('\n')
    expect(lines.map(line => Object.keys(JSON.parse(line).set).length)).toEqual([Object.keys(entry.record).length, 1])
  })

  test('of different keys never meet, however much alike their names are', async () => {
    const keys = [KEY, { ...KEY, environment: 'Production' }, { ...KEY, checklist: 'shop-production', environment: '' }]
    for (const [index, key] of keys.entries()) {
      expect(await ledger.create(newExecution(executionRecord({ id: `x${index}`, key })))).toEqual({ kind: 'created' })
    }
    expect(readdirSync(folder)).toHaveLength(3)
  })

  test('are gone when an execution is removed', async () => {
    const entry = await begin()
    await ledger.append(change(entry.events, ended(entry.record), endedBody))
    await ledger.create(newExecution(executionRecord({ number: 2 })))
    expect(await ledger.remove('e1', 'alice', at(99))).toBe('removed')
    expect(readdirSync(keyFolder()).filter(name => name.startsWith('000001'))).toEqual([])
  })

  test('in a folder that cannot be written are refused with what to do', async () => {
    writeFileSync(folder, 'no folder')
    await expect(ledger.prepare()).rejects.toMatchObject({ reason: 'ledger_unavailable' })
  })
})

describe('a write that was cut short', () => {
  test.each([
    ['in the middle of a word', '{"set":{},"uns'],
    ['just before its line end', '{"set":{},"unset":[],"events":[]}'],
    ['after more than the next one has', `{"set":{"actor":"${'x'.repeat(9_000)}`],
    ['by a loss of power', '\0\0\0']
  ])('%s is cut off, since nobody was told of it', async (_, torn) => {
    const entry = await begin()
    appendFileSync(inside(JOURNAL), torn)
    expect((await ledger.read('e1'))?.events).toEqual(entry.events)
    expect(await open().append(note(entry, 'a'))).toEqual({ kind: 'appended' })
    expect((await ledger.read('e1'))?.events).toHaveLength(2)
    expect(readFileSync(inside(JOURNAL), 'utf8')).toMatch(/\n$/)
  })

  test('is cut off by the process that knew the file before, too', async () => {
    const entry = await begin()
    const [first] = [note(entry, 'a')]
    await ledger.append(first)
    appendFileSync(inside(JOURNAL), '{"set":')
    const next = change([...entry.events, ...first.events], entry.record, noteBody('b'))
    expect(await ledger.append(next)).toEqual({ kind: 'appended' })
    expect((await open().read('e1'))?.events).toHaveLength(3)
  })
})

describe('damage is refused, and named', () => {
  test.each<[string, (path: string) => void]>([
    ['a whole line that is no write', path => appendFileSync(path, 'nonsense\n')],
    ['a line of JSON of another kind', path => appendFileSync(path, '{"set":{},"unset":[],"events":[{"seq":1}]}\n')],
    ['an end that was cut off', path => truncateSync(path, 10)]
  ])('%s', async (_, damage) => {
    const entry = await begin()
    damage(inside(JOURNAL))
    const refusal = { reason: 'ledger_broken', message: expect.stringContaining(JOURNAL) }
    await expect(ledger.read('e1')).rejects.toMatchObject(refusal)
    await expect(ledger.append(note(entry, 'a'))).rejects.toMatchObject(refusal)
    await expect(ledger.list({}, { limit: 1 })).rejects.toMatchObject(refusal)
  })

  test('by its line, also behind what is known of the file already', async () => {
    const entry = await begin()
    const first = note(entry, 'a')
    await ledger.append(first)
    await ledger.append(change([...entry.events, ...first.events], ended(entry.record), endedBody))
    appendFileSync(inside(JOURNAL), 'nonsense\n')
    const refusal = { reason: 'ledger_broken', message: expect.stringContaining(`${JOURNAL}:4 is damaged`) }
    await expect(open().read('e1')).rejects.toMatchObject(refusal)
    await expect(open().list({}, { limit: 1 })).rejects.toMatchObject(refusal)
  })

  test('while those who only look are shown all others, and which one it is, once', async () => {
    for (const number of [1, 2, 3]) {
      const entry = newExecution(executionRecord({ number, id: `e/${number}` }))
      await ledger.create(entry)
      await ledger.append(change(entry.events, ended(entry.record), endedBody))
    }
    appendFileSync(inside('000002-e%2F2.jsonl'), 'nonsense\n')
    const looking = { limit: 1, damaged: 'tell' } as const
    const first = await open().list({ status: ['SUCCESS'] }, looking)
    expect(first).toMatchObject({
      records: [{ id: 'e/3' }],
      unreadable: [
        { id: 'e/2', number: 2, environment: 'production', problem: expect.stringContaining('e%2F2.jsonl:3 is') }
      ]
    })
    const second = await open().list({ status: ['SUCCESS'] }, { ...looking, cursor: first.next ?? '' })
    expect([second.records[0]?.id, second.next, second.unreadable]).toEqual(['e/1', undefined, undefined])
    await expect(open().list({ key: KEY }, { limit: 1 })).rejects.toMatchObject({ reason: 'ledger_broken' })
  })

  test('in a file that is none of ours, under its name', async () => {
    const entry = await begin()
    writeFileSync(inside('000009-%zz.jsonl'), 'nonsense\n')
    writeFileSync(inside('notes.jsonl'), 'nonsense\n')
    const found = await open().list({}, { limit: 9, damaged: 'tell' })
    expect(found.records).toEqual([entry.record])
    expect(found.unreadable).toHaveLength(2)
    expect(found.unreadable).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ id: '%zz', number: 9 }),
        expect.objectContaining({ id: '', number: 0 })
      ])
    )
  })

  test.each([
    ['a journal', JOURNAL],
    ['an index', 'index.json']
  ])('in %s of one key, and is no matter of another', async (_, name) => {
    await begin()
    const other = { ...KEY, environment: 'staging' }
    appendFileSync(inside(name), 'nonsense\n')
    const entry = newExecution(executionRecord({ id: 'x', key: other }))
    expect(await ledger.create(entry)).toEqual({ kind: 'created' })
    expect((await open().list({ key: other }, { limit: 1 })).records).toEqual([entry.record])
    await expect(open().list({}, { limit: 1 })).rejects.toMatchObject({ reason: 'ledger_broken' })
    const found = await open().list({}, { limit: 9, damaged: 'tell' })
    expect(found.records).toEqual([entry.record])
    expect(found.unreadable).toMatchObject([{ problem: expect.stringContaining(name) }])
  })

  test('an index that is gone', async () => {
    await begin()
    rmSync(inside('index.json'))
    await expect(ledger.survey(KEY)).rejects.toMatchObject({ reason: 'ledger_broken' })
    const second = newExecution(executionRecord({ number: 1, id: 'x' }))
    await expect(ledger.create(second)).rejects.toMatchObject({ reason: 'ledger_broken' })
  })

  test('an index that is no JSON', async () => {
    await begin()
    writeFileSync(inside('index.json'), '{')
    await expect(ledger.survey(KEY)).rejects.toMatchObject({ reason: 'ledger_broken' })
  })

  test('but not what can be made again', async () => {
    const entry = await begin()
    await ledger.append(note(entry, 'a'))
    writeFileSync(inside('000001-e1.record.json'), '{"bytes":')
    writeFileSync(inside('000001-e1.beat.json'), '')
    expect((await open().list({}, { limit: 1 })).records).toEqual([entry.record])
  })
})

describe('a change of several files', () => {
  const takeOver = (dead: NewExecution) => ({
    entry: newExecution(executionRecord({ number: 2 }), dead.events[0]?.hash),
    takingOverFrom: change(
      dead.events,
      { ...dead.record, holdsEnvironment: false },
      { type: 'took-over', from: 'e1', by: 'e2' }
    )
  })

  test('that stopped in the middle is ended by whoever reads next', async () => {
    const { entry, takingOverFrom } = takeOver(await begin())
    mkdirSync(inside('index.json.tmp'))
    await expect(ledger.create(entry, { takingOverFrom })).rejects.toMatchObject({ reason: 'ledger_unavailable' })
    rmdirSync(inside('index.json.tmp'))
    const other = open()
    expect(await other.survey(KEY)).toMatchObject({ nextNumber: 3, nextToken: 3, holder: { id: 'e2' } })
    expect((await other.read('e1'))?.events).toHaveLength(2)
    expect((await other.read('e2'))?.events).toEqual(entry.events)
    expect(existsSync(inside('redo.json'))).toBe(false)
  })

  test('that stopped before it was certain has not happened', async () => {
    const { entry, takingOverFrom } = takeOver(await begin())
    mkdirSync(inside('redo.json.tmp'))
    await expect(ledger.create(entry, { takingOverFrom })).rejects.toMatchObject({ reason: 'ledger_unavailable' })
    rmdirSync(inside('redo.json.tmp'))
    expect(await open().survey(KEY)).toMatchObject({ nextNumber: 2, holder: { id: 'e1' } })
    expect((await open().read('e1'))?.events).toHaveLength(1)
    expect(await ledger.create(entry, { takingOverFrom })).toEqual({ kind: 'created' })
  })

  test('that was ended by another one is answered as it should have been', async () => {
    const { entry, takingOverFrom } = takeOver(await begin())
    mkdirSync(inside('index.json.tmp'))
    await expect(ledger.create(entry, { takingOverFrom })).rejects.toThrow()
    rmdirSync(inside('index.json.tmp'))
    expect(await ledger.create(entry, { takingOverFrom })).toEqual({ kind: 'created' })
    expect(await open().create(entry, { takingOverFrom })).toEqual({ kind: 'moved' })
  })

  test('is not done twice when its note is found again behind later writes', async () => {
    const first = await begin()
    const ending = change(first.events, ended(first.record), endedBody)
    mkdirSync(inside('index.json.tmp'))
    await expect(ledger.append(ending)).rejects.toThrow()
    rmdirSync(inside('index.json.tmp'))
    const redo = readFileSync(inside('redo.json'))
    const linked = change([...first.events, ...ending.events], ending.record, { type: 'linked', to: 'x', as: 'y' })
    expect(await ledger.append(linked)).toEqual({ kind: 'appended' })
    writeFileSync(inside('redo.json'), redo)
    expect((await open().read('e1'))?.events).toEqual([...first.events, ...ending.events, ...linked.events])
  })
})

describe('the lock of a folder', () => {
  const lock = (name: string, nonce: string, process: Partial<ProcessIdentity> = {}) =>
    writeFileSync(inside(name), JSON.stringify({ nonce, process: { ...PROCESS, pid: 1, ...process } }))

  test('of a dead process is broken', async () => {
    const entry = await begin()
    lock('lock', 'n1')
    expect(await ledger.append(note(entry, 'a'))).toEqual({ kind: 'appended' })
    expect(readdirSync(keyFolder()).filter(name => /^(lock|break)/.test(name))).toEqual([])
  })

  test('takes along what else the dead one left', async () => {
    const entry = await begin()
    lock('holder-n1', 'n1')
    lock('holder-n2', 'n2', { pid: 4711 })
    await open().append(note(entry, 'a'))
    expect(readdirSync(keyFolder()).filter(name => /holder-n/.test(name))).toEqual(['holder-n2'])
  })

  test('is broken too when those who were about to break it died', async () => {
    const entry = await begin()
    lock('lock', 'n1')
    lock('break-n1', 'n2', { pid: 2 })
    lock('break-n2', 'n3', { pid: 3 })
    expect(await ledger.append(note(entry, 'a'))).toEqual({ kind: 'appended' })
    expect(readdirSync(keyFolder()).filter(name => /^(lock|break)/.test(name))).toEqual([])
  })

  test('is left alone while a living process has the right to break it', async () => {
    const entry = await begin()
    lock('lock', 'n1')
    lock('break-n1', 'n2', { pid: 4711 })
    await expect(open(fakeClock({ mode: 'turning' })).append(note(entry, 'a'))).rejects.toMatchObject({
      reason: 'ledger_unavailable'
    })
    expect(readFileSync(inside('lock'), 'utf8')).toContain('n1')
  })

  test.each([
    ['that lives', { pid: 4711 }, 'End it'],
    ['of which nothing is known', { host: 'elsewhere' }, 'gone for good']
  ])('of a process %s is waited for, then named', async (_, process, hint) => {
    const entry = await begin()
    lock('lock', 'n1', process)
    const refusal = { reason: 'ledger_unavailable', hint: expect.stringContaining(hint) }
    await expect(open(fakeClock({ mode: 'turning' })).append(note(entry, 'a'))).rejects.toMatchObject(refusal)
    expect(await ledger.read('e1')).toBeDefined()
  })

  test('names the process and not the run, which may outlive it', async () => {
    await begin()
    const own = await openFolderLock(systemClock(), liveness)
    const target = await own.within(keyFolder(), async () => readFileSync(inside('lock'), 'utf8'))
    expect(JSON.parse(target).process).toEqual(PROCESS)
    expect(existsSync(inside('lock'))).toBe(false)
  })

  test('that is none of ours is not touched', async () => {
    const entry = await begin()
    writeFileSync(inside('lock'), 'nonsense')
    await expect(ledger.append(note(entry, 'a'))).rejects.toMatchObject({ reason: 'ledger_unavailable' })
  })
})

test('a reader that comes between the journal and the index of a first execution looks again', async () => {
  await ledger.prepare()
  await ledger.create(newExecution())
  const index =
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).find(name => name.endsWith('index.json')) ?? ''
  const path = join(folder, index)
  const text = readFileSync(path, 'utf8')
  rmSync(path)
  await expect(open().survey(KEY)).rejects.toMatchObject({ reason: 'ledger_broken' })
  const early = open().survey(KEY)
  for (let turn = 0; turn < 5; turn++) await Promise.resolve()
  writeFileSync(path, text)
  expect((await early).nextNumber).toBe(2)
})
