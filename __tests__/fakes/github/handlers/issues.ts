import { absent, type HandlerRequest, type Handlers, paged } from '../handler.js'
import { addIssue, comments, type FakeComment, type FakeIssue, issuesOf } from '../issues-state.js'
import { account, type FakeState } from '../state.js'
import { peopleOf } from './people.js'

/** Issues and their comments. Labels are dropped where the asker may not set them, as GitHub does it. */
export const handlers: Handlers = {
  'issues/list-for-repo': (request, state) => {
    const { state: wanted = 'open', since = '', labels = '', sort = 'created', direction = 'desc' } = request.query
    if (sort !== 'created') throw new Error(`the fake does not sort by ${sort}`)
    const names = labels.split(',').filter(name => name !== '')
    const found = issuesOf(state).filter(
      issue =>
        (wanted === 'all' || issue.state === wanted) &&
        (since === '' || Date.parse(issue.changedAt) >= Date.parse(since)) &&
        names.every(name => issue.labels.includes(name))
    )
    const bodies = found.map(issue => issueBody(issue, state, request.base))
    return paged(request, direction === 'asc' ? bodies : bodies.reverse())
  },
  'issues/get': (request, state) => {
    const issue = named(request, state)
    return issue === undefined ? absent() : { status: 200, body: issueBody(issue, state, request.base) }
  },
  'issues/create': ({ body, token, base }, state) => {
    const { title, body: text = '', labels = [] } = body
    const made = addIssue(state, { title: String(title), body: text, labels, author: askerOf(token, state) })
    return { status: 201, body: issueBody(made, state, base) }
  },
  'issues/update': (request, state) => {
    const issue = named(request, state)
    if (issue === undefined) return absent()
    const { title, body, state: wanted, state_reason: reason } = request.body
    if (title !== undefined) issue.title = title
    if (body !== undefined) issue.body = body ?? ''
    if (wanted !== undefined) issue.state = wanted
    if (reason !== undefined) issue.reason = reason
    issue.changedAt = new Date(state.now()).toISOString().replace('.000Z', 'Z')
    return { status: 200, body: issueBody(issue, state, request.base) }
  },
  'issues/list-comments': (request, state) => {
    const issue = named(request, state)
    if (issue === undefined) return absent()
    return paged(
      request,
      issue.comments.map(comment => commentBody(comment, issue, state, request.base))
    )
  },
  'issues/create-comment': (request, state) => {
    const issue = named(request, state)
    if (issue === undefined) return absent()
    const id = comments(state, askerOf(request.token, state), request.body.body, issue.number)
    const made = issue.comments.find(comment => comment.id === id)
    if (made === undefined) throw new Error('the fake has lost a comment')
    return { status: 201, body: commentBody(made, issue, state, request.base) }
  }
}

const named = ({ params }: HandlerRequest, state: FakeState): FakeIssue | undefined =>
  issuesOf(state).find(({ number }) => String(number) === params['issue_number'])

const askerOf = (token: string, state: FakeState): string => state.tokens.get(token)?.login ?? ''

/** How somebody belongs to the repository, as GitHub shows it beside what they write. */
function association(login: string, state: FakeState): string {
  if (login.endsWith('[bot]')) return 'CONTRIBUTOR'
  const person = peopleOf(state).get(login)
  return person === undefined || person.permission === 'none' ? 'NONE' : 'COLLABORATOR'
}

function issueBody(issue: FakeIssue, state: FakeState, base: string) {
  const url = `${base}/repos/${state.repository}/issues/${issue.number}`
  const links = ['comments', 'events', 'labels', 'timeline']
  return {
    ...Object.fromEntries(links.map(link => [`${link}_url`, `${url}/${link}`])),
    ...{ id: issue.number * 100, node_id: `I_${issue.number}`, number: issue.number, url, title: issue.title },
    ...{ repository_url: `${base}/repos/${state.repository}`, state: issue.state, state_reason: issue.reason },
    ...{ html_url: `https://github.com/${state.repository}/issues/${issue.number}`, body: issue.body },
    ...{
      user: account(issue.author, base),
      author_association: association(issue.author, state),
      labels: issue.labels
    },
    ...{ assignee: null, assignees: [], milestone: null, locked: false, comments: issue.comments.length },
    ...{
      closed_at: issue.state === 'closed' ? issue.changedAt : null,
      created_at: issue.at,
      updated_at: issue.changedAt
    }
  }
}

function commentBody({ id, who, text, at, editedAt }: FakeComment, issue: FakeIssue, state: FakeState, base: string) {
  const url = `${base}/repos/${state.repository}/issues`
  return {
    ...{ id, node_id: `IC_${id}`, url: `${url}/comments/${id}`, issue_url: `${url}/${issue.number}`, body: text },
    ...{ html_url: `https://github.com/${state.repository}/issues/${issue.number}#issuecomment-${id}` },
    ...{ user: account(who, base), author_association: association(who, state), created_at: at, updated_at: editedAt }
  }
}
