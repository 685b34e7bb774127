// npm run demo: three releases of examples/quickstart on a real PostgreSQL, the third one broken. With `-- --keep` its
// folder stays, with everything in it running.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openDemo } from './demo-place.mjs'
import { watchVersion } from './demo-watch.mjs'
import { installIfNeeded, root } from './install-if-needed.mjs'

const EXPECTED = ['ROLLED_BACK', 'SUCCESS', 'SUCCESS']
const keep = process.argv.includes('--keep')
const startedAt = Date.now()

const title = text => console.log(`\n\u2500\u2500 ${text} ${'\u2500'.repeat(Math.max(0, 76 - text.length))}`)

installIfNeeded()
if (!existsSync(join(root, 'dist', 'bundle.js'))) {
  console.error('dist/ is not built: run `npm run bundle` first.')
  process.exit(1)
}

const demo = await openDemo().catch(error => {
  console.error(`The demo could not begin: ${error.message}`)
  process.exit(1)
})
let failure
try {
  await story()
} catch (error) {
  failure = error
}
if (failure !== undefined) console.error(`\nThe demo did not go as promised: ${failure.message}`)
await demo.close({ keep: keep && demo.cancelled() === undefined })
process.exit(demo.cancelled() ?? (failure === undefined ? 0 : 1))

async function story() {
  console.log(demo.words)
  title('Release 1: a guestbook')
  await demo.release(1, 0)
  title('Release 2: moods and replies, with a migration')
  await demo.release(2, 0)
  title('Release 3: its entries page is broken, and the smoke test will see it')
  const watch = watchVersion(demo.port)
  await demo.release(3, 1)
  const seen = await watch.stop()
  title('What happened')
  await demo.cli(['history'], 0)
  const { records } = await demo.json(['history'])
  check(records, seen)
  console.log(`\n${demo.keptPapers()}`)
  console.log(keep ? demo.keptWords(records[1].id) : 'To try things in it yourself: npm run demo -- --keep')
  console.log(`\nDone in ${((Date.now() - startedAt) / 1000).toFixed(0)} s.`)
}

function check(records, { releases, answers, misses }) {
  const turns = releases.join(', then ')
  console.log(
    `\nMeanwhile the service answered ${answers} times, as release ${turns}; while it restarted, ${misses} times not.`
  )
  const statuses = records.map(({ status }) => status)
  if (statuses.join() !== EXPECTED.join())
    throw new Error(`expected ${EXPECTED.join(', ')}, found ${statuses.join(', ')}`)
  if (releases.join() !== '2,3,2')
    throw new Error(`expected releases 2, 3, 2 to be live in turn, saw ${releases.join(', ')}`)
}
