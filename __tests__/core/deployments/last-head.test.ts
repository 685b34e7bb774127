import { expect, test } from '@jest/globals'
import { insteadOf, lastToTell } from '../../../src/core/deployments/last-head.js'
import type { Listed } from '../../../src/core/deployments/own.js'
import type { Event } from '../../../src/core/events.js'
import type { Stored } from '../../../src/core/ports.js'

const [OURS, OTHERS] = ['a'.repeat(40), 'b'.repeat(40)]
const job = (id: string, sha = OTHERS): Listed => ({
  ...{ id, sha, environment: 'production', app: 'github-actions', execution: '' }
})
const made = (id: string, sha = OTHERS): Listed => ({ ...job(id, sha), execution: '20260105T100000-0badcafe' })
const person = (id: string): Listed => ({ ...job(id), app: '' })

test.each<[string, readonly Listed[], string | undefined, string | undefined]>([
  ['none', [], OURS, undefined],
  ['the newest', [job('3'), job('2')], OURS, '3'],
  ['the newest that we made', [made('3'), job('2')], OURS, '3'],
  ['one that we made with the token of a person', [{ ...made('3'), app: '' }, job('2')], OURS, '3'],
  ["what is before our job's own", [job('3', OURS), job('2')], OURS, '2'],
  ["what is before it, of our run's commit too", [job('3', OURS), job('2', OURS)], OURS, '2'],
  ['what is before it, not what waits for its turn behind it', [job('4'), job('3', OURS), job('2')], OURS, '2'],
  ['the newest, where a job of ours has none', [job('3', OURS), job('2')], undefined, '3'],
  ["one that we made, which is no job's own", [made('3', OURS), job('2')], OURS, '3'],
  ["none of a person's own", [person('3'), job('2')], OURS, '2'],
  ["nothing where there is only our job's own", [job('3', OURS)], OURS, undefined]
])('what may tell of the ledger: %s', (_, listed, own, expected) => {
  expect(lastToTell(listed, own)?.id).toBe(expected)
})

const hash = 'ab'.repeat(32)
const stored = (...hashes: readonly string[]): Stored =>
  ({
    record: {},
    head: '',
    events: hashes.map((each, at) => ({ seq: at + 1, hash: each }) as Event)
  }) as unknown as Stored

test.each<[string, Stored | undefined, string]>([
  ['it is there', stored('x', hash), ''],
  ['it is there, and more came after it', stored('x', hash, 'y'), ''],
  ['its execution is gone', undefined, 'no such execution'],
  ['its end was cut off', stored('x'), 'only 1 of its events'],
  ['it was rewritten', stored('x', 'cd'.repeat(32)), 'another event there (cdcdcdcdcdcd)']
])('what is found instead of a head: %s', (_, found, expected) => {
  expect(insteadOf({ id: 'e', seq: 2, hash }, found)).toBe(expected)
})
