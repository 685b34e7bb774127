import type { Page, SignOffPages } from '../core/sign-offs/pages.js'
import type { GitHub } from './github.js'
import { readComments } from './issue-comments.js'
import { type Members, membersOf } from './members.js'
import { onceOnly } from './once-only.js'
import { rightOf } from './sign-off-rights.js'

/** What the workflow that records sign-offs looks for, and by which people find such issues. */
export const LABEL = 'deploy-checklist'

const ISSUES = '/repos/{owner}/{repo}/issues'
const ISSUE = `${ISSUES}/{issue_number}`
const READ = 'issues: read'
const WRITE = 'issues: write'

/** Sign-offs in issues of the repository; needs `issues: write`. `members` is who is asked about teams. */
export function openSignOffPages(github: GitHub, members = github): SignOffPages {
  const find: SignOffPages['find'] = async (marker, since) => {
    // Not by its label alone: who may not set labels has issues without, and would open one after another.
    const found = await github.all<unknown>({
      ...{ method: 'GET', path: ISSUES, needs: READ, what: 'list the issues' },
      parameters: { state: 'all', since, sort: 'created', direction: 'asc' }
    })
    return found
      .map(membersOf)
      .filter(isOurs)
      .map(pageFrom)
      .find(({ body }) => body.startsWith(marker))
  }

  return {
    find,
    comments: async issue => await readComments(github, issue),
    read: async issue => {
      const { status, data } = await github.ask<unknown>({
        ...{ method: 'GET', path: ISSUE, needs: READ, what: `show issue ${issue}`, expect: [404, 410] },
        parameters: { issue_number: issue }
      })
      const page = pageFrom(membersOf(data))
      // One that was moved to another repository is answered for, under the number that it has there.
      return status === 200 && page.number === issue ? page : undefined
    },
    open: async ({ title, body, marker, since }) => {
      const make = async () => {
        const { data } = await github.ask<unknown>({
          ...{ method: 'POST', path: ISSUES, needs: WRITE, what: 'open an issue for sign-offs' },
          parameters: { title, body, labels: [LABEL] }
        })
        return pageFrom(membersOf(data))
      }
      return (await find(marker, since)) ?? (await onceOnly(make, () => find(marker, since)))
    },
    write: async (issue, { close, ...texts }) => {
      await github.ask({
        ...{ method: 'PATCH', path: ISSUE, needs: WRITE, what: `change issue ${issue}`, repeatable: true },
        parameters: { issue_number: issue, ...texts, ...(close && { state: 'closed', state_reason: close }) }
      })
    },
    answer: async (issue, { text, marker }) => {
      const make = async () => {
        await github.ask({
          ...{ method: 'POST', path: `${ISSUE}/comments`, needs: WRITE, what: `answer in issue ${issue}` },
          parameters: { issue_number: issue, body: text }
        })
      }
      await onceOnly(make, async () => (await readComments(github, issue)).find(said => said.text.startsWith(marker)))
    },
    right: async (who, signer) => await rightOf(signer.kind === 'team' ? members : github, who, signer)
  }
}

/**
 * Anybody may open an issue with our marker in a public repository. Ours are opened by an app, such as a job's token, or
 * by somebody who belongs to the repository.
 */
const isOurs = (issue: Members): boolean =>
  issue.inner('pull_request').text('url') === '' &&
  (issue.inner('user').text('type') === 'Bot' ||
    ['OWNER', 'MEMBER', 'COLLABORATOR'].includes(issue.text('author_association')))

const pageFrom = (issue: Members): Page => ({
  number: Number(issue.number('number')),
  url: issue.text('html_url'),
  title: issue.text('title'),
  body: issue.text('body'),
  isOpen: issue.text('state') === 'open',
  author: issue.inner('user').text('login'),
  changedAt: issue.text('updated_at')
})
