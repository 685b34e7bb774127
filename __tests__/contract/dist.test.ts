import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test } from '@jest/globals'
import { cliEntry, entry } from '../../scripts/entry.mjs'
import { VERSION } from '../../src/app/version.js'
import { nodes } from '../fakes/nodes.js'

// What is committed, as it is; that it is what the sources give is the matter of `npm run check-dist`.
const read = (file: string): string => readFileSync(join('dist', file), 'utf8')

test('dist/ is a module, whatever the folder around it says', () => {
  expect(JSON.parse(read('package.json'))).toEqual({ type: 'module' })
})

test('the entries are doors into one bundle', () => {
  expect([read('index.js'), read('post.js')]).toEqual([entry('main'), entry('post')])
  expect(read('cli.js')).toBe(cliEntry())
  expect(statSync('dist/cli.js').mode & 0o111).toBe(0o111)
})

test.each(nodes())(
  'the command line starts by its own first line with Node $version, also by a link and with blanks',
  ({ folder }) => {
    const place = mkdtempSync(join(tmpdir(), 'a folder '))
    try {
      symlinkSync(resolve('dist/cli.js'), join(place, 'deploy checklist'))
      const env = { PATH: `${folder}:/usr/bin:/bin` }
      const said = (...args: string[]) => execFileSync(join(place, 'deploy checklist'), args, { encoding: 'utf8', env })
      expect(said('--version').trim()).toBe(VERSION)
      expect(said('rollback', '--help')).toContain('rollback')
    } finally {
      rmSync(place, { recursive: true })
    }
  }
)

test('what is loaded when needed is not in the bundle, so that a start does not pay for it', () => {
  const chunks = readdirSync('dist').filter(file => /^\d+\.index\.js$/.test(file))
  expect(chunks.length).toBeGreaterThan(0)
  expect(read('bundle.js')).not.toContain('class ConnectionParameters')
})

test('nothing in dist/ says where it was built', () => {
  const found = readdirSync('dist').filter(file => read(file).includes(process.cwd()))
  expect(found).toEqual([])
})

test.each(nodes())('the bundle loads in Node $version with its doors and does nothing by itself', ({ path }) => {
  const program = `import(${JSON.stringify(pathToFileURL('dist/bundle.js').href)}).then(b => console.log(Object.keys(b).sort().join()))`
  const doors = execFileSync(path, ['-e', program], { encoding: 'utf8', env: {} })
  expect(doors).toBe('cli,findEmbedded,findPrograms,main,post,startServer\n')
})
