import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { git, makeSite, mustEnd, type Site, write } from './support/site.js'

const CHECKLIST = `
environments: { staging: {}, production: {} }
stages:
  preflight:
    - name: asked
      run: exit "$ANSWER"
    - name: outside
      http: GET http://127.0.0.1:9/health
      skip: nobody is there
  deploy:
    - name: act
      run: exit "$DEPLOYED"
      undo: "true"
  smoke-test:
    - name: fine
      run: test "$DEPLOY_COMMIT" != "$BAD"
`
const UNREACHABLE = `
stages:
  preflight:
    - http: GET http://127.0.0.1:9/health
  deploy:
    - run: "true"
`
const WAITING = `
stages:
  preflight:
    - manual: Support is told
  deploy:
    - run: "true"
`
let site: Site
let ledger = ''
beforeAll(() => {
  site = makeSite({
    'deploy-checklist.yml': CHECKLIST,
    'broken.yml': 'stages:\n  deploy:\n    - rum: x\n',
    'down.yml': UNREACHABLE,
    'asks.yml': WAITING
  })
  ledger = `file:${join(site.place(), 'ledger')}`
})
afterAll(async () => await site.remove())

const OK = { ANSWER: '0', DEPLOYED: '0', BAD: 'none' }

describe('what cannot be understood ends with 2 and says what to do', () => {
  test.each([
    ['an unknown option', ['run', '--enviroment', 'staging'], /enviroment/],
    ['an unknown command', ['deploy'], /no command is called "deploy"/],
    ['an unknown stage', ['run', 'smoketest'], /no stage is called "smoketest"[\s\S]*smoke-test/],
    ['a word too many', ['run', 'deploy', 'now'], /now/],
    ['an unknown environment', ['run', '-e', 'prod'], /no environment prod[\s\S]*staging, production/],
    ['no environment where there are two', ['run'], /names 2 environments[\s\S]*--environment/],
    ['a checklist that is not there', ['plan', '-c', 'nowhere.yml'], /no file nowhere\.yml/],
    ['a broken checklist', ['plan', '-c', 'broken.yml'], /broken\.yml:3:7 .*expected.*found/],
    ['a ledger of no kind', ['history', '--ledger', 'postgres://u:pw@h/db'], /a ledger is env:NAME, file:FOLDER/],
    ['the ledger of a run, outside of one', ['history', '--ledger', 'run'], /a ledger is/],
    ['a ledger in a variable that is not set', ['history', '--ledger', 'env:NOWHERE'], /NOWHERE[\s\S]*not set/],
    ['a head that is none', ['verify', '--head', 'abc'], /a head is ID:SEQ:HASH/],
    ['an unknown execution', ['show', 'nobody'], /knows no execution nobody[\s\S]*history/],
    ['a rollback of nothing', ['rollback', '-e', 'staging'], /nothing was deployed to staging/],
    ['a resume of nothing', ['run', '-e', 'staging', '--resume'], /no execution of staging is open/],
    ['a stage out of its turn', ['run', 'deploy', '-e', 'staging'], /no execution of staging is open[\s\S]*preflight/],
    ['a limit that is none', ['history', '--limit', 'many'], /--limit is a number/],
    ['a status that is none', ['history', '--status', 'GOOD'], /no status is called/],
    ['a sign-off without words', ['sign', '--sign', 'x'], /ITEM=WHO:WORDS/],
    ['an adoption of no commit', ['adopt', '-e', 'staging'], /--commit/],
    ['a deletion without a reason', ['delete', 'nobody'], /--because/]
  ])('%s', async (_, args, said) => {
    const own = args.includes('--ledger') ? args : [...args, '--ledger', ledger]
    const ended = await site.cli(own, { env: OK })
    const all = mustEnd(ended, 2).stdout + ended.stderr
    expect(all).toMatch(said)
    expect(all).toMatch(/→ \S/)
    expect(all).not.toMatch(/\bat .*\.js:\d+|pw@h/)
  })

  test('no checklist: a starter that works as it stands', async () => {
    const bare = makeSite({ 'package.json': '{"scripts":{"test":"true"}}' })
    try {
      const { stdout, stderr } = mustEnd(await bare.cli(['run']), 2)
      expect(stdout + stderr).toMatch(/there is no checklist/)
      const { problems } = JSON.parse((await bare.cli(['plan', '--json'])).stdout)
      bare.commit({ 'deploy-checklist.yml': `${problems.join('\n')}\n` })
      const { reason } = JSON.parse((await bare.cli(['plan', '--json'])).stdout)
      expect(reason).not.toBe('checklist_invalid')
    } finally {
      await bare.remove()
    }
  })

  test.each([
    ['no git repository', false, /is no git repository/],
    ['a repository without a commit', true, /has no commit yet/]
  ])('%s', async (_, initialised, said) => {
    const folder = site.place('elsewhere')
    write(folder, { 'deploy-checklist.yml': CHECKLIST })
    if (initialised) git(folder, site.env, 'init', '--quiet')
    const { stdout, stderr } = mustEnd(await site.cli(['run', '-e', 'staging'], { folder, env: OK }), 2)
    expect(stdout + stderr).toMatch(said)
    expect(stdout + stderr).toMatch(/→ \S/)
  })
})

describe('exit codes, and JSON that parses', () => {
  // In this order: each stands on what came before.
  const first = () => git(site.folder, site.env, 'rev-parse', 'HEAD').trim()
  const AGAIN = ['--because', 'it is mended'] as const
  const STEPS = [
    ['plan', ['plan', '-e', 'staging'], OK, 0, undefined],
    ['a run that passes', ['run', '-e', 'staging'], OK, 0, 'SUCCESS'],
    ['only looking', ['run', '--observe', '-e', 'staging'], OK, 0, 'SUCCESS'],
    ['looking at something red', ['run', '--observe', '-e', 'staging'], { ...OK, ANSWER: '1' }, 1, 'FAILED'],
    ['a preflight that fails', ['run', '-e', 'staging'], { ...OK, ANSWER: '1' }, 1, 'FAILED'],
    ['a deployment that fails', ['run', '-e', 'staging'], { ...OK, DEPLOYED: '1' }, 1, 'ROLLED_BACK'],
    ['what was taken back, without a reason', ['run', '-e', 'staging'], OK, 2, 'REFUSED'],
    ['something outside that is down', ['run', '-c', 'down.yml', '-e', 'staging', ...AGAIN], OK, 3, 'UNAVAILABLE'],
    ['waiting for a person', ['run', '-c', 'asks.yml', '-e', 'other'], OK, 4, 'WAITING'],
    ['a signature', ['sign', '-e', 'other', '--sign', 'preflight/support-is-told=ada:yes'], OK, 0, undefined],
    ['going on', ['run', '-c', 'asks.yml', '-e', 'other', '--resume'], OK, 0, 'SUCCESS'],
    ['due checkpoints', ['monitor', '-e', 'staging'], OK, 0, undefined],
    ['history', ['history'], OK, 0, undefined],
    ['show', ['show'], OK, 0, undefined],
    ['verify', ['verify'], OK, 0, undefined],
    ['rollback', ['rollback', '-e', 'staging'], OK, 2, 'REFUSED'],
    ['usage', ['run', 'nowhere'], OK, 2, 'REFUSED']
  ] as const

  test.each(STEPS)('%s', async (_, args, env, code, status) => {
    const ended = await site.cli([...args, '--json', '--ledger', ledger], { env })
    const parsed = JSON.parse(mustEnd(ended, code).stdout)
    expect(parsed).toMatchObject({ format: 1, ...(status !== undefined && { status, exitCode: code }) })
  })

  test('adoption', async () => {
    const ended = await site.cli(['adopt', '-e', 'production', '--commit', first(), '--json', '--ledger', ledger], {
      env: OK
    })
    expect(JSON.parse(mustEnd(ended, 0).stdout)).toMatchObject({ status: 'SUCCESS', reason: 'adopted' })
  })

  test('--help and --version need nothing', async () => {
    const folder = site.place('empty')
    expect(mustEnd(await site.cli(['--help'], { folder }), 0).stdout).toMatch(/run --resume/)
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'))
    expect(mustEnd(await site.cli(['--version'], { folder }), 0).stdout).toBe(`${version}\n`)
  })
})
