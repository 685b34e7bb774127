import { Writable } from 'node:stream'
import { expect, test } from '@jest/globals'
import { outlive } from '../../src/terminal/outlive.js'

/** Fails like that at each write, and goes on, as the streams of a process do. */
const failing = (code: string) =>
  new Writable({
    autoDestroy: false,
    write: (_chunk, _encoding, done) => done(Object.assign(new Error(`write ${code}`), { code }))
  })

const turn = () => new Promise(resolve => setImmediate(resolve))

async function saidOf(code: string, stderr = sink()): Promise<readonly string[]> {
  const stdout = failing(code)
  outlive(stdout, stderr.stream)
  for (const line of ['one\n', 'two\n']) {
    stdout.write(line)
    await turn()
  }
  return stderr.said
}

function sink() {
  const said: string[] = []
  const stream = new Writable({
    write: (chunk, _encoding, done) => {
      said.push(String(chunk))
      done()
    }
  })
  return { stream, said }
}

test.each(['EPIPE', 'EIO', 'ECONNRESET', 'ERR_STREAM_DESTROYED'])('that nobody reads (%s) ends nothing', async code => {
  expect(await saidOf(code)).toEqual([])
})

test('that a disk is full is said once, on the other stream', async () => {
  expect(await saidOf('ENOSPC')).toEqual([expect.stringMatching(/ENOSPC.*goes on/)])
})

test('with both broken it goes on as well', async () => {
  expect(await saidOf('ENOSPC', { stream: failing('ENOSPC'), said: [] })).toEqual([])
})
