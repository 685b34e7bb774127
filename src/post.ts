import { annotate } from './app/annotations.js'
import { resultOfFault } from './app/answer.js'
import { isComposite, readInputs, withSecretLines, withToken } from './app/inputs.js'
import { diedMidway, readWord, writeOutputs } from './app/runner.js'
import { settled } from './app/settled.js'
import { isPage, leaveSummary } from './app/summary-step.js'
import { thisMachine } from './app/this-machine.js'
import { untoldLine } from './report/untold.js'

/**
 * The last step, whatever ended the ones before: the journal says how the execution stands. In a composite it also writes
 * the outputs and the summary, so that one step alone has the outer names.
 */
export async function main(): Promise<void> {
  const machine = thisMachine()
  const core = await import('@actions/core')
  try {
    const word = await readWord(machine, core)
    // Masked by the steps before; a mask holds for the whole job. Where nothing was opened, nothing of it is needed.
    const host =
      word.execution === ''
        ? machine
        : withSecretLines(
            withToken(machine, () => {}),
            () => {}
          )
    const result = await settled(word, () => readInputs(host), host)
    if (diedMidway(word)) await annotate(result, word.checklist ?? '', host, core)
    // The step before has said its own.
    for (const untold of (result.untold ?? []).filter(each => !word.result?.untold?.includes(each)))
      core.warning(untoldLine(untold))
    if (!isComposite(host)) return
    // What was asked for may be what was refused: it is read only where something came of it.
    const isWritten = isPage(result, word.execution === '' ? undefined : readInputs(host))
    writeOutputs(result, isWritten ? await leaveSummary(result, word, host, core) : '', core)
  } catch (thrown) {
    const { message, hint, exitCode } = resultOfFault(thrown)
    core.error(`${message}\n${hint}`, { title: 'deploy-checklist could not settle its journal' })
    process.exitCode = exitCode
  }
}
