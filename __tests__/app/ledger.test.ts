import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { openStand, refusal, type Stand } from './stand.js'

async function deployed(releases: number): Promise<Stand & { ids: string[] }> {
  const at = openStand()
  const ids: string[] = []
  for (let i = 0; i < releases; i++) {
    if (i > 0) at.commit()
    ids.push((await at.does('run')).id)
  }
  return { ...at, ids }
}

type Listed = Readonly<{ records: readonly { id: string }[]; tombstones: readonly { id: string }[]; next?: string }>
const listed = async (at: Stand, line: string) => (await at.does(line)).json as Listed

describe('history', () => {
  test('is newest first, in pages that lead on to each other', async () => {
    const at = await deployed(5)
    const pages: string[][] = []
    for (let cursor = ''; pages.length < 9; ) {
      const page = await listed(at, `history --limit 2${cursor === '' ? '' : ` --cursor ${cursor}`}`)
      pages.push(page.records.map(({ id }) => id))
      if (page.next === undefined) break
      cursor = page.next
    }
    expect(pages.map(page => page.length)).toEqual([2, 2, 1])
    expect(pages.flat()).toEqual([...at.ids].reverse())
  })

  test('is filtered by status, in whatever case, and a strange one is refused with those that there are', async () => {
    const at = await deployed(2)
    at.sets('broken', at.commit())
    const { id } = await at.does('run')
    expect((await listed(at, 'history --status rolled_back')).records).toMatchObject([{ id }])
    expect((await listed(at, 'history --status SUCCESS --status ROLLED_BACK')).records).toHaveLength(3)
    const done = await at.does('history --status DONE')
    expect([refusal(done)[1], done.result.hint]).toEqual(['usage', expect.stringMatching(/ROLLED_BACK/)])
  })

  test('an empty ledger is no fault', async () => {
    const { result, text } = await openStand().does('history')
    expect([result.exitCode, text]).toEqual([0, expect.stringMatching(/./)])
  })
})

describe('show', () => {
  test.each(['show', 'show newest'])(
    '%s is the newest one with every event, and its exit says nothing of how it ended',
    async line => {
      const at = await deployed(1)
      at.sets('broken', at.commit())
      const { id } = await at.does('run')
      const { result, text, json } = await at.does(line)
      expect([result.status, result.exitCode, result.execution?.id]).toEqual(['ROLLED_BACK', 0, id])
      expect(text).toMatch(/rollback-started/)
      expect((json as { events: unknown[] }).events.length).toBeGreaterThan(10)
    }
  )
  test.each([
    ['show nope', /knows no execution nope/],
    ['show', /has no execution of shop/]
  ])('%s is refused where there is none', async (line, message) => {
    const done = await openStand().does(line)
    expect(refusal(done)).toEqual(['REFUSED', 'usage', 2])
    expect(done.result.message).toMatch(message)
  })
})

describe('delete', () => {
  test('leaves a tombstone, and the chain still verifies', async () => {
    const at = await deployed(3)
    const done = await at.does(`delete ${at.ids[1]} --because 'a test'`)
    expect([done.result.exitCode, done.text]).toEqual([0, expect.stringMatching(/tombstone/)])
    const page = await listed(at, 'history')
    expect(page.records.map(({ id }) => id)).toEqual([at.ids[2], at.ids[0]])
    expect(page.tombstones).toMatchObject([{ id: at.ids[1], deletedBy: 'ann: a test' }])
    expect((await at.does('verify')).result.exitCode).toBe(0)
  })

  test('and a later rollback goes to the one before', async () => {
    const at = await deployed(3)
    await at.does(`delete ${at.ids[1]} --because 'a test'`)
    expect((await at.does('rollback')).result.status).toBe('SUCCESS')
    expect((await at.records())[0]?.commit).toBe((await at.records()).at(-1)?.commit)
  })

  test('of what a release that is on its way would go back to, the way back says that it is gone', async () => {
    const at = await deployed(1)
    const bad = at.commit()
    at.sets('broken', bad)
    const result = await at.through('run', async shop => {
      const ledger = await shop.ledger()
      return {
        ...shop,
        ledger: async () => ({ ...ledger, read: async id => (id === at.ids[0] ? undefined : await ledger.read(id)) })
      }
    })
    expect([result.status, result.reason]).toEqual(['FAILED', 'rollback_failed'])
    expect(result.message).toMatch(/no earlier good release/)
  })

  test.each([
    ['the newest', 'delete NEWEST --because x', /is the newest/],
    ['one that is not there', 'delete nope --because x', /is not in the ledger/],
    ['one without a reason', 'delete NEWEST', /an id of an execution and a reason|the id of an execution and a reason/]
  ])('%s is refused', async (_, line, message) => {
    const at = await deployed(1)
    const done = await at.does(line.replace('NEWEST', at.ids[0] ?? ''))
    expect(refusal(done)).toEqual(['REFUSED', 'usage', 2])
    expect(done.result.message).toMatch(message)
  })
})

describe('verify', () => {
  test('knows the heads that were printed, those of deleted executions too', async () => {
    const at = await deployed(1)
    at.commit()
    const { result } = await at.does('run')
    expect((await at.does(`verify --head ${result.head}`)).result).toMatchObject({ status: 'SUCCESS', exitCode: 0 })
  })

  test('finds an edit and a cut tail', async () => {
    const at = await deployed(1)
    const { result } = await at.does('show')
    const file = journalOf(at, at.ids[0] ?? '')
    const text = readFileSync(file, 'utf8')
    writeFileSync(file, text.replace('"passed":true', '"passed":true,"x":1'))
    const edited = await at.does('verify')
    expect(refusal(edited)).toEqual(['FAILED', 'ledger_broken', 1])
    expect(edited.text).toMatch(at.ids[0] ?? '')
    writeFileSync(file, `${text.trimEnd().split('\n').slice(0, -1).join('\n')}\n`)
    const cut = await at.does(`verify --head ${result.head}`)
    expect(refusal(cut)).toEqual(['FAILED', 'ledger_broken', 1])
  })

  test.each([
    ['that is none', 'nonsense', 2, /a head is ID:SEQ:HASH, found "nonsense"/],
    ['of an execution that is gone without a trace', `gone:3:${'a'.repeat(64)}`, 1, /^$/]
  ])('a head %s', async (_, head, exit, message) => {
    const at = await deployed(1)
    const done = await at.does(`verify --head ${head}`)
    expect([done.result.exitCode, done.result.message]).toEqual([exit, expect.stringMatching(message)])
  })
})

describe('one execution that cannot be read', () => {
  const broken = async () => {
    const at = await deployed(3)
    appendFileSync(journalOf(at, at.ids[1] ?? ''), 'nonsense\n')
    return at
  }

  test('hides none of the others, and is named with the line that is broken', async () => {
    const at = await broken()
    const { result, text, json } = await at.does('history')
    expect([result.exitCode, text]).toEqual([0, expect.stringMatching(/is unreadable:\s.*\.jsonl:\d+ is\s+damaged/)])
    expect((json as Listed).records.map(({ id }) => id)).toEqual([at.ids[2], at.ids[0]])
    expect(json).toMatchObject({ unreadable: [{ id: at.ids[1], number: 2 }] })
    expect((await at.does(`show ${at.ids[0]}`)).result.exitCode).toBe(0)
    expect(refusal(await at.does(`show ${at.ids[1]}`))).toEqual(['REFUSED', 'ledger_broken', 2])
  })

  test.each(['run', 'plan', 'rollback', 'adopt --commit SHA'])('closes its environment to %s', async line => {
    const at = await broken()
    const sha = at.commit()
    const before = at.did()
    expect(refusal(await at.does(line.replace('SHA', sha)))).toEqual(['REFUSED', 'ledger_broken', 2])
    expect(at.did()).toEqual(before)
  })

  test('is the one thing that verify finds', async () => {
    const at = await broken()
    const { result, json } = await at.does('verify')
    expect(result.exitCode).toBe(1)
    expect(json).toMatchObject({ executions: 2, problems: [{ execution: at.ids[1] }] })
    expect((json as { problems: unknown[] }).problems).toHaveLength(1)
  })

  test('does not close another environment', async () => {
    const at = await broken()
    expect((await at.does('run --environment staging')).result.status).toBe('SUCCESS')
  })

  test('that took one back gives no seconds, and hides nothing else', async () => {
    const at = await deployed(2)
    const { id } = await at.does('rollback')
    const journal = journalOf(at, id)
    const lines = readFileSync(journal, 'utf8').split('\n')
    writeFileSync(journal, lines.map((line, index) => (index === 1 ? 'x'.repeat(line.length) : line)).join('\n'))
    expect((await at.does(`show ${at.ids[0]}`)).result.exitCode).toBe(0)
  })
})

test.each([
  ['inside the workspace', 'file:ledger', /would lie inside the workspace/],
  ['at a URL', 'postgres://u:p@h/d', /a ledger is env:NAME, file:FOLDER/],
  ['in a variable that is not there', 'env:LEDGER_URL', /in LEDGER_URL, but that variable is not set/]
])('a ledger %s is refused', async (_, where, message) => {
  const done = await openStand().does(`history --ledger ${where}`)
  expect(done.result).toMatchObject({ status: 'REFUSED', exitCode: 2, message: expect.stringMatching(message) })
})

/** The file that keeps the events of that execution. */
function journalOf(at: Stand, id: string): string {
  const files = readdirSync(at.ledger, { recursive: true, encoding: 'utf8' }).map(file => join(at.ledger, file))
  const found = files.find(file => file.includes(id) && readable(file)?.includes('"stage-started"'))
  if (found === undefined) throw new Error(`no journal of ${id} among ${files.join(', ')}`)
  return found
}
function readable(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}
