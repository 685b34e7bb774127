import { answerFor, resultOfFault } from './app/answer.js'
import type { Host } from './app/host.js'
import { isComposite, readInputs } from './app/inputs.js'
import { diedMidway, isFinal, readWord, type Word, writeOutputs, writeSummary } from './app/runner.js'
import { thisMachine } from './app/this-machine.js'
import { refused } from './core/errors.js'
import { EXIT_CODES } from './core/execution.js'
import type { Result } from './core/result/result.js'
import { openTerminal } from './terminal/terminal.js'

/**
 * The last step, whatever ended the ones before: the journal says how the execution stands. In a composite it also writes
 * the outputs and the summary, so that one step alone has the outer names.
 */
export async function main(): Promise<void> {
  const host = thisMachine()
  const core = await import('@actions/core')
  try {
    const word = await readWord(host, core)
    const result = await settled(word, host)
    if (!isComposite(host)) return
    writeOutputs(result, core)
    if (isFinal(result) || result.reason === 'planned') await writeSummary(result, word.checklist ?? '', host, core)
  } catch (thrown) {
    const { message, hint, exitCode } = resultOfFault(thrown)
    core.error(`${message}\n${hint}`, { title: 'deploy-checklist could not settle its journal' })
    process.exitCode = exitCode
  }
}

async function settled(word: Word, host: Host): Promise<Result> {
  // Nothing was opened: the refusal of the first stage is all that there is to say.
  if (word.execution === '') return word.result ?? resultOfFault(silent())
  // Loaded only where there is something to settle.
  const { openShop, settle } = await import('./app/whole.js')
  const request = readInputs(host)
  const terminal = openTerminal({
    stdout: host.stdout,
    isTTY: false,
    columns: () => 120,
    clock: host.clock,
    colour: false
  })
  const never = new AbortController().signal
  const shop = openShop(host, request, {
    terminal,
    interview: { ask: async () => undefined },
    signal: never,
    onMask: () => {},
    onOpened: () => {}
  })
  try {
    await settle(word.execution, shop, diedMidway(word))
    const { result } = await answerFor(word.execution, request, shop)
    return refusedLater(word, result)
  } finally {
    await shop.close()
  }
}

const silent = () =>
  refused(
    'runner_unfit',
    'no stage left word how it went',
    'Look at the steps before this one: none of them came far enough.'
  )

// The last stage's own words say more than the journal when it was refused after the execution had begun.
function refusedLater({ result: said }: Word, known: Result): Result {
  if (said === undefined || said.exitCode !== EXIT_CODES.REFUSED) return known
  const { status, reason, exitCode, message, hint, problems } = said
  return { ...known, status, reason, exitCode, message, hint, problems }
}
