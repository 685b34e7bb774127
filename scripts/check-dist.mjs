// Fails when dist/ is not what the sources give: a clean build, then git's own word. `git diff` would not see new files.
import { execFileSync } from 'node:child_process'
import { root } from './install-if-needed.mjs'

await import('./build.mjs')
const status = ['status', '--porcelain', '--untracked-files=all', '--ignored=matching', '--', 'dist']
const changed = execFileSync('git', status, { cwd: root, encoding: 'utf8' })
if (changed !== '') {
  console.error(`dist/ is not what the sources give:\n${changed}Commit the result of: npm run bundle`)
  process.exitCode = 1
}
