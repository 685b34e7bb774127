import { chmodSync, cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './install-if-needed.mjs'

/** Copies what the demo wrote for people to where it stays until the next one; returns where, in words. */
export function keepPapers(folder) {
  const papers = join(root, '.demo')
  try {
    rmSync(papers, { recursive: true, force: true })
    for (const name of ['summaries', 'ledger']) cpSync(join(folder, name), join(papers, name), { recursive: true })
    return `Summaries and ledger of this run: ${papers}`
  } catch (error) {
    return `Summaries and ledger were not kept: ${error.message}`
  }
}

/** Writes `demo`, a command that works on the kept folder; returns how to use it. */
export function keepCommands({ second, folder, repository, ledger, cliFile, env }) {
  const variables = Object.entries(env).map(([name, value]) => `export ${name}=${quoted(String(value))}`)
  writeFileSync(join(folder, 'env'), `${variables.join('\n')}\n`, { mode: 0o600 })
  const command = join(folder, 'demo')
  writeFileSync(command, commandText({ folder, repository, ledger, cliFile }))
  chmodSync(command, 0o755)
  return `
The database and the service keep running: http://127.0.0.1:${env.PORT}/entries
Try there what you like, for example:

  cd ${folder}
  ./demo history
  ./demo show
  ./demo verify
  ./demo rollback ${second} --because "trying it"
  ./demo run                         what you commit in repository/
  ./demo run --because "once more"   release 3 again, although it was taken back
  ./demo stop                        ends all of it and removes the folder`
}

const commandText = ({ folder, repository, ledger, cliFile }) => `#!/bin/sh
# Runs deploy-checklist in this demo; \`stop\` ends the demo.
set -eu
if [ "\${1:-}" = stop ]; then
  kill "$(cat ${quoted(join(folder, 'keeper.pid'))})"
  exit
fi
. ${quoted(join(folder, 'env'))}
cd ${quoted(repository)}
exec ${quoted(process.execPath)} ${quoted(cliFile)} "$@" --ledger ${quoted(ledger)}
`

const quoted = text => `'${text.replaceAll("'", `'\\''`)}'`
