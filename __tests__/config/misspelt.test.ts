import { expect, test } from '@jest/globals'
import { loadChecklist } from '../../src/config/load.js'
import { misspelt } from '../../src/config/misspelt.js'
import { isSetIn, mentionsIn } from '../../src/config/shell-text.js'
import { BUILT_IN_NAMES, HANDED_NAMES } from '../../src/core/interpolate.js'
import { KINDS } from './kinds.js'

const problemsOf = (text: string): readonly string[] => {
  const loaded = loadChecklist({ file: 'f', text, kinds: KINDS })
  return 'problems' in loaded ? loaded.problems : []
}
const deploy = (...lines: string[]) => `stages:\n  deploy:\n${lines.map(line => `    ${line}\n`).join('')}`

test.each<[string, string | undefined]>([
  ['DEPLOY_PREVIOUS_COMIT', 'DEPLOY_PREVIOUS_COMMIT'],
  ['DEPLOY_PREVOIUS_COMIT', 'DEPLOY_PREVIOUS_COMMIT'],
  ['DEPLOY_ENVIROMENT', 'DEPLOY_ENVIRONMENT'],
  ['DEPLOY_EXECUTON', 'DEPLOY_EXECUTION'],
  ['DEPLOY_RELASE', 'DEPLOY_RELEASE'],
  ['DEPLOY_COMIT', 'DEPLOY_COMMIT'],
  ['DEPLOY_COMMIT_', 'DEPLOY_COMMIT'],
  ['DEPLOY_Commit', 'DEPLOY_COMMIT'],
  ['DEPLOY_ITEN', 'DEPLOY_ITEM'],
  ['DEPLOY_FAILIURE', 'DEPLOY_FAILURE'],
  ['SCHEMA_BEFOR', 'SCHEMA_BEFORE'],
  ['SCHEMA_AFTR', 'SCHEMA_AFTER'],
  ...[...BUILT_IN_NAMES, ...HANDED_NAMES].map((name): [string, undefined] => [name, undefined]),
  ['DEPLOY_HOST', undefined],
  ['DEPLOY_TIME', undefined],
  ['DEPLOY_TEAM', undefined],
  ['DEPLOY_COMMENT', undefined],
  ['DEPLOY_COMMAND', undefined],
  ['DEPLOY_COMMIT_SHA', undefined],
  ['DEPLOY_COMMITTER', undefined],
  ['DEPLOY_RELEASES', undefined],
  ['DEPLOY_EXECUTOR', undefined],
  ['DEPLOY_PREVIOUS_RELEASE', undefined],
  ['DEPLOY_KEY', undefined],
  ['SCHEMA', undefined],
  ['SCHEMA_FILE', undefined],
  ['COMIT', undefined],
  ['COMPLOY_COMMIT', undefined]
])('%s is a slip of %s', (name, expected) => {
  expect(misspelt(name, [...BUILT_IN_NAMES, ...HANDED_NAMES])).toBe(expected)
})

test('of two names the nearer one was meant', () => {
  expect(misspelt('A_LONG_ENOUGHT_X', ['A_LONG_ENOUGH_TU', 'A_LONG_ENOUGHT_XY'])).toBe('A_LONG_ENOUGHT_XY')
})

test.each<[string, string[]]>([
  ['echo $A ${B} ${C:-d} ${#D} ${!E} "$F ${G%%/*}"', ['A', 'B', 'C', 'D', 'E', 'F', 'G']],
  ['$A_b$C.$D', ['A_b', 'C', 'D']],
  ["echo '$A' $B", ['B']],
  ['echo \\$A "\\$B" "\\\\$C" \\\\$D', ['C', 'D']],
  [`echo "it's $A" '"' $B '"'`, ['A', 'B']],
  ["echo 'it'\\''s $A' $B", ['B']],
  ['# $A\necho $B # $C\necho x#$D $# ${E#x}', ['B', 'D', 'E']],
  ["# don't\necho $A # can't", ['A']],
  ["it's $A", ['A']],
  ['echo "open $A', ['A']],
  ["cat <<'EOF' >$A\n$B\nEOF\necho $C", ['A', 'C']],
  ['cat <<"EOF"\n$A\n EOF\n', []],
  ["cat <<-EOF\n\tit's $A\n\tEOF\necho $B '$C'", ['A', 'B']],
  ['cat <<\\EOF\n$A', []],
  ['$1 $$ $? $(A) $', []]
])('of %j a shell fills in %j', (text, expected) => {
  expect(mentionsIn(text).map(({ name }) => name)).toEqual(expected)
})

test.each([
  'A=1; echo $A',
  'A+=1',
  'A[0]=x',
  'export A',
  'export B=$B A',
  'read -r A B',
  'for A in x; do',
  'local A',
  'printf -v A %s x',
  ': "${A:=x}"',
  ': "${A=x}"'
])('%s sets A', text => {
  expect(isSetIn('A', text)).toBe(true)
})

test.each([
  'echo $A',
  'echo "A is $A"',
  'export B="$A"',
  'BA=1',
  'A2=1',
  '${A:-b=c}',
  'read B; echo A',
  '${#A}',
  '!$A='
])('%s does not set A', text => {
  expect(isSetIn('A', text)).toBe(false)
})

const slip =
  'expected a name that has a value, found DEPLOY_COMIT, which nothing declares (did you mean DEPLOY_COMMIT?)'
test.each<[string, string, string]>([
  ['a command', deploy('- run: ./deploy.sh "$DEPLOY_COMIT"'), `f:3:25 stages.deploy[0].run: ${slip}`],
  ['a default', deploy('- run: ./x ${DEPLOY_COMIT:-main}'), `f:3:16 stages.deploy[0].run: ${slip}`],
  ['an undo', deploy('- run: x', '  undo: ./deploy.sh $DEPLOY_COMIT'), `f:4:25 stages.deploy[0].undo: ${slip}`],
  ['a probe', deploy('- run: x', '  probe: test $DEPLOY_COMIT'), `f:4:19 stages.deploy[0].probe: ${slip}`],
  ["a strategy's command", deploy('- deploy: direct', '  run: $DEPLOY_COMIT'), `f:4:12 stages.deploy[0].run: ${slip}`],
  [
    'a block',
    deploy('- run: |', '    set -e', "    echo '$DEPLOY_COMIT'", '    ./x  "${DEPLOY_COMIT}"', '    $DEPLOY_COMIT'),
    `f:6:15 stages.deploy[0].run: ${slip}`
  ],
  ['a folded block', deploy('- run: >-', '    ./x', '    $DEPLOY_COMIT'), `f:5:9 stages.deploy[0].run: ${slip}`],
  ['a text in quotes', deploy('- run: "a\\n$DEPLOY_COMIT"'), `f:3:16 stages.deploy[0].run: ${slip}`],
  ['a text with escapes', deploy('- run: "\\x24DEPLOY_COMIT"'), `f:3:12 stages.deploy[0].run: ${slip}`],
  [
    'an alias',
    `stages:\n  preflight:\n    - run: &a echo $DEPLOY_COMIT\n  deploy:\n    - run: *a\n`,
    `f:3:20 stages.preflight[0].run: ${slip} f:5:12 stages.deploy[0].run: ${slip}`
  ],
  [
    'the command of the monitor',
    'stages:\n  monitor:\n    items: [{ http: GET / }]\n    page: ./page $DEPLOY_COMIT',
    `f:4:18 stages.monitor.page: ${slip}`
  ],
  [
    'the way back of a migration',
    'databases: { main: { url: x } }\nstages:\n  migrate:\n    - migrate: up\n      undo: down $SCHEMA_BEFOR',
    'f:5:18 stages.migrate[0].undo: expected a name that has a value, found SCHEMA_BEFOR, which nothing declares (did you mean SCHEMA_BEFORE?)'
  ]
])('a slip of a name that is always there is an error in %s, at its place', (_, text, expected) => {
  const problems = problemsOf(text).map(problem => problem.replace(/: one of your own.*$/, ''))
  expect(problems.join(' ')).toBe(expected)
})

test('what to do with a name that is no slip is said', () => {
  expect(problemsOf(deploy('- run: $DEPLOY_COMIT'))).toEqual([
    expect.stringMatching(/\?\): one of your own, declare in an env item$/)
  ])
})

test.each([
  ['a name that is always there', deploy('- run: echo $DEPLOY_COMMIT $DEPLOY_ITEM ${DEPLOY_RELEASE:-x}')],
  ['a name of whoever starts it', deploy('- run: ssh "$DEPLOY_HOST" $DEPLOY_USER')],
  ['a var', `vars: { DEPLOY_COMIT: x }\n${deploy('- run: echo $DEPLOY_COMIT')}`],
  ['a secret', `secrets: [DEPLOY_COMIT]\n${deploy('- run: echo $DEPLOY_COMIT')}`],
  ['a var of an environment', `environments: { a: { vars: { DEPLOY_COMIT: x } } }\n${deploy('- run: $DEPLOY_COMIT')}`],
  ['a name of an env item', `${deploy('- run: $DEPLOY_COMIT')}  preflight:\n    - env: DEPLOY_COMIT\n`],
  [
    'a capture',
    `stages:\n  smoke-test:\n    - http: GET /\n      capture: { DEPLOY_COMIT: $.c }\n    - run: $DEPLOY_COMIT\n`
  ],
  ["the item's own variable", deploy('- run: $DEPLOY_COMIT', '  env: { DEPLOY_COMIT: x }')],
  ['a name that the text sets', deploy('- run: DEPLOY_COMIT=$(git rev-parse HEAD); echo $DEPLOY_COMIT')],
  ['text that no shell fills in', deploy("- run: echo '$DEPLOY_COMIT' \\$DEPLOY_COMIT")]
])('%s is no slip', (_, text) => {
  expect(problemsOf(text)).toEqual([])
})

test('what an item that cannot be read might have declared is not taken for a slip', () => {
  const text = `${deploy('- run: $DEPLOY_COMIT')}  preflight:\n    - env: [DEPLOY_COMIT]\n      optinal: true\n`
  expect(problemsOf(text)).toEqual([expect.stringContaining('optinal')])
})
