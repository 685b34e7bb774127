#!/usr/bin/env node
// gh, as far as a release needs it: what GitHub has is a JSON file beside it. Published releases do not change any more.
// FAKE_GH_FAILS names the call that fails, FAKE_GH_LOSES the one that is done and whose answer is lost.
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'

const args = process.argv.slice(2)
const store = new URL('releases.json', import.meta.url)
const releases = JSON.parse(readFileSync(store, 'utf8'))
const input = args.includes('--input') ? JSON.parse(readFileSync(0, 'utf8')) : undefined
const call =
  args[0] === 'release'
    ? 'upload'
    : args[args.indexOf('--method') + 1] === 'POST'
      ? 'draft'
      : input
        ? 'publish'
        : 'list'

if (process.env.GH_TOKEN !== 'a-token') refuse('To use GitHub CLI in a GitHub Actions workflow, set the GH_TOKEN')
if (process.env.FAKE_GH_FAILS === call) refuse('HTTP 403: Resource not accessible by integration')
const answer = { list, draft, upload, publish }[call]()
writeFileSync(store, JSON.stringify(releases))
if (process.env.FAKE_GH_LOSES === call) refuse('HTTP 502: Bad Gateway')
console.log(JSON.stringify(answer))

function list() {
  if (!args.includes('repos/{owner}/{repo}/releases?per_page=100')) refuse(`HTTP 404: ${args}`)
  // As --slurp has it: a list of pages.
  return [releases.slice(0, 1), releases.slice(1)]
}

function draft() {
  const release = { id: releases.length + 1, immutable: false, assets: [], ...input }
  releases.push(release)
  return release
}

function publish() {
  const release = releases.find(({ id }) => args.includes(`repos/{owner}/{repo}/releases/${id}`))
  if (release === undefined) refuse('HTTP 404: Not Found')
  Object.assign(release, input, { immutable: process.env.FAKE_GH_MUTABLE === undefined })
  return release
}

function upload() {
  const release = releases.find(({ tag_name }) => tag_name === args[2])
  if (release?.immutable !== false) refuse('HTTP 422: Cannot upload assets to an immutable release.')
  for (const file of args.slice(3).filter(arg => !arg.startsWith('--'))) {
    const name = basename(file)
    const digest = `sha256:${createHash('sha256').update(readFileSync(file)).digest('hex')}`
    release.assets = [...release.assets.filter(asset => asset.name !== name), { name, digest, state: 'uploaded' }]
  }
}

function refuse(why) {
  console.error(`gh: ${why}`)
  process.exit(1)
}
