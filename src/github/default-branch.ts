import { unavailable } from '../core/errors.js'
import type { DefaultBranch, OnDefaultBranch } from '../core/ports.js'
import type { GitHub } from './github.js'
import { membersOf } from './members.js'
import { readingOnce } from './unreadable.js'

/** Each file is read once. Without a ref GitHub gives the default branch's; at most 1 MiB of a file comes this way. */
export const openDefaultBranch = (github: GitHub): DefaultBranch => ({
  read: readingOnce(file => readFile(file, github))
})

async function readFile(file: string, github: GitHub): Promise<OnDefaultBranch> {
  const { status, data } = await github.ask<unknown>({
    method: 'GET',
    path: '/repos/{owner}/{repo}/contents/{path}',
    parameters: { path: file.replace(/^(?:\.\/)+/, '') },
    needs: 'contents: read',
    what: `tell ${file} of the default branch`,
    expect: [404]
  })
  if (status === 404) return { kind: 'absent' }
  const answer = membersOf(data)
  if (answer.text('type') === 'file' && answer.text('encoding') === 'base64')
    return { kind: 'read', text: Buffer.from(answer.text('content'), 'base64').toString('utf8') }
  throw unavailable(
    'github_unavailable',
    `expected the text of ${file} on the default branch from GitHub, found something else`,
    'It must be a file of less than 1 MiB there.'
  )
}
