import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../install-if-needed.mjs'
import { cli, interleaved, workspace } from './measure.mjs'

const GOALS = { 24: 75, 20: 100 }

/** CPU of a start over that of bare Node, for each Node that is found: the command line's, and that of a step of the action. */
export function start({ rounds = 15 }) {
  const place = workspace('name: bench\nstages:\n  smoke-test:\n    - run: "true"\n')
  try {
    return nodes().flatMap(({ node, major }) => {
      if (node === undefined) return [{ what: `start on Node ${major}`, note: `no Node ${major} was found` }]
      const contenders = {
        bare: { argv: [node, '-e', '0'] },
        version: { argv: [node, cli, '--version'] },
        noOp: stepOf(node, place, 'post.js'),
        // All that a stage loads before it reads the checklist: refused, since no ledger is named.
        stage: { ...stepOf(node, place, 'index.js'), code: 2 }
      }
      const { bare, version, noOp, stage } = interleaved({ rounds, contenders })
      return [
        row('--version', major, bare, version),
        row('no-op step of the action', major, bare, noOp),
        { ...row('stage that is refused', major, bare, stage), goal: '', holds: undefined }
      ]
    })
  } finally {
    place.remove()
  }
}

function row(what, major, bare, ours) {
  const over = ours.cpu - bare.cpu
  const goal = GOALS[major]
  const said = `${over.toFixed(0)} ms CPU`
  return {
    what: `start on Node ${major}: ${what} over bare node`,
    other: bare,
    ours,
    said,
    goal: `≤ ${goal} ms`,
    holds: over <= goal
  }
}

// `post.js`: the last step of a composite before anything was opened; it reads its inputs and the word left for it.
function stepOf(node, { repository, folder }, entry) {
  const env = {
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: repository,
    GITHUB_REPOSITORY: 'org/bench',
    GITHUB_RUN_ID: '1',
    RUNNER_TEMP: folder,
    DEPLOY_CHECKLIST_INPUTS: '{}'
  }
  return { argv: [node, join(root, 'dist', entry)], cwd: repository, env }
}

/** Under `npm run` a newer Node stands first on PATH, so the older one is looked for behind it. */
function nodes() {
  const { stdout } = spawnSync('bash', ['-c', 'type -ap node'], { encoding: 'utf8' })
  const all = [
    process.execPath,
    ...stdout.trim().split('\n'),
    ...['24', '20'].map(major => process.env[`NODE_${major}`])
  ]
  const found = [...new Set(all)].filter(path => path && existsSync(path)).map(node => ({ node, major: majorOf(node) }))
  return Object.keys(GOALS)
    .sort((a, b) => b - a)
    .map(major => ({ major, node: found.find(one => one.major === major)?.node }))
}

const majorOf = node =>
  spawnSync(node, ['-p', 'process.versions.node.split(".")[0]'], { encoding: 'utf8' }).stdout.trim()
