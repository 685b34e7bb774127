import { expect, test } from '@jest/globals'
import { loadChecklist } from '../../src/config/load.js'
import { KINDS } from '../contract/reference-kinds.js'

const load = (rules: string) => {
  const text = `stages: { deploy: [{ run: x }] }\nenvironments:\n  production: ${rules}\n`
  return loadChecklist({ file: 'f', text, kinds: KINDS })
}

test.each([
  ['{ ci: green }', { ci: 'green' }],
  ['{ ci: if-any }', { ci: 'if-any' }],
  ['{ ci: [build, "test (20)"] }', { ci: ['build', 'test (20)'] }],
  ['{ newest: false }', { newest: false }],
  ['{ newest: true }', { newest: true }],
  ['{ max-age: 90m }', { maxAgeMs: 5_400_000 }],
  ['{}', {}]
])('%s is understood, and what is left out is not there', (rules, expected) => {
  const loaded = load(rules)
  expect('checklist' in loaded && loaded.checklist.environments['production']).toEqual({ vars: {}, ...expected })
})

test.each([
  ['{ ci: red }', /environments\.production\.ci: expected green, if-any, or a list of names/],
  ['{ ci: [] }', /environments\.production\.ci: expected/],
  ['{ ci: true }', /environments\.production\.ci: expected/],
  ['{ newest: main }', /environments\.production\.newest: /],
  ['{ max-age: 0s }', /environments\.production\.max-age: expected .*, more than nothing/],
  ['{ max-age: old }', /environments\.production\.max-age: expected/]
])('%s is an error at its place', (rules, problem) => {
  const loaded = load(rules)
  expect('problems' in loaded && loaded.problems.join('\n')).toMatch(problem)
})

const loadWhole = (url: string) => {
  const text = `
vars: { HOST: shop.example.com, BASE: "https://\${HOST}", TOKEN: "\${KEY}" }
secrets: [KEY]
stages: { preflight: [{ env: [PLACE] }], deploy: [{ run: x }] }
environments:
  production: { vars: { AREA: de }, url: "${url}" }
`
  return loadChecklist({ file: 'f', text, kinds: KINDS })
}

test.each([
  'https://shop.example.com',
  'http://10.0.0.1:8080/x?y=1#z',
  '${BASE}/${AREA}',
  'https://${DEPLOY_ENVIRONMENT}.example.com/${DEPLOY_COMMIT}'
])('%s may be where the deployed application is seen', url => {
  const loaded = loadWhole(url)
  expect('checklist' in loaded && loaded.checklist.environments['production']?.url).toBe(url)
})

test.each([
  ['shop.example.com', /production\.url: expected the address of a page, such as/],
  ['ftp://shop.example.com', /production\.url: expected the address of a page/],
  ['https://ann:pw@shop.example.com', /production\.url: expected the address of a page without user and password/],
  ['${HOST}/x', /production\.url: expected the address of a page without user/],
  ['https://${KEY}.example.com', /production\.url: expected an address that everybody may read, found KEY in it/],
  ['https://x.example.com/${TOKEN}', /production\.url: .*, found KEY in it, which is no var/],
  ['https://${PLACE}.example.com', /production\.url: .*, found PLACE in it/],
  ['https://${HOOST}.example.com', /production\.url: expected a declared name, found HOOST \(did you mean HOST/]
])('%s may not', (url, problem) => {
  const loaded = loadWhole(url)
  expect('problems' in loaded && loaded.problems.join('\n')).toMatch(problem)
})
