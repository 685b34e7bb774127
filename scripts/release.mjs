// usage: node scripts/release.mjs [--dry-run] [--built] v1.2.3 [FILE ...]
//   --dry-run  says what would happen, and everything that stands against it; builds dist/, and changes nothing else
//   --built    dist/ was compared with the sources already, at this commit, where the development tools are
//   FILE       what the release holds; it is published once all are there
// Run it at the root of the clone; again after it was cut off, it goes on where it stood. release.yml calls it.
import { execFileSync, spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { nextStep, refusals, stepsFrom } from './release/decide.mjs'
import { factsOf } from './release/facts.mjs'
import { gitIn } from './release/git.mjs'
import { hub } from './release/hub.mjs'

const usage = 'usage: node scripts/release.mjs [--dry-run] [--built] v1.2.3 [FILE ...]'
const AGAIN = 'Mend that (the job needs contents: write), and run this again: it goes on where it stands.'
const folder = process.cwd()
const git = gitIn(folder)

function main() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false }, built: { type: 'boolean', default: false } }
  })
  const [tag, ...files] = positionals
  if (tag === undefined) return fail(usage)
  const changed = git.changed()
  const dist = values.built ? { kind: 'equal' } : lookAtDist(changed)
  const look = releases => factsOf({ tag, folder, files, changed, dist, git, releases })
  return values['dry-run'] ? dryRun(look) : release(look, files)
}

function dryRun(look) {
  const facts = look(releasesIfAny())
  const against = refusals(facts)
  against.forEach(tell)
  // A version that is none has no steps; everything else has, once nothing stands against it.
  if (against.some(({ expected }) => expected.startsWith('an exact version'))) return fail('nothing was done')
  console.log(`${against.length === 0 ? 'It would' : 'Without that it would'}:`)
  for (const step of stepsFrom(facts)) console.log(`  - ${wordsOf(step)}`)
  if (against.length > 0) fail(`${countOf(against)} releasing ${facts.tag}; nothing was done`)
}

function release(look, files) {
  if (git.remote === '.') return fail('expected a remote named origin, found none: clone the repository from GitHub')
  if (files.length === 0) return fail(`expected the files that the release holds, found none\n${usage}`)
  // Each step is decided anew from how things stand then, since another release may go on at the same time. What GitHub
  // took and does not show would be tried for ever.
  for (let left = 12; left > 0; left--) {
    const facts = look(hub.releases())
    const against = refusals(facts)
    against.forEach(tell)
    if (against.length > 0) return fail(`${countOf(against)} releasing ${facts.tag}; it stops here`)
    const step = nextStep(facts)
    console.log(wordsOf(step))
    if (step.do === 'done') return
    take(step)
  }
  fail('expected to be done by now, found the same again: look at the release on GitHub, then run this again')
}

function take(step) {
  switch (step.do) {
    case 'tag':
      return pushed(step.tag, undefined, step.commit)
    case 'move':
      return pushed(step.tag, step.from, step.commit)
    case 'draft':
      return hub.draft(step)
    case 'upload':
      return hub.upload(step)
    default:
      return hub.publish(step)
  }
}

function pushed(tag, from, commit) {
  if (!git.push(tag, from, commit)) console.log(`somebody else was at ${tag} meanwhile; looking again`)
}

function wordsOf(step) {
  switch (step.do) {
    case 'tag':
      return `put the tag ${step.tag} at ${step.commit}`
    case 'draft':
      return `draft the ${step.prerelease ? 'prerelease' : 'release'} ${step.tag} with these notes:\n${quoted(step.notes)}`
    case 'upload':
      return `upload ${step.files.join(', ')} to the draft`
    case 'publish':
      return `publish ${step.tag}, which nobody can change from then on${step.latest ? '; it is the latest' : ''}`
    case 'move':
      return `move ${step.tag} from ${step.from ?? 'nowhere'} to ${step.commit}`
    default:
      return `be done: ${step.why}`
  }
}

const countOf = against => (against.length === 1 ? 'This stands against' : `These ${against.length} stand against`)
const quoted = text => (text || '(none)').replace(/^/gm, '      ')

function lookAtDist(changed) {
  if (changed.length > 0)
    return { kind: 'unknown', why: 'the work tree is changed', hint: 'Commit what is changed, then run this again.' }
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/check-dist.mjs'], {
    cwd: folder,
    encoding: 'utf8'
  })
  if (status === 0) return { kind: 'equal' }
  const files = execFileSync('git', ['status', '--porcelain', '--', 'dist'], { cwd: folder, encoding: 'utf8' })
  if (files !== '')
    return {
      kind: 'differs',
      files: files
        .trimEnd()
        .split('\n')
        .map(line => line.slice(3))
    }
  return { kind: 'unknown', why: `${stdout}${stderr}`.trim(), hint: 'npm run check-dist, and see what it says.' }
}

/** For a look without gh, or without a repository on GitHub: as if there was no release yet, and it says so. */
function releasesIfAny() {
  try {
    return hub.releases()
  } catch (error) {
    const why = error.code === 'ENOENT' ? 'gh is not installed' : `${error.stderr}`.trim()
    console.log(`GitHub was not asked (${why}): taken as if it had no release yet.`)
    return []
  }
}

function tell({ expected, found, hint }) {
  console.error(`expected ${expected}; found ${found}\n  ${hint}`)
}

function fail(message) {
  console.error(message)
  process.exitCode = 2
}

try {
  main()
} catch (error) {
  // What git and gh refuse, they say themselves; anything else is a fault of this script and keeps its stack.
  const program = error.code === 'ENOENT' ? error.path : /^Command failed: (\S+)/.exec(error.message)?.[1]
  if (program === undefined) throw error
  fail(`${program} refused: ${error.stderr || `it is not installed (${error.code})\n`}${AGAIN}`)
}
