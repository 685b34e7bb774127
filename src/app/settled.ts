import { refused } from '../core/errors.js'
import { EXIT_CODES } from '../core/execution.js'
import type { Result } from '../core/result/result.js'
import { openTerminal } from '../terminal/terminal.js'
import { answerFor, resultOfFault } from './answer.js'
import type { Host } from './host.js'
import { withUntold } from './notify-said.js'
import type { Request } from './request.js'
import { diedMidway, type Word } from './runner.js'

/**
 * Settles what the steps before have left, and says how their execution stands. What was asked for is only read where
 * something was opened: it may be what was refused.
 */
export async function settled(word: Word, asked: () => Request, host: Host): Promise<Result> {
  // Nothing was opened: the refusal of the first stage is all that there is to say.
  if (word.execution === '') return word.result ?? resultOfFault(silent())
  // Loaded only where there is something to settle.
  const { closePage, mustBeAskedFor, openShop, settle, settleDeployment, settleUnapproved } = await import('./whole.js')
  const request = asked()
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
    if (request.command === 'settle' && request.execution === word.execution) {
      const named = await (await shop.ledger()).read(word.execution)
      if (named !== undefined) await mustBeAskedFor(named.record, request, shop)
    }
    if (request.prepare && request.command === 'settle') await settleUnapproved(word.execution, shop)
    else if ((await settle(word.execution, shop, diedMidway(word))) || mayBeUntold(word))
      await settleDeployment(word.execution, { wish: request, ledger: await shop.ledger(), shop })
    const { result } = await withUntold(await answerFor(word.execution, request, shop), shop)
    if (result.askedIn !== undefined && result.execution?.completedAt !== '') await closePage(word.execution, shop)
    const isPublic = (await shop.ledger()).keeps === 'verdicts'
    return alsoUntold(word, refusedLater(word, isPublic ? inItsOwnWords(word, result) : result))
  } finally {
    await shop.close()
  }
}

// GitHub's deployment was not told by the step whose matter it was.
const mayBeUntold = (word: Word): boolean => diedMidway(word) || (word.result?.deployment?.missed ?? '') !== ''

const silent = () =>
  refused(
    'runner_unfit',
    'no stage left word how it went',
    'Look at the steps before this one: none of them came far enough.'
  )

// A ledger that everybody can read has no words. Those of the last step still hold where nothing was written since.
const inItsOwnWords = ({ result: said }: Word, known: Result): Result =>
  said !== undefined && said.head !== '' && said.head === known.head ? said : known

// Who could not be told by the step before is still to be seen on the page.
function alsoUntold({ result: said }: Word, known: Result): Result {
  const untold = [...new Set([...(said?.untold ?? []), ...(known.untold ?? [])])]
  return untold.length === 0 ? known : { ...known, untold }
}

// The last stage's own words say more than the journal when it was refused after the execution had begun.
function refusedLater({ result: said }: Word, known: Result): Result {
  if (said === undefined || said.exitCode !== EXIT_CODES.REFUSED) return known
  const { status, reason, exitCode, message, hint, problems } = said
  return { ...known, status, reason, exitCode, message, hint, problems }
}
