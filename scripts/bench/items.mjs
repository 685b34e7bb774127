import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { interleaved, workspace } from './measure.mjs'

const ITEMS = 1000
const GOAL = 1.25

/**
 * The whole process, start and file ledger included, against the loop that people write; once as checks, once as actions,
 * whose intent and outcome are durable one by one. Beside each stands what Node itself needs for that, which is the
 * least that a tool in it could take.
 */
export function items({ rounds = 5 }) {
  const checks = workspace(checklist('smoke-test'))
  const actions = workspace(checklist('deploy'))
  try {
    const loop = join(checks.folder, 'loop.sh')
    const log = join(checks.folder, 'log')
    writeFileSync(loop, `for i in $(seq ${ITEMS}); do timeout 60 sh -c true >>'${log}'; done\n`)
    const bare = [process.execPath, fileURLToPath(new URL('bare-items.mjs', import.meta.url)), String(ITEMS)]
    const contenders = {
      loop: { argv: ['bash', loop] },
      checks: checks.run(),
      actions: actions.run(),
      bareChecks: { argv: bare },
      bareActions: { argv: [...bare, join(checks.folder, 'journal')] }
    }
    const taken = interleaved({ rounds, contenders })
    const row = (kind, who, taker) => {
      const ratio = taken[taker].wall / taken.loop.wall
      return { what: `${ITEMS} run items as ${kind}: ${who} ÷ loop`, other: taken.loop, ours: taken[taker], ratio }
    }
    const judged = row => ({ ...row, goal: `≤ ${GOAL}`, holds: row.ratio <= GOAL })
    return [
      judged(row('checks', 'ours', 'checks')),
      { ...row('checks', 'bare Node', 'bareChecks'), goal: '' },
      judged(row('actions', 'ours', 'actions')),
      { ...row('actions', 'bare Node', 'bareActions'), goal: '' }
    ]
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
