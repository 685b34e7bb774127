import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { loadChecklist } from '../../src/config/load.js'
import { KINDS } from '../contract/reference-kinds.js'
import { mutate } from './mutate.js'

/** Far more than any of them takes; what is looked for is a hang. */
const MOST_MS = 2_000

const GOOD = `name: shop
vars: { BASE_URL: "https://\${HOST}/api", HOST: &host shop.example.com }
secrets: [DATABASE_URL, TOKEN]
people: { owner: "@alice" }
environments:
  staging: { vars: { HOST: staging.example.com } }
  production:
    after: staging
    window: { days: mon-thu, hours: "09:00-16:00", zone: Europe/Berlin }
databases:
  main: { url: "\${DATABASE_URL}", at-least: snapshot }
stages:
  preflight: &checks
    - env: [DATABASE_URL, TOKEN]
    - sql: select 1
      value: "1"
    - manual: Told
      timeout: 1h
      by: owner
  backup:
    - backup: main
      keep: 3
  migrate:
    - migrate: |
        alembic upgrade head
      undo: alembic downgrade "$SCHEMA_BEFORE"
  deploy:
    - deploy: direct
      run: ./deploy.sh "$DEPLOY_COMMIT"
      undo: redeploy
      health: { http: GET /health, retry: { for: 60s, every: 1s } }
  smoke-test:
    - http: POST /login
      capture: { SESSION: $.session }
    - { http: "GET \${BASE_URL}/\${SESSION}", name: *host }
  monitor:
    checkpoints: [0m, 1h, 24h]
    items: *checks
    on-failure: page
`

const REFERENCE = readFileSync('docs/checklist.yml', 'utf8')

test.each([
  ['a checklist', GOOD, 2_000],
  ['the reference', REFERENCE, 100]
])(
  '%s is good, and each of its mutations loads or has problems with a place, and none takes long',
  (_, good, seeds) => {
    expect(loadChecklist({ file: 'f', text: good, kinds: KINDS })).toHaveProperty('checklist')
    let refused = 0
    for (let seed = 0; seed < seeds; seed++) {
      const began = performance.now()
      const loaded = loadChecklist({ file: 'f', text: mutate(good, seed), kinds: KINDS })
      const problems = 'problems' in loaded ? loaded.problems : []
      const wrong = problems.filter(problem => !/^f:[1-9]\d*:[1-9]\d* (\S.*: )?expected /.test(problem))
      expect({ seed, wrong, slow: performance.now() - began > MOST_MS }).toEqual({ seed, wrong: [], slow: false })
      if (problems.length > 0) refused += 1
      else expect(loaded).toHaveProperty('checklist.stages')
    }
    // Both ends must have been met, or the mutations say nothing.
    expect(refused).toBeGreaterThan(seeds / 2)
    expect(refused).toBeLessThan(seeds)
  },
  120_000
)
