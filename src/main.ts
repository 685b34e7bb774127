import { annotate, placeOf } from './app/annotations.js'
import { resultOfFault } from './app/answer.js'
import { actionsOf, type Host } from './app/host.js'
import { isComposite, readInputs, withSecretLines, withToken } from './app/inputs.js'
import type { Request } from './app/request.js'
import { leaveWord, readSaid, readWord, type Word, writeOutputs } from './app/runner.js'
import type { Ended, Voice } from './app/session.js'
import { settled } from './app/settled.js'
import { isPage, isSaid, leaveSummary } from './app/summary-step.js'
import { thisMachine } from './app/this-machine.js'
import type { ExecutionRecord } from './core/execution.js'
import { harmless } from './core/redact/workflow-commands.js'
import type { Result } from './core/result/result.js'
import { unpainted } from './core/text.js'
import { ending } from './report/ending.js'
import { onSignals } from './shell/signals.js'
import { openTerminal } from './terminal/terminal.js'

type Core = typeof import('@actions/core')

/** A step of either action: one stage, or all of them. */
export async function main(): Promise<void> {
  const machine = thisMachine()
  const core = await import('@actions/core')
  let host = machine
  try {
    host = withToken(machine, value => mask(value, core))
    host = withSecretLines(host, value => mask(value, core))
    const request = readInputs(host)
    if (request.command === 'settle') return await settleJob(request, host, core)
    const left = isComposite(host) ? (await readWord(host, core)).execution : ''
    await step({ ...request, execution: request.execution || left }, left, host, core)
  } catch (thrown) {
    if (thrown instanceof Error && !('reason' in thrown)) host.stderr.write(`${thrown.stack}\n`)
    await tell(
      { answer: { result: resultOfFault(thrown) }, record: undefined },
      { checklist: '', left: '', request: undefined, before: { execution: '' } },
      host,
      core
    )
  }
}

/** The last step of a job whose stages are steps: what they left is settled, and their outputs are the job's. */
async function settleJob(request: Request, host: Host, core: Core): Promise<void> {
  const said = await readSaid(request, host)
  const result = await settled({ ...said, execution: said.execution || request.execution }, () => request, host)
  const isNew = said.result === undefined && isPage(result, request)
  const summaryFile = isNew ? await leaveSummary(result, said, host, core) : (said.summaryFile ?? '')
  writeOutputs(result, summaryFile, core)
  say(result, host)
  // Of a stage that was killed nobody has told what it left.
  if (said.result === undefined) await annotate(result, said.checklist || (await placeOf(request, host)), host, core)
  // Red as the step that failed: no job is green over an execution that is not.
  process.exitCode = result.exitCode
}

/** `left`: what an earlier step of the same composite works for; this one goes on with it. */
async function step(request: Request, left: string, host: Host, core: Core): Promise<void> {
  const checklist = await placeOf(request, host)
  const onOpened = ({ id }: ExecutionRecord) => leaveWord({ execution: id, checklist }, request, host, core)
  const voice = { ...voiceFor(host, core), onOpened }
  const before = isComposite(host) ? { execution: '' } : await readSaid(request, host)
  const { session } = await import('./app/whole.js')
  const ended = await session(
    host,
    request,
    voice,
    handler => onSignals(process, handler),
    code => process.exit(code)
  )
  if (ended.answer.text !== undefined) print(ended.answer.text, host)
  await tell(ended, { checklist, left, request, before }, host, core)
}

function voiceFor(host: Host, core: Core): Voice {
  const groups = { start: (name: string) => core.startGroup(name), end: () => core.endGroup() }
  const isActions = actionsOf(host.env) !== undefined
  const terminal = openTerminal({
    stdout: host.stdout,
    isTTY: false,
    columns: () => 120,
    clock: host.clock,
    colour: false,
    ...(isActions && { actions: groups })
  })
  const onMask = (value: string) => mask(value, core)
  return { terminal, interview: { ask: async () => undefined }, layout: { width: 120, paint: unpainted }, onMask }
}

/** Each line by itself too: the runner masks by line, and an empty one would mask everything. */
function mask(value: string, core: Core): void {
  for (const line of new Set([value, ...value.split('\n')])) if (line.trim() !== '') core.setSecret(line)
}

type Told = Readonly<{ checklist: string; left: string; request: Request | undefined; before: Word }>

/** Outputs, summary, annotations, exit code. In a composite the last step alone writes outputs and summary. */
async function tell(
  { answer, record }: Ended,
  { checklist, left, request, before }: Told,
  host: Host,
  core: Core
): Promise<void> {
  const { result, text = '', page = '' } = answer
  // A step that was refused leaves the execution of the ones before it standing.
  const said = { checklist, ...(text !== '' && result.execution === null && { text, page }) }
  const shown = !isComposite(host) && isPage(result, request)
  const word = { execution: record?.id ?? result.execution?.id ?? left, result, shown, ...said }
  leaveWord(word, request, host, core)
  if (answer.text === undefined) say(result, host)
  await annotate(result, checklist, host, core)
  if (!isComposite(host)) {
    const isNew = shown && !isSaid(result, before)
    const summaryFile = isNew ? await leaveSummary(result, said, host, core) : (before.summaryFile ?? '')
    if (summaryFile !== '') leaveWord({ ...word, summaryFile }, request, host, core)
    writeOutputs(result, summaryFile, core)
  }
  process.exitCode = result.exitCode
}

function say(result: Result, host: Host): void {
  const starter = result.reason === 'checklist_missing' ? result.problems : []
  print([ending(result), ...starter].join('\n'), host)
}

// What a server or a file said stands in some of these lines: none of them is a command to the runner.
const print = (text: string, { stdout }: Host): boolean =>
  stdout.write(`${text.split('\n').map(harmless).join('\n')}\n`)
