import { expect, test } from '@jest/globals'
import type { Host } from '../../src/app/host.js'
import { inheritedBy } from '../../src/app/host.js'
import { readInputs, withSecretLines, withToken } from '../../src/app/inputs.js'
import { fakeClock } from '../fakes/clock.js'

const hostWith = (env: Readonly<Record<string, string>>): Host => ({
  folder: '/shop',
  env,
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  clock: fakeClock(),
  user: 'ann',
  home: '/home/ann',
  temporary: '/tmp',
  random: () => '',
  installation: '/'
})

const LINES = 'TOKEN=let-me-in\nKEY<<END\none line\nand another\nEND'

test.each([
  ['the composite', { DEPLOY_CHECKLIST_INPUTS: JSON.stringify({ env: LINES }) }],
  ['the stage action', { INPUT_ENV: LINES }]
])('what the one secret of %s holds is masked and set, and the input itself reaches no command', (_, env) => {
  const masked: string[] = []
  const host = withSecretLines(hostWith({ ...env, TOKEN: '', PATH: '/bin' }), value => masked.push(value))
  expect(masked).toEqual(['let-me-in', 'one line\nand another'])
  expect(host.secrets).toEqual(masked)
  expect(inheritedBy(host.env)).toEqual({ TOKEN: 'let-me-in', KEY: 'one line\nand another', PATH: '/bin' })
})

test('one that cannot be read is masked before it is refused, and every bad line is named', () => {
  const masked: string[] = []
  const host = hostWith({ INPUT_ENV: 'TOKEN=let-me-in\nhunter two\nKEY="open' })
  const refused = () => withSecretLines(host, value => masked.push(value))
  expect(refused).toThrow(expect.objectContaining({ status: 'REFUSED', reason: 'usage' }))
  expect(masked).toEqual(['let-me-in', 'hunter two', 'KEY="open'])
  try {
    refused()
  } catch (error) {
    expect(error).toMatchObject({ problems: [expect.stringMatching(/^line 2: /), expect.stringMatching(/^line 3: /)] })
    expect(JSON.stringify([error, String(error)])).not.toMatch(/let-me-in|hunter|open/)
  }
})

test.each([
  [{ 'github-token': 'one', 'members-token': ' two ' }, { gitHubToken: 'one', membersToken: 'two' }, ['one', 'two']],
  [{ 'github-token': 'one', 'members-token': '' }, { gitHubToken: 'one' }, ['one']],
  [{}, { gitHubToken: 'of the step' }, []]
])('tokens that inputs give count, and are masked: %j', (inputs, expected, hidden) => {
  const masked: string[] = []
  const env = { DEPLOY_CHECKLIST_INPUTS: JSON.stringify(inputs) }
  const { gitHubToken, membersToken } = withToken({ ...hostWith(env), gitHubToken: 'of the step' }, value =>
    masked.push(value)
  )
  expect({ gitHubToken, ...(membersToken !== undefined && { membersToken }) }).toEqual(expected)
  expect(masked).toEqual(hidden)
})

test('without it nothing changes', () => {
  const host = hostWith({ INPUT_ENV: '', PATH: '/bin' })
  expect(withSecretLines(host, () => {})).toBe(host)
})

test('the last step of a job whose stages are steps settles', () => {
  expect(readInputs(hostWith({ INPUT_STAGE: 'settle' }))).toMatchObject({ command: 'settle', stage: undefined })
})
