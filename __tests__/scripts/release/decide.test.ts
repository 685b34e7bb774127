import { expect, test } from '@jest/globals'
import { type Facts, nextStep, refusals, stepsFrom } from '../../../scripts/release/decide.mjs'

const ASSET = { name: 'deploy-checklist-1.2.3.tgz', digest: 'sha256:aa' }
const OTHERS = ['v1.2.2', 'v0.9.0', 'v2.0.0-rc.1']
const NEW: Facts = {
  tag: 'v1.2.3',
  commit: 'c3',
  packageVersion: '1.2.3',
  changelog: '# Changelog\n\n## Unreleased\n\n## 1.2.3 (2026-11-20)\n- What is new.\n\n## 1.2.2\n- What was.\n',
  changed: [],
  dist: { kind: 'equal' },
  branch: 'main',
  onBranch: true,
  tagged: 'c3',
  release: undefined,
  assets: [{ ...ASSET, file: 'out/deploy-checklist-1.2.3.tgz' }],
  published: OTHERS,
  moving: { v1: { commit: 'c2', ref: 'c2', tags: ['v1.2.2'], behind: true } }
}
const UPLOADED = { ...ASSET, state: 'uploaded' }
const DRAFT = { id: 7, draft: true, immutable: false, assets: [UPLOADED] }
const PUBLISHED = { ...DRAFT, draft: false, immutable: true }
const DONE: Facts = { ...NEW, release: PUBLISHED, published: [...OTHERS, 'v1.2.3'] }

const stepsOf = (facts: Facts): readonly string[] => stepsFrom(facts).map(step => step.do)

test('a release is drafted, filled, published, and only then the moving tag follows', () => {
  expect(refusals(NEW)).toEqual([])
  expect(stepsFrom(NEW)).toEqual([
    { do: 'draft', tag: 'v1.2.3', notes: '- What is new.', prerelease: false },
    { do: 'upload', tag: 'v1.2.3', files: ['out/deploy-checklist-1.2.3.tgz'] },
    { do: 'publish', tag: 'v1.2.3', id: 0, notes: '- What is new.', prerelease: false, latest: true },
    { do: 'move', tag: 'v1', from: 'c2', commit: 'c3' },
    { do: 'done', why: 'v1 is v1.2.3' }
  ])
})

test.each<[string, Facts, readonly string[]]>([
  [
    'by hand, before there is a tag',
    { ...NEW, tagged: undefined },
    ['tag', 'draft', 'upload', 'publish', 'move', 'done']
  ],
  ['cut off with an empty draft', { ...NEW, release: { ...DRAFT, assets: [] } }, ['upload', 'publish', 'move', 'done']],
  [
    'cut off in the middle of an upload',
    { ...NEW, release: { ...DRAFT, assets: [{ ...UPLOADED, state: 'starter' }] } },
    ['upload', 'publish', 'move', 'done']
  ],
  [
    'cut off with the draft of an older try',
    { ...NEW, release: { ...DRAFT, assets: [{ ...UPLOADED, digest: 'sha256:bb' }] } },
    ['upload', 'publish', 'move', 'done']
  ],
  ['cut off before it was published', { ...NEW, release: DRAFT }, ['publish', 'move', 'done']],
  ['published, and v1 not moved', DONE, ['move', 'done']],
  ['all done', { ...DONE, moving: { v1: { commit: 'c3', ref: 'c3', tags: ['v1.2.3'], behind: true } } }, ['done']]
])('%s, it goes on where it stands', (_, facts, steps) => {
  expect(refusals(facts)).toEqual([])
  expect(stepsOf(facts)).toEqual(steps)
})

test.each<[string, Facts, object]>([
  ['the first of its major', { ...DONE, moving: {} }, { do: 'move', tag: 'v1', from: undefined, commit: 'c3' }],
  [
    'two at once, the newer one published first',
    { ...DONE, published: [...DONE.published, 'v1.3.0'] },
    { do: 'done', why: 'v1 stays where it is: v1.3.0 is published too, and newer' }
  ],
  [
    'two at once, the newer one a prerelease',
    { ...DONE, published: [...DONE.published, 'v1.3.0-rc.1'] },
    { do: 'move', tag: 'v1', from: 'c2', commit: 'c3' }
  ],
  [
    'a newer one that only its tag shows',
    { ...DONE, moving: { v1: { commit: 'c4', ref: 'c4', tags: ['v1.10.0'], behind: false } } },
    { do: 'done', why: 'v1 stays where it is: it is v1.10.0 already' }
  ],
  [
    'a newer major',
    { ...DONE, published: [...DONE.published, 'v2.0.0'] },
    { do: 'move', tag: 'v1', from: 'c2', commit: 'c3' }
  ],
  [
    'a prerelease',
    { ...DONE, tag: 'v1.2.3-rc.1', changelog: '## 1.2.3-rc.1\nTry it.' },
    { do: 'done', why: 'v1 stays where it is: a prerelease never moves it' }
  ],
  [
    'a version before 1.0.0',
    { ...DONE, tag: 'v0.2.0', changelog: '## 0.2.0\nEarly.' },
    { do: 'done', why: '0.x has no tag that moves, since any minor version may break' }
  ]
])('v1 moves forward or not at all: %s', (_, facts, step) => {
  expect(nextStep(facts)).toEqual(step)
})

test.each<[string, Facts, boolean]>([
  ['the newest', NEW, true],
  ['one behind the newest major', { ...NEW, published: ['v2.0.0'] }, false],
  ['a prerelease', { ...NEW, tag: 'v2.0.0-rc.1', changelog: '## 2.0.0-rc.1\nTry it.' }, false]
])('the latest release is the newest that is none to try: %s', (_, facts, latest) => {
  expect(nextStep({ ...facts, release: DRAFT })).toMatchObject({ do: 'publish', latest })
})

test.each<[string, Partial<Facts>, RegExp]>([
  ['v1 itself', { tag: 'v1' }, /an exact version.*found v1/],
  ['a version with build metadata', { tag: 'v1.2.3+5' }, /an exact version/],
  ['another version in package.json', { packageVersion: '1.2.2' }, /version 1\.2\.3 in package\.json; found 1\.2\.2/],
  ['no section in the changelog', { changelog: '## 1.2.31\n- Other.' }, /"## 1\.2\.3".*found none/],
  ['the section of its prerelease alone', { changelog: '## 1.2.3-rc.1\n- Other.' }, /"## 1\.2\.3".*found none/],
  ['an empty section', { changelog: '## 1.2.3\n\n## 1.2.2\n- Old.' }, /notes under.*found nothing/],
  ['a changed work tree', { changed: ['src/main.ts'] }, /found src\/main\.ts changed/],
  ['another dist', { dist: { kind: 'differs', files: ['dist/index.js'] } }, /found dist\/index\.js differ/],
  ['a dist that nobody compared', { dist: { kind: 'unknown', why: 'no npm', hint: 'x' } }, /nobody looked: no npm/],
  ['a commit beside the default branch', { onBranch: false }, /a commit of main, .*found c3, which is not on it/],
  ['a tag that was moved', { tagged: 'c9' }, /v1\.2\.3 at c3.*it stands at c9/],
  [
    'a published release of other bytes',
    { release: { ...PUBLISHED, assets: [] } },
    /deploy-checklist-1\.2\.3\.tgz missing/
  ],
  ['a release that can be changed', { release: { ...PUBLISHED, immutable: false } }, /to be immutable/],
  [
    'a v1 that somebody put elsewhere',
    { moving: { v1: { commit: 'x1', ref: 'x1', tags: [], behind: false } } },
    /v1 at a release of ours/
  ]
])('refused: %s', (_, change, words) => {
  const [refusal, ...more] = refusals({ ...NEW, ...change })
  expect(more).toEqual([])
  expect(`${refusal?.expected}; found ${refusal?.found}`).toMatch(words)
  expect(refusal?.hint).not.toBe('')
})

test('all that stands against a release is said at once', () => {
  expect(refusals({ ...NEW, packageVersion: '0', changelog: '', changed: ['a'], onBranch: false })).toHaveLength(4)
})
