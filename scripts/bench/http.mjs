import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { interleaved, timed, workspace } from './measure.mjs'

const CHECKS = 200
const numbers = Array.from({ length: CHECKS }, (_, index) => index + 1)
// Every tenth one is behind a door.
const isPrivate = number => number % 10 === 0
const pathOf = number => `/${isPrivate(number) ? 'private' : 'things'}/${number}`

/** 200 checks of a server on loopback: status, type, two fields, a cookie with attributes; every tenth a 401. */
export async function http({ rounds = 7 }) {
  const server = spawn(process.execPath, [fileURLToPath(new URL('http-server.mjs', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit']
  })
  const base = `http://127.0.0.1:${String((await once(server.stdout, 'data'))[0]).trim()}`
  const place = workspace(checklist(base))
  try {
    const curl = join(place.folder, 'checks.sh')
    writeFileSync(curl, curlLoop(base))
    const wrong = join(place.folder, 'wrong.sh')
    writeFileSync(wrong, curlLoop(base).replace('session=s7;', 'session=other;'))
    // A loop that cannot fail would be compared for nothing.
    timed('the curl loop with a wrong expectation', { argv: ['bash', wrong], code: 1 })
    const stepci = installStepci(place.folder)
    const bare = fileURLToPath(new URL('bare-http.mjs', import.meta.url))
    const contenders = {
      ours: place.run('--observe'),
      curl: { argv: ['bash', curl] },
      bare: { argv: [process.execPath, bare, join(place.repository, 'deploy-checklist.yml')] },
      ...(stepci.program && { stepci: stepciRun(stepci.program, place.folder, base) })
    }
    const { ours, curl: loop, bare: least, stepci: step } = interleaved({ rounds, contenders })
    return [
      row('curl loop ÷ ours', loop, ours, ratio => ratio >= 5, '≥ 5'),
      row('curl loop ÷ bare Node', loop, least, () => undefined, ''),
      step === undefined
        ? { what: 'stepci ÷ ours', goal: '', note: stepci.why }
        : { ...row('stepci 2.8.2 ÷ ours', step, ours, () => undefined, ''), note: 'analytics off' }
    ]
  } finally {
    server.kill()
    place.remove()
  }
}

const row = (what, other, ours, holds, goal) => {
  const ratio = other.wall / ours.wall
  return { what: `${CHECKS} HTTP checks: ${what}`, other, ours, ratio, goal, holds: holds(ratio) }
}

const checklist = base => `name: bench
vars: { BASE_URL: "${base}" }
stages:
  smoke-test:
${numbers.map(itemOf).join('\n')}
`

const itemOf = number =>
  isPrivate(number)
    ? `    - { http: GET ${pathOf(number)}, name: door ${number}, status: 401, type: application/json, header: { WWW-Authenticate: Bearer } }`
    : `    - { http: GET ${pathOf(number)}, name: thing ${number}, status: 200, type: application/json, json: { $.id: ${number}, $.state: ready }, cookie: { session: { HttpOnly: true, SameSite: Lax, value: s${number} } } }`

// Without jq, which would cost a further process for each check.
const curlLoop = base => `failed=0
check() { # path, status, further texts that the answer must hold
  local answer; answer=$(curl --silent --include --max-time 10 "${base}$1") || { failed=1; return; }
  case $answer in "HTTP/1.1 $2 "*) ;; *) echo "$1: status"; failed=1;; esac
  local path=$1; shift 2
  for text; do case $answer in *"$text"*) ;; *) echo "$path: $text"; failed=1;; esac; done
}
${numbers.map(loopLine).join('\n')}
exit $failed
`

const loopLine = number =>
  isPrivate(number)
    ? `check ${pathOf(number)} 401 'content-type: application/json' 'www-authenticate: Bearer'`
    : `check ${pathOf(number)} 200 'content-type: application/json' '"id":${number},' '"state":"ready"' 'session=s${number};' HttpOnly SameSite=Lax`

function installStepci(folder) {
  const home = join(folder, 'stepci')
  mkdirSync(home)
  writeFileSync(join(home, 'package.json'), '{ "private": true }')
  const args = ['install', '--silent', '--no-audit', '--no-fund', '--ignore-scripts', 'stepci@2.8.2']
  const { status, error, stderr } = spawnSync('npm', args, { cwd: home, encoding: 'utf8' })
  const program = join(home, 'node_modules', '.bin', 'stepci')
  if (status === 0 && existsSync(program)) return { program }
  return { why: `stepci@2.8.2 could not be installed here: ${(error?.message ?? stderr).trim().split('\n')[0]}` }
}

function stepciRun(program, folder, base) {
  const file = join(folder, 'stepci.json')
  const steps = numbers.map(number => ({
    name: `thing ${number}`,
    http: { url: `${base}${pathOf(number)}`, method: 'GET', check: stepOf(number) }
  }))
  writeFileSync(file, JSON.stringify({ version: '1.1', name: 'bench', tests: { things: { steps } } }))
  return { argv: [program, 'run', file], env: { STEPCI_DISABLE_ANALYTICS: '1' } }
}

const stepOf = number =>
  isPrivate(number)
    ? { status: 401, headers: { 'content-type': 'application/json; charset=utf-8', 'www-authenticate': 'Bearer' } }
    : {
        status: 200,
        headers: { 'content-type': 'application/json; charset=utf-8' },
        jsonpath: { '$.id': number, '$.state': 'ready' },
        cookies: { session: `s${number}` }
      }
