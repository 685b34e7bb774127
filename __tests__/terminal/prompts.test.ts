import { PassThrough } from 'node:stream'
import { expect, test } from '@jest/globals'
import { unpainted } from '../../src/core/text.js'
import { openPrompts } from '../../src/terminal/prompts.js'

function open({ isTTY = false, who = 'alice' } = {}) {
  const [input, output] = [new PassThrough(), new PassThrough()]
  const log: string[] = []
  output.on('data', (chunk: Buffer) => log.push(chunk.toString()))
  const asides: string[] = []
  const aside = async <T>(work: () => Promise<T>): Promise<T> => {
    asides.push('begin')
    const result = await work()
    asides.push('end')
    return result
  }
  const interview = openPrompts({ input, output, who, paint: unpainted, isTTY, aside })
  const ask = (signal = new AbortController().signal, item = 'preflight/told') =>
    interview.ask({ item, text: 'Commissioners are told', by: 'product-owner', signal })
  return { input, ask, asides, shown: () => log.join('') }
}

test.each([
  ['yes, told in the meeting\n', true, 'told in the meeting'],
  ['y\nseen it myself\n', true, 'seen it myself'],
  ['NO: not before Monday\n', false, 'not before Monday'],
  ['n\nnot yet\n', false, 'not yet'],
  ['\n\nmaybe\nyes\n\n\nreally\n', true, 'really'],
  ['yesterday\nno way\n', false, 'way']
])('%j', async (typed, agrees, words) => {
  const { input, ask } = open()
  input.write(typed)
  expect(await ask()).toEqual({ who: 'alice', words, agrees, claimed: true })
})

test('the question names the item and who should answer', async () => {
  const { input, ask, shown } = open()
  input.write('yes ok\n')
  await ask()
  expect(shown()).toContain('Commissioners are told (product-owner) preflight/told')
})

test.each([
  ['the input ends', (input: PassThrough) => input.end()],
  ['the input ends after yes', (input: PassThrough) => input.end('yes\n')],
  ['Ctrl-C is pressed', (input: PassThrough) => input.write('\u0003')],
  ['Ctrl-D is pressed', (input: PassThrough) => input.write('\u0004')],
  ['the terminal is gone', (input: PassThrough) => input.destroy(new Error('read EIO'))]
])('nobody was asked when %s', async (_, act) => {
  const { input, ask, shown } = open({ isTTY: true })
  const asked = ask()
  setImmediate(() => act(input))
  expect(await asked).toBeUndefined()
  expect(shown()).toMatch(/\n$/)
})

test('an abort ends the question, also one that was not asked yet', async () => {
  const { ask } = open()
  const stop = new AbortController()
  const asked = ask(stop.signal)
  setImmediate(() => stop.abort())
  expect(await asked).toBeUndefined()
  expect(await ask(AbortSignal.abort())).toBeUndefined()
})

test('two questions are asked one after the other, each with the terminal to itself', async () => {
  const { input, ask, asides } = open()
  const both = Promise.all([ask(undefined, 'a'), ask(undefined, 'b')])
  input.write('yes one\n')
  setImmediate(() => setImmediate(() => input.write('no two\n')))
  expect((await both).map(answer => answer?.words)).toEqual(['one', 'two'])
  expect(asides).toEqual(['begin', 'end', 'begin', 'end'])
})
