import type { Said } from '../core/sign-offs/pages.js'
import { isPublic } from './about-repository.js'
import type { GitHub } from './github.js'
import { type Members, membersOf } from './members.js'
import { onceOnly } from './once-only.js'

/** Comments in issues and pull requests of the repository; needs `issues: write`. */
export interface IssueComments {
  /**
   * Writes one comment, at most once: `marker` stands invisibly in it, and where the answer was lost it is looked for
   * before it is written again.
   */
  write(comment: Readonly<{ issue: number; marker: string; body: string }>): Promise<void>
  /** Whether everybody can read them. */
  isPublic(): Promise<boolean>
}

const COMMENTS = '/repos/{owner}/{repo}/issues/{issue_number}/comments'
/** GitHub takes no more characters than this. */
const LONGEST = 65_536

/** `about` is what GitHub says of the repository, asked once for all who want to know. */
export function openIssueComments(
  github: GitHub,
  about: () => Promise<Readonly<{ private: boolean; visibility?: string }>>
): IssueComments {
  async function post(issue: number, body: string): Promise<void> {
    await github.ask({
      ...{ method: 'POST', path: COMMENTS, needs: 'issues: write', what: `comment on issue ${issue}` },
      parameters: { issue_number: issue, body: body.slice(0, LONGEST) }
    })
  }

  return {
    write: async ({ issue, marker, body }) => {
      const mark = `<!-- ${marker} -->`
      await onceOnly(
        () => post(issue, `${mark}\n${body}`),
        async () => (await readComments(github, issue)).find(said => said.text.startsWith(mark))
      )
    },
    isPublic: async () => isPublic(await about())
  }
}

/** All that was said in an issue, in its order. */
export async function readComments(github: GitHub, issue: number): Promise<readonly Said[]> {
  const comments = await github.all<unknown>({
    ...{ method: 'GET', path: COMMENTS, needs: 'issues: read', what: `list the comments of issue ${issue}` },
    parameters: { issue_number: issue }
  })
  return comments.map(membersOf).map(saidFrom)
}

const saidFrom = (comment: Members): Said => ({
  id: comment.number('id'),
  who: comment.inner('user').text('login'),
  isPerson: comment.inner('user').text('type') === 'User',
  text: comment.text('body'),
  at: comment.text('created_at'),
  url: comment.text('html_url'),
  // Without both moments it is not known to be as it was said.
  edited: comment.text('created_at') === '' || comment.text('created_at') !== comment.text('updated_at')
})
