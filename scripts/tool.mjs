// usage: node scripts/tool.mjs TOOL [arguments]   Installs what is missing, then runs that development tool: how
// npm run typecheck, lint and format work in a fresh clone.
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { installIfNeeded, root } from './install-if-needed.mjs'

const [tool = '', ...args] = process.argv.slice(2)
installIfNeeded()
const { status } = spawnSync(join(root, 'node_modules', '.bin', tool), args, { cwd: root, stdio: 'inherit' })
process.exit(status ?? 1)
