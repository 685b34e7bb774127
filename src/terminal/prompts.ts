import { createInterface, type Interface } from 'node:readline'
import type { Interview } from '../core/ports.js'
import { oneLine, type Paint } from '../core/text.js'
import type { Output } from './moving.js'

export type PromptOptions = Readonly<{
  input: NodeJS.ReadableStream
  output: NodeJS.WritableStream & Output
  /** Who sits at the terminal, as the system names them; nobody else vouches for it. */
  who: string
  paint: Paint
  /** True: keys come one by one, with line editing. */
  isTTY: boolean
  /** Keeps moving lines away while somebody types. */
  aside: <T>(work: () => Promise<T>) => Promise<T>
}>

const ANSWER = /^(y|yes|n|no)(?:$|[\s,.:;-]+(.*)$)/is

/** Asks on a terminal: yes or no, and in whose words. Ctrl-C, Ctrl-D and an abort mean that nobody was asked. */
export const openPrompts = (options: PromptOptions): Interview => {
  // Two questions at once would mix their answers.
  let last: Promise<unknown> = Promise.resolve()
  return {
    ask: question => {
      const turn = last.then(() => options.aside(() => interview(question, options)))
      last = turn.catch(() => undefined)
      return turn
    }
  }
}

type Question = Parameters<Interview['ask']>[0]
type Answer = Awaited<ReturnType<Interview['ask']>>

async function interview({ item, text, by, signal }: Question, options: PromptOptions): Promise<Answer> {
  if (signal.aborted) return undefined
  const { input, output, paint, isTTY, who } = options
  const lines = createInterface({ input, output, terminal: isTTY, historySize: 0 })
  try {
    const person = by === undefined ? '' : paint('dim', ` (${oneLine(by)})`)
    output.write(`\n${paint('bold', oneLine(text))}${person} ${paint('dim', oneLine(item))}\n`)
    const answer = await answered(asker(lines, signal), paint)
    // The line that was typed so far must not run into what comes next.
    if (answer === undefined) output.write('\n')
    return answer === undefined ? undefined : { who, ...answer, claimed: true }
  } finally {
    lines.close()
  }
}

async function answered(ask: Ask, paint: Paint): Promise<Readonly<{ agrees: boolean; words: string }> | undefined> {
  const yesOrNo = paint('cyan', 'yes or no, and in your words: ')
  const answer = await until(ask, yesOrNo, line => ANSWER.exec(line) ?? undefined)
  if (answer === undefined) return undefined
  const agrees = answer[1]?.toLowerCase().startsWith('y') === true
  const said = answer[2]?.trim() ?? ''
  const question = paint('cyan', agrees ? 'what did you see? ' : 'why not? ')
  const words = said !== '' ? said : await until(ask, question, line => line || undefined)
  return words === undefined ? undefined : { agrees, words }
}

type Ask = (prompt: string) => Promise<string | undefined>

// An empty answer, or one that says neither yes nor no, is asked again; undefined means that nobody answers.
async function until<T>(ask: Ask, prompt: string, read: (line: string) => T | undefined): Promise<T | undefined> {
  for (;;) {
    const line = await ask(prompt)
    if (line === undefined) return undefined
    const answer = read(line.trim())
    if (answer !== undefined) return answer
  }
}

/** Lines that came before they were asked for are kept, so that an answer may be piped in. */
function asker(lines: Interface, signal: AbortSignal): Ask {
  const waiting: string[] = []
  let wake: (() => void) | undefined
  let over = false
  const end = () => {
    over = true
    wake?.()
  }
  lines.on('line', line => {
    waiting.push(line)
    wake?.()
  })
  lines.on('close', end)
  // A terminal whose connection broke: nobody answers. Unheard, it would end this process; `close` would fail again.
  lines.on('error', end)
  lines.on('SIGINT', () => lines.close())
  signal.addEventListener('abort', () => lines.close(), { once: true })
  return async prompt => {
    if (waiting.length === 0 && !over) {
      lines.setPrompt(prompt)
      lines.prompt()
      await new Promise<void>(resolve => {
        wake = resolve
      })
    }
    return waiting.shift()
  }
}
