import { expect, test } from '@jest/globals'
import { formatDuration, formatSize, parseDuration, parseSize } from '../../src/core/units.js'

test.each([
  ['200ms', 200],
  ['30s', 30_000],
  ['5m', 300_000],
  ['1.5h', 5_400_000],
  ['2d', 172_800_000],
  ['0m', 0],
  [' 10 s ', 10_000],
  ['0.5ms', 1],
  ['30', undefined],
  ['s', undefined],
  ['-1s', undefined],
  ['1e3s', undefined],
  ['1s2', undefined],
  ['soon', undefined],
  ['', undefined]
])('the duration %j is %p ms', (text, ms) => {
  expect(parseDuration(text)).toBe(ms)
})

test.each([
  ['0B', 0],
  ['512MB', 512_000_000],
  ['2GiB', 2_147_483_648],
  ['1.5 kb', 1_500],
  [' 3 KiB ', 3_072],
  ['1TB', 1e12],
  ['1TiB', 2 ** 40],
  ['1 MiB', 2 ** 20],
  ['10', undefined],
  ['10 bits', undefined],
  ['> 2GB', undefined]
])('the size %j is %p bytes', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes)
})

test.each([
  [0, '0.0 s'],
  [400, '0.4 s'],
  [9_999, '10.0 s'],
  [41_000, '41 s'],
  [59_499, '59 s'],
  [60_000, '1 min'],
  [185_000, '3 min 5 s'],
  [3_600_000, '1 h'],
  [7_800_000, '2 h 10 min'],
  [90_000_000, '25 h']
])('%d ms are read as %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [1_234_567, '1.2 MB'],
  [714_600_000, '715 MB'],
  [2e9, '2.0 GB'],
  [5e12, '5.0 TB'],
  [7e15, '7000 TB']
])('%d bytes are read as %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text)
})
