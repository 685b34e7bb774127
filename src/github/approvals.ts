import type { Approvals, Review } from '../core/approval.js'
import type { CommitOnGitHub, Refs } from '../core/outdated.js'
import type { GitHub } from './github.js'
import { entriesIn, type Members, membersOf } from './members.js'
import { orUnknown } from './runs.js'

/** Who reviewed a run, and by whom a commit is. */
export const openApprovals = (github: GitHub): Approvals => ({
  read: async runId =>
    await orUnknown(async () => {
      const { data } = await github.ask<unknown>({
        method: 'GET',
        path: '/repos/{owner}/{repo}/actions/runs/{run_id}/approvals',
        parameters: { run_id: Number(runId) },
        needs: 'actions: read',
        what: `tell who approved the run ${runId}`
      })
      return { reviews: entriesIn({ reviews: data }, 'reviews').map(reviewFrom) }
    }),
  commit: async sha => {
    const found = await orUnknown(() => readCommit(github, sha))
    return found === undefined || 'unknown' in found ? undefined : found
  }
})

/** Where a ref stands. Throws the refusal that names the missing permission, or UNAVAILABLE. */
export const openRefs = (github: GitHub): Refs => ({
  newest: async ref => await readCommit(github, ref.replace(/^refs\//, ''))
})

const reviewFrom = (review: Members): Review => ({
  state: review.text('state'),
  who: review.inner('user').text('login'),
  words: review.text('comment'),
  environments: review.list('environments').map(environment => environment.text('name'))
})

/** A commit by its SHA, or by a ref such as `heads/main` or `tags/v1`, whose tag may be annotated. */
async function readCommit(github: GitHub, ref: string): Promise<CommitOnGitHub | undefined> {
  const { status, data } = await github.ask<unknown>({
    method: 'GET',
    path: '/repos/{owner}/{repo}/commits/{ref}',
    parameters: { ref, per_page: 1 },
    needs: 'contents: read',
    what: `tell the commit of ${ref}`,
    // 422: nothing bears that name.
    expect: [404, 422]
  })
  if (status !== 200) return undefined
  const commit = membersOf(data)
  const login = (role: string): string => commit.inner(role).text('login')
  return { sha: commit.text('sha'), author: login('author'), committer: login('committer') }
}
