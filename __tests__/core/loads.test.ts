import { readdirSync } from 'node:fs'
import { expect, test } from '@jest/globals'

const files = readdirSync('src/core', { recursive: true, encoding: 'utf8' })
const modules = files.filter(file => file.endsWith('.ts')).map(file => file.replace(/\.ts$/, '.js'))

// Also those that hold nothing but shapes: an entry can import any of them first.
test.each(modules)('src/core/%s loads by itself', async file => {
  expect(typeof (await import(`../../src/core/${file}`))).toBe('object')
})
