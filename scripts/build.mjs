// Builds dist/: tsc, then ncc, into one file (and chunks that are loaded when needed) behind three entries of a few
// lines. The same sources give the same bytes, wherever the clone lies and whichever Node runs this.
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { cliEntry, entry } from './entry.mjs'
import { installIfNeeded, root } from './install-if-needed.mjs'

const dist = join(root, 'dist')
const built = join(root, 'build', 'ncc')

installIfNeeded()
rmSync(join(root, 'build'), { recursive: true, force: true })
run('node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json')
leaveOutHttpClient()
// ncc's own cache would hide a change of the toolchain, so it stays out.
const ncc = ['build', 'build/bundle.js', '-o', built, '--no-cache', '--license', 'licenses.txt']
run('node_modules/@vercel/ncc/dist/ncc/cli.js', ...ncc)
assertModule(join(built, 'package.json'))

rmSync(dist, { recursive: true, force: true })
mkdirSync(dist)
for (const file of readdirSync(built))
  renameSync(join(built, file), join(dist, file === 'index.js' ? 'bundle.js' : file))
writeFileSync(join(dist, 'index.js'), entry('main'))
writeFileSync(join(dist, 'post.js'), entry('post'))
writeFileSync(join(dist, 'cli.js'), cliEntry())
chmodSync(join(dist, 'cli.js'), 0o755)
console.log(readdirSync(dist).sort().join('  '))

function run(script, ...args) {
  execFileSync(process.execPath, [script, ...args], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
}

// Without it Node would read the bundle as CommonJS wherever the folder above says nothing else.
function assertModule(file) {
  const { type } = JSON.parse(readFileSync(file, 'utf8'))
  if (type !== 'module') throw new Error(`ncc wrote type ${type} into ${file}; expected module`)
}

// @actions/core brings an HTTP client, and undici with it, for OIDC tokens alone. We ask for none, and loading it was a
// third of what each step's start cost. This copy of core, found beside what tsc wrote, meets one that only says so.
function leaveOutHttpClient() {
  const packages = join(root, 'build', 'node_modules', '@actions')
  const client = join(packages, 'http-client')
  cpSync(join(root, 'node_modules', '@actions', 'core'), join(packages, 'core'), { recursive: true })
  mkdirSync(client)
  const exports = { '.': './client.js', './lib/auth': './client.js' }
  writeFileSync(join(client, 'package.json'), JSON.stringify({ name: '@actions/http-client', type: 'module', exports }))
  const why = 'the bundle holds no client for OIDC tokens: see scripts/build.mjs'
  const absent = name => `export class ${name} { constructor() { throw new Error('${why}') } }\n`
  writeFileSync(join(client, 'client.js'), absent('HttpClient') + absent('BearerCredentialHandler'))
}
