import { deployOf, handList, isSecretName, type Migration, migrationOf, type Step, testsOf } from './detect.js'
import type { FolderFacts } from './facts.js'

const DATABASE = 'DATABASE_URL'
const BASE = 'BASE_URL'
const MOST_NAMES = 40

/** A checklist that fits what lies in a folder, to be read, mended and kept. It loads as it stands. */
export function starter(facts: FolderFacts): string {
  const migration = migrationOf(facts)
  const names = namesFor(facts, migration)
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
  ]
  return `${sections.flat().join('\n').trimEnd()}\n`
}

const heading = (): readonly string[] => [
  '# yaml-language-server: $schema=https://raw.githubusercontent.com/org/deploy-checklist/v1/checklist.schema.json',
  '# Made of what lies in this folder. Read it, mend it, then try: deploy-checklist plan',
  ''
]

/** Names of the environment: what its example lists, and the database's address where there is a migration. */
function namesFor({ envNames }: FolderFacts, migration: Migration | undefined): readonly string[] {
  const all = migration === undefined ? envNames : [DATABASE, ...envNames]
  return [...new Set(all)].filter(name => !name.startsWith('DEPLOY_') && !name.startsWith('__')).slice(0, MOST_NAMES)
}

function values(names: readonly string[]): readonly string[] {
  const secrets = names.filter(isSecretName)
  return [
    ...(names.includes(BASE) ? [] : ['vars:', `  ${BASE}: https://example.com # where it is live`, '']),
    ...(secrets.length === 0 ? [] : [`secrets: [${secrets.join(', ')}] # names only; the values come from outside`, ''])
  ]
}

type Item = readonly string[]

/** Nothing for a stage without items: an empty list asserts nothing. */
function stage(name: string, items: readonly Item[]): readonly string[] {
  const lines = items.flat()
  return lines.length === 0 ? [] : [`  ${name}:`, ...lines.map(line => `    ${line}`)]
}

const envItem = (names: readonly string[]): Item =>
  names.length === 0 ? [] : [`- env: [${names.join(', ')}] # set, and no placeholder`]

const noted = (note: string | undefined): Item => (note === undefined ? [] : [`# ${note}`])

const runItem = ({ run, note }: Step): Item => [...noted(note), `- run: ${run}`]

const deployItem = (step: Step): Item => [
  ...runItem(step),
  '  undo: redeploy # the same command with the last good commit; or a command of its own'
]

const migrationItem = ({ migrate, version, undo, note }: Migration): Item => [
  ...noted(note),
  `- migrate: ${migrate}`,
  ...(version === undefined ? [] : [`  version: ${version}`]),
  ...(undo === undefined ? [] : [`  undo: ${undo}`])
]

function handItem(facts: FolderFacts): Item {
  const list = handList(facts)
  return list === undefined
    ? []
    : [
        `# Move what a command can do into items of its own; what only a person can say stays here.`,
        `- manual: ${list} has been worked through`
      ]
}
