import { readdirSync } from 'node:fs'
import { expect, test } from '@jest/globals'

// Also those that hold nothing but shapes: an entry can import any of them first.
test.each(readdirSync('src/core').map(file => file.replace(/\.ts$/, '.js')))(
  'src/core/%s loads by itself',
  async file => {
    expect(typeof (await import(`../../src/core/${file}`))).toBe('object')
  }
)
