import { expect, test } from '@jest/globals'
import { loadChecklist } from '../../src/config/load.js'
import { KINDS } from '../contract/reference-kinds.js'

const load = (ofDatabase: string, ofFiles: string) => {
  const text = `
vars: { ROOT: /mnt, PLACE: "\${ROOT}/dumps", HIDDEN: "\${KEY}/dumps" }
secrets: [KEY, URL]
databases: { main: { url: "\${URL}", store: "${ofDatabase}" } }
environments: { production: { vars: { AREA: "\${KEY}" } } }
stages:
  backup: [{ backup: main }, { backup: { files: [x], store: "${ofFiles}" } }]
  deploy: [{ run: x }]
`
  const loaded = loadChecklist({ file: 'f', text, kinds: KINDS })
  return 'problems' in loaded ? loaded.problems : []
}

test.each(['/mnt/dumps', '${PLACE}', '${ROOT}/${DEPLOY_ENVIRONMENT}'])('%s may keep backups', store => {
  expect(load(store, '/mnt/files')).toEqual([])
})

test.each([
  ['itself', '${KEY}/dumps', '/mnt/files', ['f:4:44 databases.main.store: ']],
  ['behind a var', '${HIDDEN}', '/mnt/files', ['f:4:44 databases.main.store: ']],
  ['behind a var of one environment', '/mnt/${AREA}', '/mnt/files', ['f:4:44 databases.main.store: ']],
  ['for files', '/mnt/dumps', '${KEY}', ['f:7:61 stages.backup[1].backup.store: ']]
])('a secret %s is refused: it would be hidden where a restore reads it', (_, ofDatabase, ofFiles, places) => {
  expect(load(ofDatabase, ofFiles)).toEqual(
    places.map(
      place => `${place}expected a directory that a record may name, found KEY in it, which is a secret: make it a var`
    )
  )
})
