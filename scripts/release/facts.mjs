import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { movingTag, parseTag } from './version.mjs'

/** How things stand now: of the tree, of the remote, of GitHub. The caller has looked at what only its own build changes. */
export function factsOf({ tag, folder, files, changed, dist, git, releases }) {
  const commit = git.commit()
  const { branch, head, tags, refs } = git.remoteRefs()
  const own = releases.filter(release => release.tag_name === tag)
  return {
    tag,
    commit,
    packageVersion: JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version,
    changelog: readFileSync(join(folder, 'CHANGELOG.md'), 'utf8'),
    changed,
    dist,
    branch: branch ?? 'the default branch of the remote',
    onBranch: head !== undefined && git.isAncestor(commit, head),
    tagged: tags[tag],
    // A published one decides; GitHub allows a draft of the same tag beside it.
    release: releaseOf(own.find(({ draft }) => !draft) ?? own[0]),
    assets: files.map(file => ({ file, name: basename(file), digest: digestOf(file) })),
    published: releases.filter(({ draft }) => !draft).map(({ tag_name }) => tag_name),
    moving: movingTags({ tags, refs }, tag, older => git.isAncestor(older, commit))
  }
}

function movingTags({ tags, refs }, tag, isBehind) {
  const version = parseTag(tag)
  const name = version && movingTag(version)
  const commit = name && tags[name]
  if (commit === undefined) return {}
  const there = Object.keys(tags).filter(other => other !== name && tags[other] === commit)
  return { [name]: { commit, ref: refs[`refs/tags/${name}`], tags: there, behind: isBehind(commit) } }
}

const releaseOf = release =>
  release && {
    id: release.id,
    draft: release.draft,
    immutable: release.immutable === true,
    assets: release.assets.map(({ name, digest, state }) => ({ name, digest, state }))
  }

const digestOf = file => `sha256:${createHash('sha256').update(readFileSync(file)).digest('hex')}`
