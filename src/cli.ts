import { resultOfFault } from './app/answer.js'
import { parseArguments } from './app/arguments.js'
import { helpFor } from './app/help.js'
import { actionsOf, type Host } from './app/host.js'
import { localSummary } from './app/local-summary.js'
import type { Request } from './app/request.js'
import { type Ended, session, type Voice } from './app/session.js'
import { thisMachine } from './app/this-machine.js'
import { VERSION } from './app/version.js'
import { ending } from './report/ending.js'
import { problemsText } from './report/problems.js'
import { onSignals } from './shell/signals.js'
import { movesLines, paintFor, wantsColour } from './terminal/paint.js'
import { openPrompts } from './terminal/prompts.js'
import { openTerminal } from './terminal/terminal.js'

/** The command line: read the words, obey, print, set the exit code. */
export async function main(): Promise<void> {
  const host = thisMachine()
  try {
    const asked = parseArguments(process.argv.slice(2))
    if ('help' in asked) host.stdout.write(`${helpFor(asked.help)}\n`)
    else if ('version' in asked) host.stdout.write(`${VERSION}\n`)
    else await obeyAndPrint(asked.request, host)
  } catch (thrown) {
    const fault = resultOfFault(thrown)
    if (fault.reason === 'bug' && thrown instanceof Error) host.stderr.write(`${thrown.stack}\n`)
    host.stderr.write(`${fault.message}\n  → ${fault.hint}\n`)
    process.exitCode = fault.exitCode
  }
}

async function obeyAndPrint(request: Request, host: Host): Promise<void> {
  const voice = voiceFor(request, host)
  const ended = await session(
    host,
    request,
    voice,
    handler => onSignals(process, handler),
    code => process.exit(code)
  )
  await print(ended, request, host, voice)
  process.exitCode = ended.answer.result.exitCode
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
  else if (result.problems.length > 0)
    host.stderr.write(`${problemsText(result.message, result.problems, layout)}\n  → ${result.hint}\n`)
  else host.stdout.write(`${ending(result, layout, wrote)}\n`)
}
