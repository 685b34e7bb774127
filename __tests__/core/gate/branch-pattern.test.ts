import { describe, expect, test } from '@jest/globals'
import { isCovered, matchesBranch } from '../../../src/core/gate/branch-pattern.js'

describe('a pattern stands for branches as File.fnmatch says', () => {
  test.each([
    ['main', 'main', true],
    ['main', 'Main', false],
    ['main', 'maintenance', false],
    ['*', 'main', true],
    ['*', 'release/1', false],
    ['release/*', 'release/1', true],
    ['release/*', 'release/1/2', false],
    ['release/*/*', 'release/1/2', true],
    ['**', 'release/1', false],
    ['**/*', 'main', true],
    ['**/*', 'release/1/2', true],
    ['release/**/*', 'release/1', true],
    ['release/**/*', 'release/1/2/3', true],
    ['release/**/*', 'hotfix/1', false],
    ['release**/*', 'release/1/2', false],
    ['v?', 'v1', true],
    ['v?', 'v', false],
    ['v?', 'v/', false],
    ['v[0-9]', 'v7', true],
    ['v[0-9]', 'vx', false],
    ['v[!0-9]', 'vx', true],
    ['v[^0-9]', 'v7', false],
    ['v[!x]', 'v/', false],
    ['v[a\\]b]', 'v]', true],
    ['\\*', '*', true],
    ['\\*', 'x', false],
    ['v[0-9', 'v1', false],
    ['{a,b}', 'a', false],
    ['grün-*', 'grün-1', true],
    ['', '', true]
  ])('%j and %j: %j', (pattern, name, expected) => {
    expect(matchesBranch(pattern, name)).toBe(expected)
  })
})

describe('what GitHub lets in is covered by what was promised, or it is not', () => {
  test.each<[string, readonly string[], boolean]>([
    ['main', ['main'], true],
    ['main', [], false],
    ['main', ['master', 'main'], true],
    ['main', ['*'], true],
    ['*', ['main'], false],
    ['*', ['*'], true],
    ['*', ['**/*'], true],
    ['**/*', ['*'], false],
    ['release/*', ['release/*'], true],
    ['release/*', ['*'], false],
    ['release/*', ['*/*'], true],
    ['release/v*', ['release/*'], true],
    ['release/*', ['release/v*'], false],
    ['release/**/*', ['release/*'], false],
    ['release/*/*', ['release/**/*'], true],
    ['release/1', ['release/**/*'], true],
    ['v[0-9]', ['v?'], true],
    ['v?', ['v[0-9]'], false],
    ['v[1-3]', ['v[0-9]'], true],
    ['v[!0-9]', ['v[0-9]'], false],
    ['v[0-9]', ['v[0-4]', 'v[5-9]'], true],
    ['a*b*c', ['a*c'], true],
    ['a*c', ['a*b*c'], false],
    ['main', ['[a-z][a-z][a-z][a-z]'], true],
    ['[broken', ['**/*'], false],
    ['main', ['[broken'], false],
    ['\\*', ['*'], true],
    ['*', ['\\*'], false]
  ])('%j by %j: %j', (pattern, promised, expected) => {
    expect(isCovered(pattern, promised)).toBe(expected)
  })

  test('and a pattern of absurd size counts as not covered, soon', () => {
    const stars = '*a?'.repeat(40)
    const began = performance.now()
    expect(isCovered(`x${stars}`, [`y*${stars}b`])).toBe(false)
    expect(isCovered('*', [`*a${'?'.repeat(30)}`, '*'])).toBe(true)
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})
