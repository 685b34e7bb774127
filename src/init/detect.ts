import { type FolderFacts, has, hasLike } from './facts.js'

/** A command, and what the starter has to say about it. */
export type Step = Readonly<{ run: string; note?: string }>
export type Migration = Readonly<{ migrate: string; version?: string; undo?: string; note?: string }>

type Rule<T> = Readonly<{ when(facts: FolderFacts): boolean; use: T }>
const firstOf = <T>(rules: readonly Rule<T>[], facts: FolderFacts): T | undefined =>
  rules.find(({ when }) => when(facts))?.use

const script =
  (...names: readonly string[]) =>
  ({ scripts }: FolderFacts): boolean =>
    names.some(name => scripts.includes(name))
const file =
  (...names: readonly string[]) =>
  (facts: FolderFacts): boolean =>
    has(facts, ...names)

/** The package manager whose lockfile lies there; npm where there is none. */
export const packageManager = (facts: FolderFacts): string =>
  has(facts, 'pnpm-lock.yaml')
    ? 'pnpm'
    : has(facts, 'yarn.lock')
      ? 'yarn'
      : has(facts, 'bun.lock', 'bun.lockb')
        ? 'bun'
        : 'npm'

/** Commands that say whether the code is right; several where several languages live together. */
export function testsOf(facts: FolderFacts): readonly Step[] {
  const manager = packageManager(facts)
  const rules: readonly Rule<Step>[] = [
    { when: script('test'), use: { run: `${manager} ${manager === 'bun' ? 'run ' : ''}test` } },
    { when: file('manage.py'), use: { run: 'python manage.py check --deploy' } },
    {
      when: file('pytest.ini', 'conftest.py', 'tests/conftest.py', 'tests/__init__.py'),
      use: { run: 'python -m pytest -q' }
    },
    { when: file('go.mod'), use: { run: 'go test ./...' } },
    { when: file('Cargo.toml'), use: { run: 'cargo test' } },
    { when: file('bin/rails'), use: { run: 'bin/rails test' } },
    { when: file('artisan'), use: { run: 'php artisan test' } },
    { when: file('mix.exs'), use: { run: 'mix test' } }
  ]
  return rules.filter(({ when }) => when(facts)).map(({ use }) => use)
}

/** How the schema is changed, by the first tool that is found; undefined where there is none. */
export function migrationOf(facts: FolderFacts): Migration | undefined {
  const manager = packageManager(facts)
  const noUndo = 'It has no way back of its own: write one, or rely on the backup.'
  const rules: readonly Rule<Migration>[] = [
    {
      when: file('alembic.ini'),
      use: {
        migrate: 'alembic upgrade head',
        version: 'alembic current',
        undo: 'v="${SCHEMA_BEFORE%% *}"; alembic downgrade "${v:-base}"'
      }
    },
    { when: file('prisma/schema.prisma'), use: { migrate: 'npx prisma migrate deploy', note: noUndo } },
    { when: file('manage.py'), use: { migrate: 'python manage.py migrate --noinput', note: noUndo } },
    {
      when: facts => has(facts, 'bin/rails') && hasLike(facts, /^db\/migrate\//),
      use: {
        migrate: 'bin/rails db:migrate',
        version: 'bin/rails db:version',
        undo: 'bin/rails db:migrate VERSION="${SCHEMA_BEFORE##* }"'
      }
    },
    {
      when: file('artisan'),
      use: { migrate: 'php artisan migrate --force', undo: 'php artisan migrate:rollback --force' }
    },
    {
      when: file('knexfile.js', 'knexfile.ts'),
      use: {
        migrate: 'npx knex migrate:latest',
        version: 'npx knex migrate:currentVersion',
        undo: 'npx knex migrate:rollback'
      }
    },
    { when: script('migrate'), use: { migrate: `${manager} run migrate`, note: noUndo } },
    { when: script('db:migrate'), use: { migrate: `${manager} run db:migrate`, note: noUndo } },
    ...['migrations', 'db/migrations'].map(folder => ({
      when: (facts: FolderFacts) => hasLike(facts, new RegExp(`^${folder}/[^/]+\\.sql$`)),
      use: {
        migrate: `{ sql: ${folder}/ }`,
        note: 'Each file in a transaction of its own; 001_users.down.sql takes back 001_users.sql.'
      }
    }))
  ]
  return firstOf(rules, facts)
}

/** How it goes live, by the first tool that is found. */
export function deployOf(facts: FolderFacts): Step {
  const rules: readonly Rule<Step>[] = [
    { when: file('deploy.sh'), use: { run: './deploy.sh "$DEPLOY_COMMIT"' } },
    { when: file('scripts/deploy.sh'), use: { run: './scripts/deploy.sh "$DEPLOY_COMMIT"' } },
    { when: file('bin/deploy'), use: { run: './bin/deploy "$DEPLOY_COMMIT"' } },
    { when: script('deploy'), use: { run: `${packageManager(facts)} run deploy` } },
    { when: file('fly.toml'), use: { run: 'flyctl deploy' } },
    { when: file('wrangler.toml', 'wrangler.jsonc'), use: { run: 'npx wrangler deploy' } },
    { when: file('vercel.json'), use: { run: 'npx vercel deploy --prod --yes' } },
    { when: file('netlify.toml'), use: { run: 'npx netlify deploy --prod' } },
    {
      when: file('compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'),
      use: { run: 'docker compose up --detach --build --wait' }
    },
    { when: facts => hasLike(facts, /^k8s\/.+\.ya?ml$/), use: { run: 'kubectl apply -f k8s/' } }
  ]
  const unknown = {
    run: './deploy.sh "$DEPLOY_COMMIT"',
    note: 'Nothing here says how it goes live: write this script.'
  }
  return firstOf(rules, facts) ?? unknown
}

const LISTS = /^(DEPLOY(MENT)?[-_]?CHECKLIST|RELEASE[-_]?CHECKLIST|CHECKLIST)\.md$/i

/** A list that people have worked through by hand until now. */
export const handList = ({ files }: FolderFacts): string | undefined => files.find(name => LISTS.test(name))

const SECRET = /(SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|PRIVATE|CREDENTIAL|API_?KEY|_KEY$|DSN$|WEBHOOK)/i
const ADDRESS = /^(DATABASE|DB|POSTGRES|POSTGRESQL|PG|REDIS|MONGO|MONGODB|AMQP|RABBITMQ)_(URL|URI)$/i

export const isSecretName = (name: string): boolean => SECRET.test(name) || ADDRESS.test(name)
