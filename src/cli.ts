import { parseArguments } from './app/arguments.js'
import { helpFor } from './app/help.js'
import { thisMachine } from './app/this-machine.js'
import { VERSION } from './app/version.js'
import { onSignals } from './shell/signals.js'

/** The command line: read the words, obey, print, set the exit code. What only a command needs is loaded for it alone. */
export async function main(): Promise<void> {
  const host = thisMachine()
  try {
    const asked = parseArguments(process.argv.slice(2))
    if ('help' in asked) host.stdout.write(`${helpFor(asked.help)}\n`)
    else if ('version' in asked) host.stdout.write(`${VERSION}\n`)
    else {
      const { obeyAndPrint } = await import('./app/whole.js')
      process.exitCode = await obeyAndPrint(
        asked.request,
        host,
        handler => onSignals(process, handler),
        code => process.exit(code)
      )
    }
  } catch (thrown) {
    const { resultOfFault } = await import('./app/answer.js')
    const fault = resultOfFault(thrown)
    if (fault.reason === 'bug' && thrown instanceof Error) host.stderr.write(`${thrown.stack}\n`)
    // Who asked for JSON reads it, whatever else was wrong with the words.
    if (process.argv.includes('--json')) host.stdout.write(`${JSON.stringify(fault, undefined, 2)}\n`)
    else host.stderr.write(`${fault.message}\n  → ${fault.hint}\n`)
    process.exitCode = fault.exitCode
  }
}
