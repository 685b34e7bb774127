import { type Answer, answerFor, resultOfFault } from './app/answer.js'
import type { Host } from './app/host.js'
import { isComposite, readInputs } from './app/inputs.js'
import type { Request } from './app/request.js'
import { isFinal, readWord, type Word, writeOutputs, writeSummary } from './app/runner.js'
import { settle } from './app/settle.js'
import { thisMachine } from './app/this-machine.js'
import { openShop } from './app.js'
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
    const request = readInputs(host)
    const { result } = await settled(word, request, host)
    if (!isComposite(host)) return
    writeOutputs(result, core)
    if (isFinal(result) || result.reason === 'planned') await writeSummary(result, word.checklist ?? '', host, core)
  } catch (thrown) {
    const { message, hint, exitCode } = resultOfFault(thrown)
    core.error(`${message}\n${hint}`, { title: 'deploy-checklist could not settle its journal' })
    process.exitCode = exitCode
  }
}

async function settled(word: Word, request: Request, host: Host): Promise<Answer> {
  if (word.execution === '')
    return { result: word.result ?? resultOfFault(new Error('no stage left word how it went')) }
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
    await settle(word.execution, shop)
    const { result } = await answerFor(word.execution, request, shop)
    // The last stage's own words say more than the journal when it was refused after the execution had begun.
    return { result: word.result !== undefined && word.result.exitCode === 2 ? word.result : result }
  } finally {
    await shop.close()
  }
}
