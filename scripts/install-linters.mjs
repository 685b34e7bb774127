// usage: node scripts/install-linters.mjs   Puts actionlint and zizmor, each in the version that the tests know, into the
// folder of our own programs. What is there already stays.
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cacheBin } from './find-program.mjs'

const VERSIONS = { actionlint: '1.7.12', zizmor: '1.32.0' }

mkdirSync(cacheBin, { recursive: true })
if (!isThere('actionlint', '-version')) installActionlint()
if (!isThere('zizmor', '--version')) installZizmor()

/** True for this very version: another one may find other things. */
function isThere(program, flag) {
  const { stdout } = spawnSync(join(cacheBin, program), [flag], { encoding: 'utf8' })
  return (stdout ?? '').split(/\s+/).some(word => word.replace(/^v/, '') === VERSIONS[program])
}

function installActionlint() {
  const what = `github.com/rhysd/actionlint/cmd/actionlint@v${VERSIONS.actionlint}`
  run('go', ['install', what], { GOBIN: cacheBin, GOTOOLCHAIN: 'auto' })
}

function installZizmor() {
  const folder = join(dirname(cacheBin), 'zizmor')
  run('python3', ['-m', 'venv', '--clear', folder])
  run(join(folder, 'bin', 'pip'), ['install', '--quiet', '--disable-pip-version-check', `zizmor==${VERSIONS.zizmor}`])
  rmSync(join(cacheBin, 'zizmor'), { force: true })
  symlinkSync(join(folder, 'bin', 'zizmor'), join(cacheBin, 'zizmor'))
}

function run(program, args, env = {}) {
  const { status, error } = spawnSync(program, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  if (status === 0) return
  console.error(
    error === undefined ? `${program} ${args.join(' ')} failed.` : `${program} is not here; install it first.`
  )
  process.exit(1)
}
