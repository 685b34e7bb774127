/**
 * Every suite, by the ending of its files, with the programs that it needs and how to get them. `.ci/run` runs them all,
 * in this order.
 */
const postgres = 'apt-get install postgresql'

const programs = { pg_dump: postgres, pg_restore: postgres, psql: postgres, postgres, initdb: postgres }

export const SUITES = {
  test: {},
  postgres: programs,
  crash: {},
  faults: {},
  lint: {
    actionlint: 'npm run test:workflows, which installs it with go',
    zizmor: 'npm run test:workflows, which installs it with pip'
  },
  act: { ...programs, act: 'go install github.com/nektos/act@v0.2.87', git: 'apt-get install git' }
}
