import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { CLICK_INPUTS, rollbackClick } from '../../src/core/result/paste-lines.js'

const { on, jobs } = parse(readFileSync('examples/workflows/rollback.yml', 'utf8'))

test('whatever the rollback click says on a line is an input of the example, which hands it on', () => {
  const line = rollbackClick(Object.fromEntries(CLICK_INPUTS.map(name => [name, 'x'])), 'octo/shop')
  const names = [...line.matchAll(/ -f ([\w-]+)=/g)].map(([, name = '']) => name)
  expect(names).toEqual([...CLICK_INPUTS])
  expect(names.filter(name => !Object.hasOwn(on.workflow_dispatch.inputs, name))).toEqual([])
  for (const name of names) expect(jobs.rollback.with).toHaveProperty(name, `\${{ inputs.${name} }}`)
})
