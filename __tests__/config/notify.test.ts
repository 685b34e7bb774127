import { expect, test } from '@jest/globals'
import { loadChecklist } from '../../src/config/load.js'
import { KINDS } from './kinds.js'

const STAGES = 'stages: { smoke-test: [{ http: GET https://a.example/ }] }\n'
const load = (notify: string, more = 'secrets: [HOOK, MAIL]\n') => {
  const loaded = loadChecklist({ file: 'f', text: `${more}notify:\n${notify}${STAGES}`, kinds: KINDS })
  return 'problems' in loaded ? loaded.problems : loaded.checklist.notify
}

test('each kind is read with its defaults: all but start, half an hour', () => {
  const on = ['waiting', 'success', 'failure', 'rollback', 'escalation']
  const read = load(`  - slack: "\${HOOK}"
  - webhook: https://ops.example.com/hook
    secret: "\${HOOK}"
    on: [start]
  - email: ops@example.com
    from: deploy@example.com
    server: "\${MAIL}"
    after: 2h
  - issue-comment: 42
    environments: [production]
`)
  expect(read).toEqual([
    { to: { kind: 'slack', url: '${HOOK}' }, on, afterMs: 1_800_000 },
    {
      to: { kind: 'webhook', url: 'https://ops.example.com/hook', secret: '${HOOK}' },
      on: ['start'],
      afterMs: 1_800_000
    },
    {
      to: { kind: 'email', to: ['ops@example.com'], from: 'deploy@example.com', server: '${MAIL}' },
      on,
      afterMs: 7_200_000
    },
    { to: { kind: 'issue-comment', issue: 42 }, on, afterMs: 1_800_000, environments: ['production'] }
  ])
})

const TOKEN = 'https://hooks.slack.com/services/T00000000/B00000000/abcdefghijklmnopqrstuvwx'

test.each<[string, string, string[]]>([
  ['nothing in it', '  - {}\n', ['notify[0]']],
  ['an unknown key', '  - slack: "${HOOK}"\n    onn: [failure]\n', ['4:5', 'onn', 'did you mean on']],
  ['an unknown kind', '  - slak: "${HOOK}"\n', ['notify[0]', 'slak']],
  ['an unknown transition', '  - slack: "${HOOK}"\n    on: [failed]\n', ['4:10', 'waiting', 'failed']],
  ['a transition twice', '  - slack: "${HOOK}"\n    on: [failure, failure]\n', ['each once']],
  ['a time without an escalation', '  - slack: "${HOOK}"\n    on: [failure]\n    after: 1h\n', ['escalation']],
  ['an address where a secret belongs', `  - slack: ${TOKEN}\n`, ['${SLACK_WEBHOOK_URL}', 'found a value']],
  ['a name that nothing declares', '  - slack: "${HOOKK}"\n', ['HOOKK']],
  ['a server as it is', '  - email: a@b.example\n    from: a@b.example\n    server: smtp://u:p@h\n', ['${SMTP_URL}']],
  ['a signature as it is', '  - webhook: https://a.example\n    secret: hunter2\n', ['${HOOK_SECRET}']],
  ['no server', '  - email: a@b.example\n    from: a@b.example\n', ['server']],
  ['no address', '  - email: nobody\n    from: a@b.example\n    server: "${MAIL}"\n', ['mail address']],
  ['an open address', '  - webhook: http://ops.example.com\n', ['https']],
  ['a password in an address', '  - webhook: https://u:secret-word@a.example\n', ['password']],
  ['an issue that is none', '  - issue-comment: 0\n', ['number of an issue']]
])('%s is an error with its place', (_, notify, parts) => {
  const problems = load(notify)
  const text = JSON.stringify(problems)
  expect(problems).not.toEqual([])
  for (const part of [...parts, 'f:']) expect(text).toContain(part)
  for (const secret of [TOKEN, 'hunter2', 'secret-word', 'u:p@h']) expect(text).not.toContain(secret)
})

test('what is a secret is listed as one, and environments are known', () => {
  expect(load('  - slack: "${OPEN}"\n', 'vars: { OPEN: "https://a.example" }\n')).toEqual([
    expect.stringMatching(/^f:3:12 notify\[0\]\.slack: expected a name of secrets, found OPEN/)
  ])
  const known = 'secrets: [HOOK]\nenvironments: { staging: {} }\n'
  expect(load('  - slack: "${HOOK}"\n    environments: [stagging]\n', known)).toEqual([
    expect.stringMatching(/expected one of staging, found stagging \(did you mean staging/)
  ])
})
