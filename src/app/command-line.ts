import type { Result } from '../core/result/result.js'
import { ending } from '../report/ending.js'
import { problemsText } from '../report/problems.js'
import { movesLines, paintFor, wantsColour } from '../terminal/paint.js'
import { openPrompts } from '../terminal/prompts.js'
import { openTerminal } from '../terminal/terminal.js'
import { actionsOf, type Host } from './host.js'
import { localSummary } from './local-summary.js'
import type { Request } from './request.js'
import { type Ended, session, type Voice } from './session.js'

/** One command of the command line, to its last word; returns the exit code. `signals` and `exit` as for a session. */
export async function obeyAndPrint(
  request: Request,
  host: Host,
  signals: (handler: (signal: string) => void) => () => void,
  exit: (code: number) => void
): Promise<number> {
  const voice = voiceFor(request, host)
  const ended = await session(host, request, voice, signals, exit)
  await print(ended, request, host, voice)
  return ended.answer.result.exitCode
}

/** With `--json` stdout is the result's alone, and everything else goes to stderr. */
function voiceFor({ json }: Request, host: Host): Voice {
  const out = json ? host.stderr : host.stdout
  const surroundings = { isTTY: out.isTTY === true, env: host.env }
  const paint = paintFor(wantsColour(surroundings))
  const moves = movesLines(surroundings)
  const terminal = openTerminal({
    stdout: out,
    isTTY: moves,
    columns: () => out.columns ?? 120,
    clock: host.clock,
    colour: wantsColour(surroundings)
  })
  const asks = moves && host.stdin.isTTY === true && !json && actionsOf(host.env) === undefined
  const interview = asks
    ? openPrompts({ input: host.stdin, output: out, who: host.user, paint, isTTY: true, aside: terminal.aside })
    : { ask: async () => undefined }
  return { terminal, interview, layout: { width: out.columns ?? 120, paint }, onMask: () => {} }
}

async function print({ answer, record }: Ended, request: Request, host: Host, { layout }: Voice): Promise<void> {
  const { result, text, json } = answer
  const wrote = record === undefined ? undefined : await localSummary(result, request, host)
  if (request.json) host.stdout.write(`${JSON.stringify(json ?? result, undefined, 2)}\n`)
  else if (text !== undefined) host.stdout.write(`${text.trimEnd()}\n`)
  else if (result.reason === 'checklist_missing' && result.problems.length > 0) starter(result, host)
  else if (result.problems.length > 0)
    host.stderr.write(`${problemsText(result.message, result.problems, layout)}\n  → ${result.hint}\n`)
  else host.stdout.write(`${ending(result, layout, wrote)}\n`)
}

/** The starter as it has to be saved, alone on stdout: `deploy-checklist plan > deploy-checklist.yml` keeps it. */
function starter({ message, hint, problems }: Result, { stdout, stderr }: Host): void {
  stderr.write(`✗ ${message}\n  → ${hint}\n\n`)
  stdout.write(`${problems.join('\n')}\n`)
}
