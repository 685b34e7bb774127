// Writes checklist.schema.json from the shapes that the loader reads with. A test says when it is time to run this.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installIfNeeded, root } from './install-if-needed.mjs'

installIfNeeded()
// Beside node_modules, where the packages that the shapes are made of are found, and in nobody else's way.
const built = mkdtempSync(join(root, 'node_modules', '.schema-'))
try {
  const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
  execFileSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json'), '--outDir', built], {
    stdio: 'inherit'
  })
  const from = path => import(pathToFileURL(join(built, path)).href)
  const { schemaText } = await from('config/schema.js')
  // Kinds close over their ports and ask them only when they run, which none does here.
  const folders = [
    ['checks', 'checkKinds'],
    ['database', 'databaseKinds'],
    ['deploy', 'deployKinds']
  ]
  const kinds = await Promise.all(folders.map(async ([folder, name]) => (await from(`${folder}/index.js`))[name]({})))
  writeFileSync(join(root, 'checklist.schema.json'), schemaText(kinds.flat()))
} finally {
  rmSync(built, { recursive: true, force: true })
}
