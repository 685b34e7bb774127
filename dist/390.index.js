export const id = 390;
export const ids = [390];
export const modules = {

/***/ 6896:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   KR: () => (/* binding */ ENV_EXAMPLES),
/* harmony export */   Yk: () => (/* binding */ FOLDERS),
/* harmony export */   oB: () => (/* binding */ hasLike),
/* harmony export */   zy: () => (/* binding */ has)
/* harmony export */ });
/** Folders that are looked into, beside the folder itself. */
const FOLDERS = ['bin', 'db', 'db/migrate', 'db/migrations', 'k8s', 'migrations', 'prisma', 'scripts', 'tests'];
const ENV_EXAMPLES = ['.env.example', '.env.sample', '.env.template', 'env.example'];
const has = ({ files }, ...names) => names.some(name => files.includes(name));
/** Whether one of its files matches, such as SQL files of a folder. */
const hasLike = ({ files }, pattern) => files.some(file => pattern.test(file));


/***/ }),

/***/ 3390:
/***/ ((__unused_webpack___webpack_module__, __webpack_exports__, __webpack_require__) => {


// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  starter: () => (/* binding */ starter)
});

// EXTERNAL MODULE: ./build/init/facts.js
var init_facts = __webpack_require__(6896);
;// CONCATENATED MODULE: ./build/init/detect.js

const firstOf = (rules, facts) => rules.find(({ when }) => when(facts))?.use;
const script = (...names) => ({ scripts }) => names.some(name => scripts.includes(name));
const file = (...names) => (facts) => (0,init_facts/* has */.zy)(facts, ...names);
/** The package manager whose lockfile lies there; npm where there is none. */
const packageManager = (facts) => (0,init_facts/* has */.zy)(facts, 'pnpm-lock.yaml')
    ? 'pnpm'
    : (0,init_facts/* has */.zy)(facts, 'yarn.lock')
        ? 'yarn'
        : (0,init_facts/* has */.zy)(facts, 'bun.lock', 'bun.lockb')
            ? 'bun'
            : 'npm';
/** Commands that say whether the code is right; several where several languages live together. */
function testsOf(facts) {
    const manager = packageManager(facts);
    const rules = [
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
    ];
    return rules.filter(({ when }) => when(facts)).map(({ use }) => use);
}
/** How the schema is changed, by the first tool that is found; undefined where there is none. */
function migrationOf(facts) {
    const manager = packageManager(facts);
    const noUndo = 'It has no way back of its own: write one, or rely on the backup.';
    const rules = [
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
            when: facts => (0,init_facts/* has */.zy)(facts, 'bin/rails') && (0,init_facts/* hasLike */.oB)(facts, /^db\/migrate\//),
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
            when: (facts) => (0,init_facts/* hasLike */.oB)(facts, new RegExp(`^${folder}/[^/]+\\.sql$`)),
            use: {
                migrate: `{ sql: ${folder}/ }`,
                note: 'Each file in a transaction of its own; 001_users.down.sql takes back 001_users.sql.'
            }
        }))
    ];
    return firstOf(rules, facts);
}
/** How it goes live, by the first tool that is found. */
function deployOf(facts) {
    const rules = [
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
        { when: facts => (0,init_facts/* hasLike */.oB)(facts, /^k8s\/.+\.ya?ml$/), use: { run: 'kubectl apply -f k8s/' } }
    ];
    const unknown = {
        run: './deploy.sh "$DEPLOY_COMMIT"',
        note: 'Nothing here says how it goes live: write this script.'
    };
    return firstOf(rules, facts) ?? unknown;
}
const LISTS = /^(DEPLOY(MENT)?[-_]?CHECKLIST|RELEASE[-_]?CHECKLIST|CHECKLIST)\.md$/i;
/** A list that people have worked through by hand until now. */
const handList = ({ files }) => files.find(name => LISTS.test(name));
const SECRET = /(SECRET|TOKEN|PASSWORD|PASSWD|PASSPHRASE|PRIVATE|CREDENTIAL|API_?KEY|_KEY$|DSN$|WEBHOOK)/i;
const ADDRESS = /^(DATABASE|DB|POSTGRES|POSTGRESQL|PG|REDIS|MONGO|MONGODB|AMQP|RABBITMQ)_(URL|URI)$/i;
const isSecretName = (name) => SECRET.test(name) || ADDRESS.test(name);

;// CONCATENATED MODULE: ./build/init/starter.js

const DATABASE = 'DATABASE_URL';
const BASE = 'BASE_URL';
const MOST_NAMES = 40;
/** A checklist that fits what lies in a folder, to be read, mended and kept. It loads as it stands. */
function starter(facts) {
    const migration = migrationOf(facts);
    const names = namesFor(facts, migration);
    const sections = [
        heading(),
        values(names),
        migration === undefined ? [] : ['databases:', `  main: { url: "\${${DATABASE}}" }`, ''],
        ['stages:'],
        stage('preflight', [envItem(names), ...testsOf(facts).map(runItem), handItem(facts)]),
        stage('backup', migration === undefined ? [] : [['- backup: main # dumped, restored, compared', '  keep: 3']]),
        stage('migrate', migration === undefined ? [] : [migrationItem(migration)]),
        stage('deploy', [deployItem(deployOf(facts))]),
        stage('smoke-test', [[`- http: GET \${${BASE}}/health # any page that is right only when all is well`]])
    ];
    return `${sections.flat().join('\n').trimEnd()}\n`;
}
const heading = () => [
    '# yaml-language-server: $schema=https://raw.githubusercontent.com/org/deploy-checklist/v1/checklist.schema.json',
    '# Made of what lies in this folder. Read it, mend it, then try: deploy-checklist plan',
    ''
];
/** Names of the environment: what its example lists, and the database's address where there is a migration. */
function namesFor({ envNames }, migration) {
    const all = migration === undefined ? envNames : [DATABASE, ...envNames];
    return [...new Set(all)].filter(name => !name.startsWith('DEPLOY_') && !name.startsWith('__')).slice(0, MOST_NAMES);
}
function values(names) {
    const secrets = names.filter(isSecretName);
    return [
        ...(names.includes(BASE) ? [] : ['vars:', `  ${BASE}: https://example.com # where it is live`, '']),
        ...(secrets.length === 0 ? [] : [`secrets: [${secrets.join(', ')}] # names only; the values come from outside`, ''])
    ];
}
/** Nothing for a stage without items: an empty list asserts nothing. */
function stage(name, items) {
    const lines = items.flat();
    return lines.length === 0 ? [] : [`  ${name}:`, ...lines.map(line => `    ${line}`)];
}
const envItem = (names) => names.length === 0 ? [] : [`- env: [${names.join(', ')}] # set, and no placeholder`];
const noted = (note) => (note === undefined ? [] : [`# ${note}`]);
const runItem = ({ run, note }) => [...noted(note), `- run: ${run}`];
const deployItem = (step) => [
    ...runItem(step),
    '  undo: redeploy # the same command with the last good commit; or a command of its own'
];
const migrationItem = ({ migrate, version, undo, note }) => [
    ...noted(note),
    `- migrate: ${migrate}`,
    ...(version === undefined ? [] : [`  version: ${version}`]),
    ...(undo === undefined ? [] : [`  undo: ${undo}`])
];
function handItem(facts) {
    const list = handList(facts);
    return list === undefined
        ? []
        : [
            `# Move what a command can do into items of its own; what only a person can say stays here.`,
            `- manual: ${list} has been worked through`
        ];
}


/***/ })

};
