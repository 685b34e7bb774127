/**
 * The smallest thing that can be deployed: what is live is the last line of the file $LIVE. Release 3 is broken. While
 * $LIVE.hold exists a deployment stops halfway and waits.
 */
const CHECKLIST = `stages:
  preflight:
    - env: [LIVE]
  deploy:
    - run: ./deploy.sh "$DEPLOY_COMMIT"
      undo: ./deploy.sh "$DEPLOY_PREVIOUS_COMMIT"
      probe: test "$(tail -n 1 "$LIVE")" = "$(git show "$DEPLOY_COMMIT:release")"
  smoke-test:
    - run: test "$(tail -n 1 "$LIVE")" != 3
`

const DEPLOY = `#!/bin/sh
set -eu
echo "halfway to $1"
while [ -e "$LIVE.hold" ]; do sleep 0.05; done
git show "$1:release" >>"$LIVE"
`

const MONITOR = `  monitor:
    checkpoints: [0m, 1ms]
    on-failure: ON_FAILURE
    page: echo "paged with $KEY"
    items:
      - run: test "$(printf %s "$KEY" | wc -l)" = 1
        name: the key has two lines
      - run: test ! -e "$LIVE.down"
`

/** Watched once more a moment after it went live; a person is paged for what is red then. */
export const WATCHED = `  monitor:
    checkpoints: [0m, 1ms]
    page: echo paged
    items:
      - run: test ! -e "$LIVE.down"
`

/** A release whose environment is watched after it went live, with no workflows but what is given. */
export const watchedRelease = (number: number, onFailure: 'page' | 'rollback'): Readonly<Record<string, string>> => ({
  release: `${number}\n`,
  'deploy.sh': DEPLOY,
  'deploy-checklist.yml': `secrets: [LIVE, KEY]\n${CHECKLIST}${MONITOR.replace('ON_FAILURE', onFailure)}`
})

export type Promised = Readonly<{
  /** Lines of `environments: production:`; reviewers are required by default. */
  production?: string
  /** More items of preflight, and whole stages, as lines. */
  preflight?: string
  stages?: string
  people?: string
}>

const REVIEWED = '    gate: { reviewers: required }\n'

/** A release that goes to production behind the gate that its checklist promises. */
export const gatedRelease = (
  number: number,
  { production = REVIEWED, preflight = '', stages = '', people = '' }: Promised = {}
): Readonly<Record<string, string>> => ({
  release: `${number}\n`,
  'deploy.sh': DEPLOY,
  'deploy-checklist.yml': `secrets: [LIVE]\n${people}environments:\n  production:\n${production}${CHECKLIST.replace('    - env: [LIVE]\n', `    - env: [LIVE]\n${preflight}`)}${stages}`
})

/** A release of the shop, with the workflows that deploy it. */
export const release = (number: number): Readonly<Record<string, string>> => ({
  release: `${number}\n`,
  'deploy.sh': DEPLOY,
  'deploy-checklist.yml': CHECKLIST,
  '.github/workflows/whole.yml': WHOLE,
  '.github/workflows/stages.yml': STAGES
})

const JOB = `on:
  workflow_dispatch:
    inputs:
      stage: { type: string, default: '' }
      ledger: { type: string, default: 'env:LEDGER_URL' }
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-latest
    env:
      LEDGER_URL: \${{ secrets.LEDGER_URL }}
    steps:
      - uses: actions/checkout@v7
        with: { fetch-depth: 0 }
`

// The front door: one step, all stages.
const WHOLE = `${JOB}      - id: checklist
        uses: org/deploy-checklist@v1
        with:
          environment: production
          ledger: \${{ inputs.ledger }}
          stage: \${{ inputs.stage }}
      - id: told
        if: always()
        env:
          OUTPUTS: \${{ toJSON(steps.checklist.outputs) }}
        run: node -e 'console.log("told " + JSON.stringify(JSON.parse(process.env.OUTPUTS)))'
`

// A step of the job for each stage.
const step = (stage: string): string => `      - id: ${stage}
        uses: org/deploy-checklist/stage@v1
        with: { environment: production, ledger: 'env:LEDGER_URL', stage: ${stage} }
`
const STAGES = `${JOB}${['preflight', 'backup', 'migrate', 'deploy', 'smoke-test', 'monitor'].map(step).join('')}`

/** For a runner that has no node, so that the job cannot use it either. */
export const BARE = `${JOB}      - { id: checklist, uses: org/deploy-checklist@v1, with: { ledger: run } }
      - id: told
        if: always()
        env: { STATUS: '\${{ steps.checklist.outputs.status }}', REASON: '\${{ steps.checklist.outputs.reason }}' }
        run: echo "told $STATUS $REASON"
`
