import { sectionOf, unwrapped } from './changelog.mjs'
import { compareTags, isPrerelease, movingTag, parseTag } from './version.mjs'

/**
 * What stands against releasing, all of it at once: what was expected, what was found, what to do. Empty: nothing does.
 */
export function refusals(facts) {
  const version = parseTag(facts.tag)
  if (version === undefined)
    return [refusal('an exact version, such as v1.2.3 or v1.2.3-rc.1', facts.tag, 'Name it so; v1 follows by itself.')]
  return [...ofTree(facts, version), ...ofPlace(facts), ...ofRelease(facts), ...ofMoving(facts, version)]
}

/**
 * The one thing to do next, from nothing but how things stand, so that a release that was cut off goes on where it
 * stood: `tag`, `draft`, `upload`, `publish`, `move`; or `done`, with why the moving tag stays where it is.
 */
export function nextStep(facts) {
  const version = parseTag(facts.tag)
  const { release } = facts
  if (facts.tagged === undefined) return { do: 'tag', tag: facts.tag, commit: facts.commit }
  if (release === undefined) return { do: 'draft', tag: facts.tag, ...described(facts, version) }
  if (release.draft) {
    const missing = facts.assets.filter(asset => !has(release, asset))
    if (missing.length > 0) return { do: 'upload', tag: facts.tag, files: missing.map(({ file }) => file) }
    return {
      do: 'publish',
      tag: facts.tag,
      id: release.id,
      ...described(facts, version),
      latest: isLatest(facts, version)
    }
  }
  return move(facts, version)
}

/** Every step from here to the end, if each one does what it says. */
export function stepsFrom(facts) {
  const step = nextStep(facts)
  return step.do === 'done' ? [step] : [step, ...stepsFrom(after(facts, step))]
}

function ofTree({ packageVersion, changelog, changed, dist }, { version }) {
  const notes = sectionOf(changelog, version)
  return [
    packageVersion !== version &&
      refusal(
        `version ${version} in package.json`,
        packageVersion,
        'CONTRIBUTING.md, "A release", says what to change.'
      ),
    notes === undefined &&
      refusal(
        `a heading "## ${version}" in CHANGELOG.md`,
        'none',
        'Give "## Unreleased" that name; it becomes the notes.'
      ),
    notes === '' &&
      refusal(`notes under "## ${version}" in CHANGELOG.md`, 'nothing', 'Say there what a user has to know.'),
    changed.length > 0 &&
      refusal('a work tree as it was committed', `${list(changed)} changed`, 'Commit it, or put it back.'),
    dist.kind === 'differs' &&
      refusal(
        'dist/ as the sources give it',
        `${list(dist.files)} differ`,
        'npm run bundle, and commit what it wrote.'
      ),
    dist.kind === 'unknown' && refusal('dist/ as the sources give it', `nobody looked: ${dist.why}`, dist.hint)
  ].filter(Boolean)
}

function ofPlace({ tag, commit, tagged, branch, onBranch }) {
  return [
    !onBranch &&
      refusal(
        `a commit of ${branch}, the default branch`,
        `${short(commit)}, which is not on it`,
        `Merge it to ${branch} first, and tag what came of it.`
      ),
    tagged !== undefined &&
      tagged !== commit &&
      refusal(
        `${tag} at ${short(commit)}, which is checked out here`,
        `it stands at ${short(tagged)}`,
        `Run it from the tag: gh workflow run release.yml --ref ${tag} -f version=${tag}. A tag that was moved needs a new version instead.`
      )
  ].filter(Boolean)
}

function ofRelease({ tag, release, assets }) {
  if (release === undefined || release.draft) return []
  const other = assets.filter(asset => !has(release, asset)).map(({ name }) => name)
  return [
    other.length > 0 &&
      refusal(
        `the published release ${tag} to hold what was built here`,
        `${list(other)} missing or different`,
        'What is published stays as it is: release a new version.'
      ),
    !release.immutable &&
      refusal(
        `the release ${tag} to be immutable`,
        'anybody with write access can still change it',
        'Enable "release immutability" in the settings of the repository, delete this release (not its tag), and run this again.'
      )
  ].filter(Boolean)
}

// Such a tag is where a release put it, or behind. Anywhere else it was put by somebody, and they may mean it.
function ofMoving({ tag, moving }, version) {
  const name = movingTag(version)
  const at = name === undefined || isPrerelease(version) ? undefined : moving[name]
  if (at === undefined || at.behind || newestOf(at.tags, version) !== undefined) return []
  return [
    refusal(
      `${name} at a release of ours, or at a commit that ${tag} contains`,
      `it stands at ${short(at.commit)}`,
      `Find out who put it there. To let it follow again: git push origin :refs/tags/${name}, and run this again.`
    )
  ]
}

// Only forward, and only to the newest that is published: of two releases at once each comes to the same end.
function move(facts, version) {
  const name = movingTag(version)
  const stays = why => ({ do: 'done', why: name === undefined ? why : `${name} stays where it is: ${why}` })
  if (name === undefined) return stays('0.x has no tag that moves, since any minor version may break')
  if (isPrerelease(version)) return stays('a prerelease never moves it')
  const newer = newestOf(facts.published, version)
  if (newer !== undefined) return stays(`${newer.tag} is published too, and newer`)
  const at = facts.moving[name]
  if (at?.commit === facts.commit) return { do: 'done', why: `${name} is ${facts.tag}` }
  const there = at && newestOf(at.tags, version)
  if (there !== undefined) return stays(`it is ${there.tag} already`)
  return { do: 'move', tag: name, from: at?.ref, commit: facts.commit }
}

const described = ({ changelog }, version) => ({
  notes: unwrapped(sectionOf(changelog, version.version) ?? ''),
  prerelease: isPrerelease(version)
})

const isLatest = ({ published }, version) =>
  !isPrerelease(version) && stable(published).every(other => compareTags(other, version) <= 0)

/** The newest of these tags that is newer than `version` and of its major, prereleases aside. */
const newestOf = (tags, version) =>
  stable(tags)
    .filter(other => other.numbers[0] === version.numbers[0] && compareTags(other, version) > 0)
    .sort(compareTags)
    .at(-1)

const stable = tags => tags.map(parseTag).filter(other => other !== undefined && !isPrerelease(other))

const has = ({ assets }, { name, digest }) =>
  assets.some(asset => asset.name === name && asset.digest === digest && asset.state === 'uploaded')

function after(facts, step) {
  const { release, assets, tag, commit } = facts
  switch (step.do) {
    case 'tag':
      return { ...facts, tagged: commit }
    case 'draft':
      return { ...facts, release: { id: 0, draft: true, immutable: false, assets: [] } }
    case 'upload':
      return { ...facts, release: { ...release, assets: assets.map(asset => ({ ...asset, state: 'uploaded' })) } }
    case 'publish':
      return { ...facts, release: { ...release, draft: false, immutable: true }, published: [...facts.published, tag] }
    default:
      return { ...facts, moving: { ...facts.moving, [step.tag]: { commit, ref: commit, tags: [tag], behind: true } } }
  }
}

const refusal = (expected, found, hint) => ({ expected, found, hint })
const short = commit => commit.slice(0, 12)
const list = names =>
  names.length > 5 ? `${names.slice(0, 5).join(', ')} and ${names.length - 5} more` : names.join(', ')
