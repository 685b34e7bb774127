import { readFileSync } from 'node:fs'
import { data, Evaluator, Lexer, Parser } from '@actions/expressions'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'

type Step = Readonly<{ id?: string; name: string; if?: string }>
const steps: readonly Step[] = parse(readFileSync('action.yml', 'utf8')).runs.steps
const BEGIN = 'Look for Node'
const ALONE = 'The stage that was asked for'
const SETTLE = 'Settle the journal and write the outputs'
const STAGES = ['preflight', 'backup', 'migrate', 'deploy', 'smoke-test', 'monitor']

test.each([
  ['all is well', {}, '', [BEGIN, ...STAGES, SETTLE]],
  ['there is no node', {}, BEGIN, [BEGIN]],
  ['preflight fails', {}, 'preflight', [BEGIN, 'preflight', SETTLE]],
  ['deploy fails', {}, 'deploy', [BEGIN, 'preflight', 'backup', 'migrate', 'deploy', SETTLE]],
  ['the last stage fails', {}, 'monitor', [BEGIN, ...STAGES, SETTLE]],
  ['one stage is asked for', { stage: 'backup' }, '', [BEGIN, ALONE, SETTLE]],
  ['that one fails', { stage: 'rollback' }, ALONE, [BEGIN, ALONE, SETTLE]],
  ['it is no stage at all', { stage: 'deply' }, ALONE, [BEGIN, ALONE, SETTLE]],
  ['it is a dry run', { 'dry-run': 'true' }, '', [BEGIN, 'preflight', SETTLE]],
  ['it is a dry run of one stage', { stage: 'deploy', 'dry-run': 'true' }, '', [BEGIN, ALONE, SETTLE]],
  [
    'dry-run is nonsense, which the first stage refuses',
    { 'dry-run': 'yes' },
    'preflight',
    [BEGIN, 'preflight', SETTLE]
  ]
])('what runs when %s', (_, inputs, failing, expected) => {
  expect(play({ stage: '', 'dry-run': 'false', ...inputs }, failing)).toEqual(expected)
})

/** The names of the steps that GitHub would run, in order, if the step named `failing` fails. */
function play(inputs: Readonly<Record<string, string>>, failing: string): readonly string[] {
  const ran: string[] = []
  for (const { name, if: condition = 'success()' } of steps) {
    const failed = ran.includes(failing)
    const state = failing === BEGIN ? '' : '/tmp/state'
    const holds = evaluate(
      condition,
      { inputs, steps: { begin: { outputs: { state: ran.length > 0 ? state : '' } } } },
      failed
    )
    // Without a function that asks for the status, GitHub puts success() before the condition.
    const asks = /\b(always|success|failure|cancelled)\(/.test(condition)
    if (holds && (asks || !failed)) ran.push(name)
  }
  return ran
}

function evaluate(condition: string, context: Readonly<Record<string, unknown>>, failed: boolean): boolean {
  const status = (name: string, value: boolean) => ({
    name,
    minArgs: 0,
    maxArgs: 0,
    call: () => new data.BooleanData(value)
  })
  const functions = [
    status('always', true),
    status('success', !failed),
    status('failure', failed),
    status('cancelled', false)
  ]
  const parser = new Parser(new Lexer(condition).lex().tokens, Object.keys(context), functions)
  const values: data.Dictionary = JSON.parse(JSON.stringify(context), data.reviver)
  const result = new Evaluator(parser.parse(), values, new Map(functions.map(fn => [fn.name, fn]))).evaluate()
  return result.kind === data.Kind.Boolean ? result.value : result.coerceString() !== ''
}
