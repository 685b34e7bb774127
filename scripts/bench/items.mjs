import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { interleaved, workspace } from './measure.mjs'

const ITEMS = 1000
const GOAL = 1.25

/**
 * The whole process, start and file ledger included, against the loop that people write; once as checks, once as actions,
 * whose intent and outcome are durable one by one.
 */
export function items({ rounds = 5 }) {
  const checks = workspace(checklist('smoke-test'))
  const actions = workspace(checklist('deploy'))
  try {
    const loop = join(checks.folder, 'loop.sh')
    const log = join(checks.folder, 'log')
    writeFileSync(loop, `for i in $(seq ${ITEMS}); do timeout 60 sh -c true >>'${log}'; done\n`)
    const contenders = { loop: { argv: ['bash', loop] }, checks: checks.run(), actions: actions.run() }
    const taken = interleaved({ rounds, contenders })
    return ['checks', 'actions'].map(kind => {
      const ratio = taken[kind].wall / taken.loop.wall
      const what = `${ITEMS} run items as ${kind}: ours ÷ loop`
      return { what, other: taken.loop, ours: taken[kind], ratio, goal: `≤ ${GOAL}`, holds: ratio <= GOAL }
    })
  } finally {
    checks.remove()
    actions.remove()
  }
}

const checklist = stage => `name: bench
stages:
  ${stage}:
${Array.from({ length: ITEMS }, (_, index) => `    - { run: 'true', name: item ${index + 1} }`).join('\n')}
${stage === 'deploy' ? "  smoke-test:\n    - run: 'true'\n" : ''}`
