import { describe, expect, test } from '@jest/globals'
import { parseArguments } from '../../src/app/arguments.js'
import { helpFor } from '../../src/app/help.js'
import { APART, COMMANDS, NOTHING_ASKED, requestFromInputs } from '../../src/app/request.js'

const request = (line: string) => {
  const asked = parseArguments(line.split(' ').filter(word => word !== ''))
  return 'request' in asked ? asked.request : asked
}
const asks = (more: object) => ({ ...NOTHING_ASKED, ...more })

test.each([
  ['run', { command: 'run' }],
  ['run backup', { command: 'run', stage: 'backup' }],
  ['run rollback', { command: 'rollback' }],
  ['run --resume', { command: 'run', resume: true }],
  ['run --resume e1', { command: 'run', resume: true, execution: 'e1' }],
  ['run --resume deploy', { command: 'run', resume: true, stage: 'deploy' }],
  ['run --dry-run -e staging', { command: 'plan', environment: 'staging' }],
  ['run --sign a/b=ann:seen', { command: 'run', signs: [{ item: 'a/b', who: 'ann', words: 'seen' }] }],
  ['rollback e2 --to e1 --because x', { command: 'rollback', execution: 'e2', to: 'e1', because: 'x' }],
  ['rollback --restore main --accept-loss main', { command: 'rollback', restore: ['main'], acceptLoss: ['main'] }],
  ['history --limit 5 --status FAILED', { command: 'history', limit: 5, status: ['FAILED'] }],
  ['adopt --commit abc', { command: 'adopt', commit: 'abc' }],
  ['help run', { help: 'run' }],
  ['rollback --help', { help: 'rollback' }],
  ['', { help: '' }],
  ['--version', { version: true }]
])('deploy-checklist %s', (line, expected) => {
  expect(request(line)).toEqual('command' in expected ? asks(expected) : expected)
})

describe('what is not understood is refused with what to do, never ignored', () => {
  test.each([
    ['deploy', /no command is called "deploy"/],
    ['settle', /no command is called "settle"/],
    ['run biuld', /no stage is called "biuld"/],
    ['run backup now', /takes one word, found also now/],
    ['plan production', /plan takes no word, found "production"/],
    ['run --environmnet x', /--environmnet/],
    ['run --sign nonsense', /ITEM=WHO:WORDS, found "nonsense"/],
    ['history --limit 0', /from 1 to 100, found "0"/],
    ['history --limit many', /from 1 to 100, found "many"/],
    ['run --restore main', /run does not take --restore; rollback does/],
    ['plan --resume', /plan does not take --resume; run does/],
    ['monitor --dry-run', /monitor does not take --dry-run; run and rollback do/],
    ['monitor --restore main', /monitor does not take --restore/],
    ['run --dry-run --resume', /--dry-run goes with a new run/]
  ])('deploy-checklist %s', (line, message) => {
    expect(() => request(line)).toThrow(
      expect.objectContaining({
        reason: 'usage',
        message: expect.stringMatching(message),
        hint: expect.stringMatching(/./)
      })
    )
  })
})

test('every command has its place in the help, and most have examples', () => {
  for (const command of COMMANDS.filter(name => !APART.some(apart => apart === name)))
    expect(helpFor(command)).toMatch(new RegExp(`^  ${command}\\b`, 'm'))
  expect(helpFor('rollback')).toMatch(/Examples/)
  expect(helpFor('')).not.toMatch(/Examples/)
})

describe('inputs of the action', () => {
  test.each([
    [{}, '', { command: 'run' }],
    [{ stage: 'backup' }, '', { command: 'run', stage: 'backup' }],
    [{ stage: '' }, 'deploy', { command: 'run', stage: 'deploy', wholeJob: true }],
    [{ stage: 'migrate', 'whole-job': 'true' }, '', { command: 'run', stage: 'migrate', wholeJob: true }],
    [
      { stage: 'rollback', execution: 'newest', because: 'slow' },
      '',
      { command: 'rollback', execution: 'newest', because: 'slow' }
    ],
    [{ 'dry-run': 'true' }, '', { command: 'plan' }],
    [{ 'dry-run': 'false' }, '', { command: 'run' }],
    [{ restore: 'main, other\nthird' }, '', { command: 'run', restore: ['main', 'other', 'third'] }],
    [
      { sign: ' a=b:c \n\n d/e=f:g h ' },
      '',
      {
        command: 'run',
        signs: [
          { item: 'a', who: 'b', words: 'c' },
          { item: 'd/e', who: 'f', words: 'g h' }
        ]
      }
    ],
    [{ stage: 'preflight', prepare: 'true' }, '', { command: 'run', stage: 'preflight', prepare: true }],
    [
      { stage: 'preflight', prepare: 'more' },
      '',
      { command: 'run', stage: 'preflight', prepare: true, showsLater: true }
    ]
  ])('%j at the step %j', (inputs, stage, expected) => {
    expect(requestFromInputs(inputs as Record<string, string>, stage)).toEqual(asks({ surface: 'action', ...expected }))
  })

  test.each([
    [{ 'dry-run': 'yes' }, /dry-run is true or false, found "yes"/],
    [{ stage: 'preflight', 'whole-job': 'yes' }, /whole-job is true or false, found "yes"/],
    [{ stage: 'preflight', prepare: 'yes' }, /prepare is true, more or false, found "yes"/],
    [{ stage: 'deploy', prepare: 'more' }, /prepare goes with stage: preflight, backup or settle/],
    [{ stage: 'all' }, /no stage is called "all"/],
    [{ sign: 'me' }, /ITEM=WHO:WORDS, found "me"/]
  ])('refused: %j', (inputs, message) => {
    expect(() => requestFromInputs(inputs as unknown as Record<string, string>, '')).toThrow(message)
  })
})
