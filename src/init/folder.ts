import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ENV_EXAMPLES, FOLDERS, type FolderFacts } from './facts.js'

/** Looks at a folder, one level deep; what cannot be read counts as not there. */
export async function lookAround(folder: string): Promise<FolderFacts> {
  const [own, ...inner] = await Promise.all([listFiles(folder, ''), ...FOLDERS.map(name => listFiles(folder, name))])
  const files = [...(own ?? []), ...inner.flat()]
  const examples = ENV_EXAMPLES.filter(name => files.includes(name))
  const texts = await Promise.all(examples.map(name => readText(join(folder, name))))
  return {
    files,
    scripts: scriptsOf(await readText(join(folder, 'package.json'))),
    envNames: [...new Set(texts.flatMap(namesOf))]
  }
}

async function listFiles(folder: string, inner: string): Promise<readonly string[]> {
  const entries = await readdir(join(folder, inner), { withFileTypes: true }).catch(() => [])
  return entries.filter(entry => entry.isFile()).map(({ name }) => (inner === '' ? name : `${inner}/${name}`))
}

const readText = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '')

/** A package.json that cannot be read is somebody else's problem. */
export function scriptsOf(text: string): readonly string[] {
  try {
    const parsed: unknown = JSON.parse(text)
    const scripts = typeof parsed === 'object' && parsed !== null && 'scripts' in parsed ? parsed.scripts : undefined
    return typeof scripts === 'object' && scripts !== null ? Object.keys(scripts) : []
  } catch {
    return []
  }
}

/** The names of `NAME=value` lines; the values are never kept. */
export const namesOf = (text: string): readonly string[] =>
  [...text.matchAll(/^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=/gm)].map(([, name = '']) => name)
