// Adds to package-lock.json the platform packages that `npm install` left out because the registry at hand does not
// serve them; `npm ci` refuses a lock without them. They are optional, so no machine needs one that is not its own.
// Run after every `npm install --package-lock-only`. `--check` changes nothing and fails if something is missing.
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const OS = /(?:^|[-/])(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)(?=-|$)/
const CPU = /-(arm64|arm|x64|ia32|ppc64|s390x|riscv64|loong64|mips64el)(?=-|$)/

/** The lock with every optional dependency of its packages named; what was there stays as it is. */
export function completeLock(lock) {
  const packages = { ...lock.packages }
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      if (placesFor(path, name).some(place => place in packages)) continue
      packages[`node_modules/${name}`] = platformEntry(name, range, entry.dev === true || entry.devOptional === true)
    }
  }
  const sorted = Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1))
  return { ...lock, packages: Object.fromEntries(sorted) }
}

/** Where Node would look for `name` from a package at `path`: beside it, then further up. */
function placesFor(path, name) {
  if (path === '') return [`node_modules/${name}`]
  const parent = path.slice(0, Math.max(0, path.lastIndexOf('node_modules/') - 1))
  return [`${path}/node_modules/${name}`, ...placesFor(parent, name)]
}

// Nothing but the package's name is known. One whose name says no platform is for none, so that it is never installed.
function platformEntry(name, range, dev) {
  const [, os] = OS.exec(name) ?? []
  const [, cpu] = CPU.exec(name.replace('arm-gnueabihf', 'arm').replace(/arm-(musl)?eabi(hf)?/, 'arm')) ?? []
  const libc = name.includes('musl') ? { libc: ['musl'] } : /-gnu(eabihf)?$/.test(name) ? { libc: ['glibc'] } : {}
  return {
    version: range.replace(/^[^\d]*/, ''),
    ...(cpu === undefined ? {} : { cpu: [cpu] }),
    ...(dev ? { dev: true } : {}),
    ...libc,
    optional: true,
    os: [os ?? 'none']
  }
}

function main() {
  const file = new URL('../package-lock.json', import.meta.url)
  const before = readFileSync(file, 'utf8')
  const after = `${JSON.stringify(completeLock(JSON.parse(before)), null, 2)}\n`
  if (after === before) return
  if (process.argv.includes('--check')) {
    console.error('package-lock.json lacks platform packages. Run: node scripts/complete-lock.mjs')
    process.exitCode = 1
    return
  }
  writeFileSync(file, after)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) main()
