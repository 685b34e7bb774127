import { z } from 'zod'
import { timeOver } from '../core/errors.js'
import type { Finding, ItemContext, Kind } from '../core/item.js'
import type { Exit } from '../core/ports.js'
import { formatDuration } from '../core/units.js'
import { lastLine } from './excerpt.js'
import { fail, judged } from './findings.js'
import { placeOf, problemOfPlace } from './place.js'
import type { CheckPorts } from './ports.js'
import { checkedText, oneOf, oneOrMore, patternText, text } from './shapes.js'
import { mismatches, textMatcher } from './text-matcher.js'

const CODE = 'expected an exit code from 0 to 255'
const exitCode = oneOf(
  [z.int().min(0, CODE).max(255, CODE), patternText('an exit code', /^\d{1,3}$/)],
  'an exit code from 0 to 255'
)

const shape = z.strictObject({
  run: text('a command').describe('Text for the shell. Declared names stand in its environment: "$NAME".'),
  exit: oneOrMore(exitCode, 'an exit code such as 0')
    .optional()
    .describe('Exit codes that are right: 0 (the default) or a list.'),
  stdout: textMatcher().optional().describe('What standard output must and must not contain; its last MiB is kept.'),
  stderr: textMatcher().optional().describe('What standard error must and must not contain; its last MiB is kept.'),
  cwd: checkedText('a folder', problemOfPlace)
    .optional()
    .describe("Folder to run in, inside the checklist's own; or an absolute path."),
  env: z
    .record(
      z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected a name of letters, digits and _'),
      z.union([z.string(), z.number(), z.boolean()], 'expected a text or a number'),
      'expected names with their values'
    )
    .optional()
    .describe('More variables for this command alone.'),
  shell: z.enum(['sh', 'bash'], 'expected sh or bash').optional().describe('sh (the default) or bash.')
})

export type RunSpec = z.infer<typeof shape>

/** A command. In backup, migrate and deploy it acts, elsewhere it checks; `effect` says otherwise. */
export const runKind = ({ shell, baseEnv }: Pick<CheckPorts, 'shell' | 'baseEnv'>): Kind<RunSpec> => ({
  name: 'run',
  shape,
  effect: 'by-stage',
  shellText: ['run'],
  turn: () => 'barrier',
  subject: ({ run }) => run,
  sets: ({ env = {} }) => Object.keys(env),
  run: async (spec, context) => {
    const exit = await shell.run({
      what: { text: spec.run, shell: spec.shell ?? 'sh' },
      env: { ...baseEnv, ...context.names, ...asTexts(spec.env ?? {}) },
      folder: placeOf(context.execution.folder, spec.cwd ?? '.'),
      timeoutMs: context.timeoutMs,
      signal: context.signal,
      onAbort: context.item.effect === 'action' ? 'interrupt' : 'end',
      onStart: program => void context.began(program).catch(() => {}),
      onLine: line => context.say(line)
    })
    return judge(spec, exit, context)
  }
})

const asTexts = (env: Readonly<Record<string, string | number | boolean>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(env).map(([name, value]) => [name, String(value)]))

function judge(spec: RunSpec, exit: Exit, { item, signal, timeoutMs }: ItemContext): Finding {
  // The limit may be its stage's.
  const over = exit.kind === 'aborted' ? timeOver(signal) : undefined
  if (over !== undefined) return tooLate(exit, over.message, over.hint)
  if (exit.kind === 'timed-out')
    return tooLate(
      exit,
      `no end within ${formatDuration(timeoutMs)}`,
      'Find out what it waits for, or give it a longer `timeout`.'
    )
  // Whoever was asked to end and did, says with its exit code how far it came.
  if (exit.kind === 'aborted' && (item.effect === 'check' || !exit.byItself)) return cutOff(item.effect)
  const expected = [spec.exit ?? 0].flat().map(Number)
  const problems = [
    ...(expected.includes(exit.code) ? [] : [`expected exit ${expected.join(' or ')}, found ${exit.code}${why(exit)}`]),
    ...(spec.stdout === undefined ? [] : mismatches(spec.stdout, exit.stdout, 'stdout')),
    ...(spec.stderr === undefined ? [] : mismatches(spec.stderr, exit.stderr, 'stderr'))
  ]
  return judged(problems, `exit ${exit.code} after ${formatDuration(exit.durationMs)}`, 'See its output above.')
}

function why({ stderr, stdout }: Exit): string {
  const line = lastLine(stderr) || lastLine(stdout)
  return line === '' ? '' : `: ${line.slice(0, 200)}`
}

const tooLate = ({ byItself }: Exit, what: string, hint: string): Finding =>
  fail(`${what}; it was ${byItself ? 'asked to end' : 'killed with all that it had started'}`, hint)

const cutOff = (effect: 'action' | 'check'): Finding =>
  effect === 'check'
    ? { outcome: 'error', detail: 'cancelled', hint: 'Resume to run it again.', reason: 'cancelled' }
    : {
        outcome: 'unknown',
        detail: 'cancelled; it did not end by itself and was killed',
        hint: 'See what it did, then resume or roll back.',
        reason: 'cancelled'
      }
