import { describe, expect, test } from '@jest/globals'
import { openGitHub } from '../../../src/github/api.js'
import { openBranchLedger } from '../../../src/github/ledger/branch-ledger.js'
import { ledgerContract } from '../../contract/ledger-contract.js'
import { fakeClock } from '../../fakes/clock.js'
import { change, newExecution, noteBody } from '../../fakes/executions.js'
import { BRANCH } from '../../fakes/github/branch-stand.js'
import { type FakeGitHub, startGitHub, useGitHub } from '../../fakes/github/server.js'
import { TOKEN } from '../../fakes/github/state.js'

const openOver = ({ url }: Pick<FakeGitHub, 'url'>) => {
  const clock = fakeClock({ mode: 'turning' })
  const github = openGitHub({ url, token: TOKEN, repository: 'octo/shop', clock })
  return openBranchLedger({ github, branch: BRANCH, clock, publicRepository: false })
}

ledgerContract(
  'git branch, by the client that is used',
  async () => {
    const github = await startGitHub()
    const [ledger, other] = [openOver(github), openOver(github)]
    const close = async () => {
      await github.close()
      expect(github.violations()).toEqual([])
    }
    return { ledger, other, close }
  },
  { beats: 'ignored' }
)

describe('the client that is used', () => {
  const github = useGitHub()
  const open = () => openOver({ url: github.url() })

  test.each([
    ['git/create-tree', { kind: 'lost' }],
    ['git/create-commit', { kind: 'reject', status: 502 }],
    ['git/update-ref', { kind: 'lost' }],
    ['git/update-ref', { kind: 'cut' }],
    ['git/update-ref', { kind: 'reject', status: 502 }],
    ['git/update-ref', { kind: 'status', status: 503 }],
    ['git/list-matching-refs', { kind: 'status', status: 503 }]
  ] as const)('goes on by itself where %s fails once: %j', async (on, way) => {
    const ledger = open()
    await ledger.create(newExecution())
    const stored = await ledger.read('e1')
    if (stored === undefined) throw new Error('e1 is not there')
    github.faults.add({ on, ...way })
    const next = change(stored.events, stored.record, noteBody('a'))
    expect(await ledger.append(next)).toEqual({ kind: 'appended' })
    expect((await open().read('e1'))?.events).toEqual([...stored.events, ...next.events])
  })

  test('says which permission is missing, and the two ways out', async () => {
    const permissions = { contents: 'read' } as const
    github.state.tokens.set(TOKEN, { kind: 'installation', login: 'github-actions[bot]', permissions, sees: true })
    await expect(open().prepare()).rejects.toMatchObject({
      reason: 'missing_permission',
      message: expect.stringContaining('contents: write'),
      hint: expect.stringContaining('ledger: run')
    })
  })

  test.each([
    ['none to see the branch', { permissions: {}, sees: true }],
    ['none to see the repository', { permissions: { contents: 'write' }, sees: false }]
  ] as const)('takes a missing right for no empty ledger: %s', async (_, token) => {
    github.state.tokens.set(TOKEN, { kind: 'installation', login: 'github-actions[bot]', ...token })
    const key = newExecution().record.key
    await expect(open().survey(key)).rejects.toMatchObject({ reason: 'missing_permission' })
  })
})
