import { expect, test } from '@jest/globals'
import { loadChecklist } from '../../src/config/load.js'
import { KINDS } from './kinds.js'

const SEEDS = 2_000
/** Far more than any of them takes; what is looked for is a hang. */
const MOST_MS = 2_000

const GOOD = `name: shop
vars: { BASE_URL: "https://\${HOST}/api", HOST: &host shop.example.com }
secrets: [DATABASE_URL, TOKEN]
people: { owner: "@alice" }
environments:
  staging: { vars: { HOST: staging.example.com } }
  production:
    after: staging
    window: { days: mon-thu, hours: "09:00-16:00", zone: Europe/Berlin }
databases:
  main: { url: "\${DATABASE_URL}", at-least: snapshot }
stages:
  preflight: &checks
    - env: [DATABASE_URL, TOKEN]
    - sql: select 1
      value: "1"
    - manual: Told
      by: owner
  backup:
    - backup: main
      keep: 3
  migrate:
    - migrate: |
        alembic upgrade head
      undo: alembic downgrade "$SCHEMA_BEFORE"
  deploy:
    - deploy: direct
      run: ./deploy.sh "$DEPLOY_COMMIT"
      undo: redeploy
      health: { http: GET /health, retry: { for: 60s, every: 1s } }
  smoke-test:
    - http: POST /login
      capture: { SESSION: $.session }
    - { http: "GET \${BASE_URL}/\${SESSION}", name: *host }
  monitor:
    checkpoints: [0m, 1h, 24h]
    items: *checks
    on-failure: page
`

type Random = (below: number) => number

/** Mulberry32: the same numbers for the same seed, everywhere. */
function randomOf(seed: number): Random {
  let state = seed
  return below => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

const CHARACTERS = [
  ...'\t\n :-?[]{},#&*!|>\'"%@`${}~<=\\0a',
  '\r\n',
  '\u0000',
  '\ufeff',
  '\u2028',
  '\ud800',
  'é',
  '---\n',
  '<<: '
]
const WORDS = [
  'run',
  'http',
  'stages',
  '__proto__',
  'constructor',
  'on',
  'undo',
  'null',
  '.nan',
  '1e999',
  '*checks',
  '&checks',
  '${X}',
  '${{ a }}',
  '[]',
  '{}',
  '!!js/function x'
]

const MUTATIONS: readonly ((text: string, random: Random) => string)[] = [
  (text, random) => insert(text, random(text.length), pick(CHARACTERS, random)),
  (text, random) => remove(text, random(text.length), 1 + random(20)),
  (text, random) => text.slice(0, random(text.length)),
  (text, random) => replaceWord(text, pick(WORDS, random), random),
  (text, random) => changeLines(text, random, lines => lines.toSpliced(random(lines.length), 1 + random(3))),
  (text, random) => changeLines(text, random, lines => lines.toSpliced(random(lines.length), 0, pick(lines, random))),
  (text, random) => changeLines(text, random, (lines, at) => lines.with(at, `${' '.repeat(random(12))}${lines[at]}`)),
  (text, random) => changeLines(text, random, (lines, at) => lines.with(at, (lines[at] ?? '').replace(/^ {1,2}/, ''))),
  (text, random) => changeLines(text, random, (lines, at) => lines.with(at, `${lines[at]}${pick(lines, random)}`)),
  (text, random) => insert(text, random(text.length), pick(CHARACTERS, random).repeat(1 + random(2_000)))
]

const pick = <T>(values: readonly T[], random: Random): T => {
  const value = values[random(values.length)]
  if (value === undefined) throw new Error('nothing to pick from')
  return value
}
const insert = (text: string, at: number, more: string) => text.slice(0, at) + more + text.slice(at)
const remove = (text: string, at: number, length: number) => text.slice(0, at) + text.slice(at + length)

function replaceWord(text: string, word: string, random: Random): string {
  const found = [...text.matchAll(/[\w-]+/g)]
  const { index = 0, 0: old = '' } = found[random(Math.max(1, found.length))] ?? {}
  return text.slice(0, index) + word + text.slice(index + old.length)
}

function changeLines(text: string, random: Random, change: (lines: string[], at: number) => string[]): string {
  const lines = text.split('\n')
  return change(lines, random(lines.length)).join('\n')
}

const mutate = (seed: number): string => {
  const random = randomOf(seed)
  let text = GOOD
  for (let round = 1 + random(4); round > 0; round--) if (text !== '') text = pick(MUTATIONS, random)(text, random)
  return text
}

test('what is mutated is good before', () => {
  expect(loadChecklist({ file: 'f', text: GOOD, kinds: KINDS })).toHaveProperty('checklist')
})

test(`${SEEDS} mutated checklists each load or have problems with a place, and none takes long`, () => {
  let refused = 0
  for (let seed = 0; seed < SEEDS; seed++) {
    const text = mutate(seed)
    const began = performance.now()
    const loaded = loadChecklist({ file: 'f', text, kinds: KINDS })
    const problems = 'problems' in loaded ? loaded.problems : []
    const wrong = problems.filter(problem => !/^f:[1-9]\d*:[1-9]\d* (\S.*: )?expected /.test(problem))
    expect({ seed, wrong, slow: performance.now() - began > MOST_MS }).toEqual({ seed, wrong: [], slow: false })
    if (problems.length > 0) refused += 1
    else expect(loaded).toHaveProperty('checklist.stages')
  }
  // Both ends must have been met, or the mutations say nothing.
  expect(refused).toBeGreaterThan(SEEDS / 2)
  expect(refused).toBeLessThan(SEEDS)
})
