import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, test } from '@jest/globals'
import { loadChecklist } from '../../src/config/load.js'
import type { FolderFacts } from '../../src/init/facts.js'
import { lookAround, namesOf, scriptsOf } from '../../src/init/folder.js'
import { starter } from '../../src/init/starter.js'
import { KINDS } from '../contract/reference-kinds.js'

const NOTHING: FolderFacts = { files: [], scripts: [], envNames: [] }
const problemsOf = (text: string): readonly string[] => {
  const loaded = loadChecklist({ file: 'deploy-checklist.yml', text, kinds: KINDS })
  return 'problems' in loaded ? loaded.problems : []
}

/** Everything that the starter looks at, each of which may be there or not. */
const FACTS: readonly Partial<FolderFacts>[] = [
  ...[
    ...[
      'pnpm-lock.yaml',
      'yarn.lock',
      'bun.lock',
      'manage.py',
      'pytest.ini',
      'go.mod',
      'Cargo.toml',
      'artisan',
      'mix.exs'
    ],
    ...['alembic.ini', 'prisma/schema.prisma', 'knexfile.js', 'migrations/001_a.sql', 'db/migrations/001_a.sql'],
    ...['deploy.sh', 'scripts/deploy.sh', 'bin/deploy', 'fly.toml', 'wrangler.toml', 'vercel.json', 'netlify.toml'],
    ...['compose.yaml', 'k8s/app.yml', 'Dockerfile', 'DEPLOYMENT_CHECKLIST.md']
  ].map(name => ({ files: [name] })),
  { files: ['bin/rails', 'db/migrate/1_a.rb'] },
  { scripts: ['test', 'migrate', 'deploy'] },
  { scripts: ['db:migrate'] },
  { envNames: ['DATABASE_URL', 'API_KEY', 'PORT', 'DEPLOY_COMMIT', '__proto__'] },
  { envNames: ['BASE_URL'] },
  { envNames: Array.from({ length: 100 }, (_, n) => `NAME_${n}`) }
]
const together = (...some: readonly Partial<FolderFacts>[]): FolderFacts => ({
  files: some.flatMap(({ files = [] }) => files),
  scripts: some.flatMap(({ scripts = [] }) => scripts),
  envNames: some.flatMap(({ envNames = [] }) => envNames)
})

test('the starter loads, whatever lies in the folder: nothing, everything, any one, any two', () => {
  const pairs = FACTS.flatMap((one, index) => FACTS.slice(index + 1).map(other => together(one, other)))
  const texts = new Set([NOTHING, together(...FACTS), ...FACTS.map(one => together(one)), ...pairs].map(starter))
  expect(texts.size).toBeGreaterThan(100)
  expect([...texts].flatMap(text => problemsOf(text).map(problem => ({ problem, text })))).toEqual([])
})

test('an empty folder gets the smallest useful checklist', () => {
  expect(
    starter(NOTHING)
      .split('\n')
      .filter(line => !/^\s*(#|$)/.test(line))
      .map(line => line.replace(/ #.*/, ''))
  ).toEqual([
    'vars:',
    '  BASE_URL: https://example.com',
    'stages:',
    '  deploy:',
    '    - run: ./deploy.sh "$DEPLOY_COMMIT"',
    '      undo: redeploy',
    '  smoke-test:',
    '    - http: GET ${BASE_URL}/health'
  ])
})

test.each<[string, Partial<FolderFacts>, string[]]>([
  [
    'a Node service',
    { files: ['yarn.lock'], scripts: ['test', 'deploy'] },
    ['- run: yarn test', '- run: yarn run deploy']
  ],
  ['a Node service of bun', { files: ['bun.lockb'], scripts: ['test'] }, ['- run: bun run test']],
  [
    'Alembic',
    { files: ['alembic.ini'] },
    ['- backup: main', '- migrate: alembic upgrade head', 'version: alembic current', 'secrets: [DATABASE_URL]']
  ],
  [
    'Django',
    { files: ['manage.py'] },
    ['- run: python manage.py check --deploy', '- migrate: python manage.py migrate --noinput']
  ],
  ['SQL files', { files: ['migrations/001_users.sql'] }, ['- migrate: { sql: migrations/ }']],
  ['compose', { files: ['compose.yml'] }, ['- run: docker compose up --detach --build --wait']],
  [
    'a list by hand',
    { files: ['Deployment-Checklist.md'] },
    ['- manual: Deployment-Checklist.md has been worked through']
  ],
  ['an example of its environment', { envNames: ['API_KEY', 'PORT'] }, ['secrets: [API_KEY]', '- env: [API_KEY, PORT]']]
])('%s is recognised', (_, facts, expected) => {
  const text = starter(together(facts))
  for (const line of expected) expect(text).toContain(line)
})

test('a folder is looked at from outside, and of its examples only names are kept', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'starter-'))
  try {
    const files = {
      'package.json': '{"scripts": {"test": "jest"}}',
      '.env.example': '# comment\nAPI_KEY=sk_live_1\nexport PORT=1\nAPI_KEY=2\nnot a line',
      'migrations/001_a.sql': '',
      'node_modules/x/deploy.sh': ''
    }
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true })
      writeFileSync(join(folder, name), content)
    }
    const { files: found, ...rest } = await lookAround(folder)
    expect([...found].sort()).toEqual(['.env.example', 'migrations/001_a.sql', 'package.json'])
    expect(rest).toEqual({ scripts: ['test'], envNames: ['API_KEY', 'PORT'] })
    expect(await lookAround(join(folder, 'gone'))).toEqual(NOTHING)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

test.each([
  ['', []],
  ['{', []],
  ['null', []],
  ['{"scripts": 1}', []],
  ['{"scripts": {"a": "b"}}', ['a']]
])('the scripts of %j', (text, expected) => {
  expect(scriptsOf(text)).toEqual(expected)
})

test('names of an environment without their values', () => {
  expect(namesOf('A=1\n B = 2\nexport C=3\n1D=4\n# E=5\nF: 6')).toEqual(['A', 'B', 'C'])
})
