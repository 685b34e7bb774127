import { expect, test } from '@jest/globals'
import { loadChecklist } from '../../src/config/load.js'
import { KINDS } from './kinds.js'

const problemsOf = (text: string): readonly string[] => {
  const loaded = loadChecklist({ file: 'f', text, kinds: KINDS })
  return 'problems' in loaded ? loaded.problems : []
}
const smoke = (...lines: string[]) => `stages:\n  smoke-test:\n${lines.map(line => `    ${line}\n`).join('')}`
const deploy = (...lines: string[]) => `stages:\n  deploy:\n${lines.map(line => `    ${line}\n`).join('')}`

test.each([
  ['a var', `vars: { HOST: a }\n${smoke('- http: GET https://${HOST}/')}`],
  ['a secret', `secrets: [TOKEN]\n${smoke('- http: GET /?t=${TOKEN}')}`],
  [
    'an env item, wherever it stands',
    `stages:\n  preflight:\n    - env: HOST\n  smoke-test:\n    - http: GET https://\${HOST}/`
  ],
  ['a built-in', smoke('- http: GET /?c=${DEPLOY_COMMIT}')],
  [
    'a capture of an earlier item',
    smoke('- http: GET /login', '  capture: { TOKEN: $.t }', '- http: GET /?t=${TOKEN}')
  ],
  [
    'vars of every environment',
    `environments: { a: { vars: { H: x } }, b: { vars: { H: y } } }\n${smoke('- http: GET ${H}')}`
  ],
  ['a name that only the shell knows', deploy('- run: echo "$HOME ${USER:-me} $1 $$"')],
  [
    "a shell's own variable that is called like a capture elsewhere",
    `${smoke('- http: GET /', '  capture: { TOKEN: $.t }')}  deploy:\n    - run: TOKEN=1; echo "$TOKEN"\n`
  ],
  ['vars made of each other', `vars: { A: "\${B}/a", B: "\${C}", C: c }\n${smoke('- http: GET ${A}')}`],
  ['text that only looks like a name', smoke('- http: GET /', '  json: { "$.sha": "$5 {x}" }')]
])('%s counts as declared', (_, text) => {
  expect(problemsOf(text)).toEqual([])
})

test.each<[string, string, string[]]>([
  [
    'a name that nothing declares',
    `vars: { BASE_URL: a }\n${smoke('- http: GET ${BASE_ULR}/')}`,
    ['f:4:13 stages.smoke-test[0].http: expected a declared name, found BASE_ULR (did you mean BASE_URL?)']
  ],
  [
    'a name that is like no other',
    smoke('- http: GET ${HOST}/'),
    [
      'f:3:13 stages.smoke-test[0].http: expected a declared name, found HOST: declare it under vars or secrets, or in an env item'
    ]
  ],
  [
    'in a name',
    smoke('- http: GET /', '  name: of ${HOST}'),
    ['f:4:13 stages.smoke-test[0].name: expected a declared name, found HOST: declare it']
  ],
  [
    'in a nested check',
    deploy('- deploy: direct', '  run: x', '  revision: { http: GET /, json: { "$.sha": "${COMMIT}" } }'),
    ['f:5:49 stages.deploy[0].revision.json["$.sha"]: expected a declared name, found COMMIT']
  ],
  [
    'in a database',
    `databases: { main: { url: "\${DB}" } }\n${smoke('- http: GET /')}`,
    ['f:1:27 databases.main.url: expected a declared name, found DB']
  ],
  ['in a var', `vars: { A: "\${B}" }\n${smoke('- http: GET /')}`, ['f:1:12 vars.A: expected a declared name, found B']],
  [
    'in the release',
    `release: { artifact: "\${B}" }\n${smoke('- http: GET /')}`,
    ['f:1:22 release.artifact: expected a declared name, found B']
  ],
  [
    'in vars of an environment',
    `environments: { a: { vars: { H: "\${B}" } } }\n${smoke('- http: GET /')}`,
    ['f:1:33 environments.a.vars.H: expected a declared name, found B']
  ],
  [
    'a var that one environment lacks',
    `environments: { a: { vars: { H: x } }, b: {} }\n${smoke('- http: GET ${H}')}`,
    [
      'f:4:13 stages.smoke-test[0].http: expected a name that every environment declares, found H, which a has and b has not'
    ]
  ],
  [
    'a name that is read without being written',
    smoke('- http: GET ~/health'),
    ['f:3:13 stages.smoke-test[0].http: expected a declared name, found BASE_URL']
  ],
  [
    'a name that a nested check reads without its being written',
    deploy('- deploy: direct', '  run: x', '  health: { http: GET ~/, retry: none }'),
    ['f:5:23 stages.deploy[0].health.http: expected a declared name, found BASE_URL']
  ],
  ['no name', smoke('- http: GET ${}'), ['f:3:13 stages.smoke-test[0].http: expected ${NAME}, found ${}']],
  [
    'a default',
    `vars: { A: a }\n${smoke('- http: GET /${A:-b}')}`,
    ['f:4:13 stages.smoke-test[0].http: expected ${NAME}, found ${A:-b}: for another value where A has none, use vars']
  ],
  [
    "GitHub's expressions",
    smoke('- http: GET /${{ secrets.A }}'),
    [
      'f:3:13 stages.smoke-test[0].http: expected a method and an address',
      'f:3:13 stages.smoke-test[0].http: expected ${NAME}, found ${{ … }}'
    ]
  ],
  [
    "GitHub's expressions in shell text",
    deploy('- run: deploy ${{ inputs.A }}'),
    ['f:3:12 stages.deploy[0].run: expected ${NAME}, found ${{ … }}']
  ],
  [
    'a capture of another stage',
    `${smoke('- http: GET /', '  capture: { TOKEN: $.t }')}  preflight:\n    - http: GET /?t=\${TOKEN}\n`,
    ['f:6:13 stages.preflight[0].http: expected a name that lives here, found TOKEN, which smoke-test/get captures']
  ],
  [
    'a capture of another stage in shell text',
    `${smoke('- http: GET /', '  capture: { TOKEN: $.t }')}  deploy:\n    - run: deploy "$TOKEN"\n`,
    ['f:6:12 stages.deploy[0].run: expected a name that lives here, found TOKEN, which smoke-test/get captures']
  ],
  [
    'a capture of a later item',
    smoke('- http: GET /?t=${TOKEN}', '- http: GET /', '  capture: { TOKEN: $.t }'),
    [
      'f:3:13 stages.smoke-test[0].http: expected a name that has a value by now, found TOKEN, which only smoke-test/get captures'
    ]
  ],
  [
    'a capture of the same item',
    smoke('- http: GET /?t=${TOKEN}', '  capture: { TOKEN: $.t }'),
    ['f:3:13 stages.smoke-test[0].http: expected a name that has a value by now, found TOKEN']
  ],
  [
    'a capture outside of stages',
    `vars: { A: "\${TOKEN}" }\n${smoke('- http: GET /', '  capture: { TOKEN: $.t }')}`,
    ['f:1:12 vars.A: expected a name that lives here, found TOKEN']
  ]
])('%s is refused where it is not declared', (_, text, expected) => {
  expect(problemsOf(text).map((problem, index) => problem.slice(0, expected[index]?.length))).toEqual(expected)
})

test('what an item that cannot be read might have declared is not held against the others', () => {
  const text = `stages:\n  preflight:\n    - env: [HOST]\n      optinal: true\n  smoke-test:\n    - http: GET https://\${HOST}/\n`
  expect(problemsOf(text)).toEqual([
    expect.stringMatching(/^f:4:7 stages.preflight\[0\].optinal: .* \(did you mean optional\?\)$/)
  ])
})

test.each<[string, string, string[]]>([
  [
    'a circle of vars',
    'vars: { A: "${B}", B: "${A}" }',
    ['f:1:12 vars.A: expected a value with an end, found a circle: A -> B -> A']
  ],
  ['a var of itself', 'vars: { A: "x${A}" }', ['f:1:12 vars.A: expected a value with an end, found a circle: A -> A']],
  [
    'a circle through an environment',
    'vars: { A: "${B}", B: b }\nenvironments: { p: { vars: { B: "${A}" } } }',
    ['f:1:12 vars.A: expected a value with an end, found a circle: A -> B -> A']
  ],
  [
    'vars that grow without measure',
    `vars:\n  A0: ${'x'.repeat(100)}\n${Array.from({ length: 40 }, (_, n) => `  A${n + 1}: "\${A${n}}\${A${n}}"\n`).join('')}`,
    ['f:12:8 vars.A10: expected at most 100000 characters once filled in']
  ],
  [
    'a built-in as a var',
    'vars: { DEPLOY_COMMIT: x }',
    ['f:1:9 vars.DEPLOY_COMMIT: expected a new name, found DEPLOY_COMMIT']
  ],
  [
    'a built-in as a secret',
    'secrets: [DEPLOY_COMMIT]',
    ['f:1:11 secrets[0]: expected a name of yours, found DEPLOY_COMMIT']
  ],
  ['a secret twice', 'secrets: [A, A]', ['f:1:14 secrets[1]: expected each secret once, found A again']],
  [
    'a secret as a var',
    'vars: { A: x }\nsecrets: [A]',
    ['f:1:9 vars.A: expected a name that is no secret, found A of secrets']
  ],
  [
    'a var without a proper name',
    'vars: { a-b: x }',
    ['f:1:9 vars.a-b: expected a name of letters, digits and _, found "a-b"']
  ],
  [
    'a var that is a number',
    'vars: { A: 1.10 }',
    ['f:1:12 vars.A: expected text, in quotes where YAML would read a number, or true or false, found the number 1.1']
  ],
  [
    'a secret with its value',
    'secrets: [A=b]',
    [
      "f:1:11 secrets[0]: expected a secret's name such as DATABASE_URL, found what looks like a value; the value belongs in the environment"
    ]
  ],
  [
    'a secret that is no name',
    'secrets: [a-b]',
    ['f:1:11 secrets[0]: expected a secret\'s name such as DATABASE_URL, found "a-b"']
  ]
])('%s is refused', (_, text, expected) => {
  const problems = problemsOf(`${text}\n${smoke('- http: GET /')}`)
  expect(problems.map((problem, index) => problem.slice(0, expected[index]?.length))).toEqual(expected)
})

test.each([
  'ghp_abcdefghijklmnop1234567890ABCDEFGH12',
  'postgres://app:hunter2hunter2@db/app',
  '-----BEGIN PRIVATE KEY-----',
  'Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MDEyMzQ1Ng'
])('a value that looks like a secret is never repeated: %s', value => {
  const places = [
    `secrets: ["${value}"]`,
    `vars: { A: "${value}" }`,
    `databases: { m: { url: "${value}" } }`,
    `rollback: { code: "${value}" }`
  ]
  for (const place of places) {
    const problems = problemsOf(`${place}\n${smoke('- http: GET /')}`)
    expect(problems).toHaveLength(1)
    expect(problems.join()).not.toContain(value)
  }
})
