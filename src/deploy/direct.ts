import { z } from 'zod'
import { timeOver } from '../core/errors.js'
import type { Finding, ItemContext, Kind } from '../core/item.js'
import { isObject, type JsonObject } from '../core/json.js'
import type { Exit, Shell } from '../core/ports.js'
import { formatDuration } from '../core/units.js'

/** What this folder is given: programs, and the environment that they inherit. */
export type DeployPorts = Readonly<{ shell: Shell; baseEnv: Readonly<Record<string, string>> }>

const check = (what: string) => z.custom<JsonObject>(isObject, `expected a check, such as { ${what} }`)

const shape = z.strictObject({
  deploy: z.literal('direct', 'expected direct').describe('How it is rolled out: direct, on this runner, at once.'),
  run: z
    .string('expected a command')
    .min(1, 'expected a command')
    .describe('Text for the shell that puts DEPLOY_COMMIT live.'),
  health: check('http: GET /health')
    .optional()
    .describe('A check that has to hold after it; polls for 30 s unless `retry` says otherwise.'),
  revision: check('http: GET /version, json: { $.sha: "${DEPLOY_COMMIT}" }')
    .optional()
    .describe('A check that what is live is what was deployed; polls likewise.')
})

export type DirectSpec = z.infer<typeof shape>

/** `deploy: direct`: one command, then its health and its live revision. Passed only when all three hold. */
export const directKind = ({ shell, baseEnv }: DeployPorts): Kind<DirectSpec> => ({
  name: 'deploy',
  shape,
  effect: 'action',
  shellText: ['run'],
  nested: ['health', 'revision'],
  turn: () => 'barrier',
  subject: ({ deploy }) => deploy,
  run: async (spec, context) => {
    const exit = await shell.run({
      what: { text: spec.run, shell: 'sh' },
      env: { ...baseEnv, ...context.names },
      folder: context.execution.folder,
      timeoutMs: context.timeoutMs,
      signal: context.signal,
      onAbort: 'interrupt',
      onStart: program => void context.began(program).catch(() => {}),
      onLine: line => context.say(line)
    })
    return (
      judgeExit(exit, context) ?? (await afterwards(spec, [`exit 0 after ${formatDuration(exit.durationMs)}`], context))
    )
  },
  finish: (spec, context) => afterwards(spec, [], context)
})

function judgeExit(exit: Exit, { timeoutMs, signal }: ItemContext): Finding | undefined {
  if (exit.kind === 'exited' && exit.code === 0) return undefined
  if (exit.kind === 'timed-out') {
    return {
      outcome: 'fail',
      detail: `no end within ${formatDuration(timeoutMs)}`,
      hint: 'Find out what it waits for, or give it a longer `timeout`.'
    }
  }
  // The limit may be its stage's.
  const over = exit.kind === 'aborted' ? timeOver(signal) : undefined
  if (over !== undefined) return { outcome: 'fail', detail: over.message, hint: over.hint }
  if (exit.kind === 'aborted' && !exit.byItself) {
    return {
      outcome: 'unknown',
      detail: 'cancelled; it did not end by itself and was killed',
      hint: 'See what it did, then resume or roll back.',
      reason: 'cancelled'
    }
  }
  const last = exit.stderr.trimEnd().split('\n').at(-1) ?? ''
  return {
    outcome: 'fail',
    detail: `expected exit 0, found ${exit.code}${last === '' ? '' : `: ${last.slice(0, 200)}`}`,
    hint: 'See its output above.'
  }
}

async function afterwards(
  { health, revision }: DirectSpec,
  before: readonly string[],
  context: ItemContext
): Promise<Finding> {
  const seen = [...before]
  for (const [name, raw] of Object.entries({ health, revision })) {
    if (raw === undefined) continue
    context.say(`looking at its ${name}`)
    const found = await context.check(raw)
    if (found.outcome !== 'pass') return { ...found, detail: `its ${name}: ${found.detail}` }
    seen.push(`${name}: ${found.detail}`)
  }
  return { outcome: 'pass', detail: seen.join('; ') }
}
