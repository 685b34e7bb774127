import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

/** What Node has got after 20.0, which `engines` promises, and the types let pass; tsconfig's `lib` holds the language. */
const YOUNGER = {
  'AbortSignal.any': /\bAbortSignal\s*\.\s*any\b/, // 20.3: joinSignals of core
  'import.meta.dirname': /\bimport\.meta\.(dirname|filename)\b/, // 20.11
  'util.styleText': /\bstyleText\b/, // 20.12: terminal/paint
  'util.parseEnv': /\b(parseEnv|loadEnvFile)\b/, // 20.12
  'process.getBuiltinModule': /\bgetBuiltinModule\b/, // 20.16
  'fs.glob': /\bglob(Sync)?\s*\(/ // 22
}

const lines = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.ts'))
  .flatMap(file =>
    readFileSync(join('src', file), 'utf8')
      .split('\n')
      .map(text => ({ file, text: text.trim() }))
  )
  .filter(({ text }) => !/^(\/\/|\*|\/\*)/.test(text))

test('engines still promises what is held here', () => {
  expect(JSON.parse(readFileSync('package.json', 'utf8'))).toMatchObject({ engines: { node: '>=20' } })
})

test.each(Object.entries(YOUNGER))('src does without %s', (_, pattern) => {
  const files = lines.filter(({ text }) => pattern.test(text)).map(({ file }) => file)
  expect(files).toEqual([])
})
