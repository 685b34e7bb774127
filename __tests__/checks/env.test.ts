import { expect, test } from '@jest/globals'
import { envKind } from '../../src/checks/env.js'
import { isPlaceholder } from '../../src/checks/placeholder.js'
import { complaints, parsed, runOf } from './context.js'

const kind = envKind({ baseEnv: { ONLY_HERE: 'yes', BOTH: 'changeme' } })
const run = (env: Parameters<typeof runOf>[1]['env'] & object, names: Readonly<Record<string, string>> = {}) =>
  runOf(kind, { env }, { names })

test.each([
  [['A'], { A: 'value' }, 'pass'],
  [['A', 'B'], { A: 'value' }, 'fail'],
  [['A'], { A: '' }, 'fail'],
  [['A'], { A: '  ' }, 'fail'],
  [['A'], { A: 'changeme' }, 'fail'],
  [['ONLY_HERE'], {}, 'pass'],
  [['BOTH'], { BOTH: 'real' }, 'pass'],
  [{ A: 'set' }, { A: 'v' }, 'pass'],
  [{ A: 'absent' }, {}, 'pass'],
  [{ A: 'absent' }, { A: 'v' }, 'fail'],
  [{ ONLY_HERE: 'absent' }, {}, 'fail'],
  [{ A: '/^v\\d$/' }, { A: 'v1' }, 'pass'],
  [{ A: '/^v\\d$/' }, { A: 'w1' }, 'fail'],
  [{ A: '/^postgres:/' }, { A: 'postgres://app:changeme@db/app' }, 'fail'],
  [{ A: '>= 1024' }, { A: '8080' }, 'pass'],
  [{ A: '>= 1024' }, { A: '80' }, 'fail'],
  [{ A: 8080 }, { A: '8080' }, 'pass'],
  [{ A: 'example' }, { A: 'example' }, 'pass'],
  [{ A: 'production' }, { A: 'staging' }, 'fail']
])('%j with %j is a %s', async (env, names, outcome) => {
  expect(await run(env, names)).toMatchObject({ outcome })
})

test('every problem is told at once, and no value', async () => {
  const { detail } = await run(
    { A: 'set', B: 'absent', C: '/^x$/', D: 'set' },
    { B: 'hush-b', C: 'hush-c', D: '<hush-d>' }
  )
  expect(detail.split('; ')).toEqual([
    'expected A to be set, found nothing',
    'expected B to be absent, found a value',
    'expected C to be /^x$/, found another value of 6 characters',
    'expected a real value of D, found a placeholder'
  ])
})

test('it is about the names', () => {
  expect(kind.subject(parsed(kind, { env: { A: 'set', B: 'absent' } }))).toBe('env A, B')
})

test('what is demanded is declared; what must be absent is not', () => {
  expect(kind.declares?.(parsed(kind, { env: ['A', 'B'] }))).toEqual(['A', 'B'])
  expect(kind.declares?.(parsed(kind, { env: { A: 'set', B: 'absent', C: 1 } }))).toEqual(['A', 'C'])
})

test.each([
  'changeme',
  'CHANGE_ME',
  'change-this',
  'your-api-key',
  'your_password_here',
  'yourdomain',
  '<password>',
  'xxx',
  'XXXXXXXX',
  'TODO',
  'FIXME',
  'example',
  'example-key',
  'placeholder',
  '"changeme"',
  '...',
  '***',
  '{{ token }}',
  'insert-token-here',
  'postgres://user:changeme@localhost/db',
  'https://your-domain.com/',
  'host=db password=<password>'
])('%s is a placeholder', value => {
  expect(isPlaceholder(value)).toBe(true)
})

test.each([
  'postgres://app:s3cr3t@db.example.com:5432/app',
  'https://example.com/todo',
  'a<b>c',
  '["https://a.example.com"]',
  'hxxxp',
  'yourself',
  '0',
  'none',
  'null-island',
  'Zm9vYmFyYmF6cXV4'
])('%s is none', value => {
  expect(isPlaceholder(value)).toBe(false)
})

test.each([
  [{ env: [] }],
  [{ env: {} }],
  [{ env: 'DATABASE_URL' }],
  [{ env: ['DATABASE-URL'] }],
  [{ env: { A: '/(/' } }],
  [{ env: { A: '> many' } }],
  [{ env: ['A'], more: 1 }]
])('%j is refused', spec => {
  expect(complaints(kind, spec)).toHaveLength(1)
})
