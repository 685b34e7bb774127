import { randomInt } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Caller } from './act.js'

export type Guestbook = Readonly<{
  /** What a job needs to know to deploy it. */
  env: Readonly<Record<string, string>>
  /** The number of the release that answers; undefined while none does. */
  live(): Promise<number | undefined>
  /** Every release that answered, in turn, from now until `stop`. */
  watch(): Readonly<{ stop(): Promise<readonly number[]> }>
}>

const WORKFLOW = `on: workflow_dispatch
permissions: {}
jobs:
  deploy:
    runs-on: ubuntu-latest
    env:
      DATABASE_URL: \${{ secrets.DATABASE_URL }}
      LEDGER_URL: \${{ secrets.LEDGER_URL }}
    steps:
      - uses: actions/checkout@v7
        with: { fetch-depth: 0 }
      - id: checklist
        uses: org/deploy-checklist@v1
        with: { environment: production, ledger: 'env:LEDGER_URL' }
      - id: told
        if: always()
        env:
          OUTPUTS: \${{ toJSON(steps.checklist.outputs) }}
        run: node -e 'console.log("told " + JSON.stringify(JSON.parse(process.env.OUTPUTS)))'
`

/** The files of examples/quickstart as they stand at that release: each release lies over the one before. */
export function guestbookRelease(number: number): Readonly<Record<string, string>> {
  const layers = Array.from({ length: number }, (_, index) => resolve('examples/quickstart', `release-${index + 1}`))
  const files = layers.flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(file => statSync(join(folder, file)).isFile())
      .map(file => [file, readFileSync(join(folder, file), 'utf8')] as const)
  )
  return { ...Object.fromEntries(files), '.github/workflows/whole.yml': WORKFLOW }
}

/** A home and a port for the application; what runs there is ended afterwards. */
export async function withGuestbook<T>(caller: Caller, work: (guestbook: Guestbook) => Promise<T>): Promise<T> {
  const home = join(caller.folder, '..', 'app')
  const port = randomInt(15_000, 30_000)
  mkdirSync(home)
  // The service finds pg in a folder above its own.
  symlinkSync(resolve('node_modules'), join(home, '..', 'node_modules'))
  const live = () => versionAt(port)
  try {
    return await work({ env: { APP_HOME: home, PORT: String(port) }, live, watch: () => watch(live) })
  } finally {
    endService(home)
  }
}

function endService(home: string): void {
  try {
    process.kill(Number(readFileSync(join(home, 'service.pid'), 'utf8')), 'SIGKILL')
  } catch {} // never came so far, or is gone
}

async function versionAt(port: number): Promise<number | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/version`, { signal: AbortSignal.timeout(2_000) })
    const { release }: { release: string } = JSON.parse(await answer.text())
    return Number(release)
  } catch {
    return undefined
  }
}

function watch(live: Guestbook['live']): ReturnType<Guestbook['watch']> {
  const seen: number[] = []
  let over = false
  const watching = (async () => {
    while (!over) {
      const release = await live()
      if (release !== undefined && release !== seen.at(-1)) seen.push(release)
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  })()
  return {
    stop: async () => {
      over = true
      await watching
      return seen
    }
  }
}
