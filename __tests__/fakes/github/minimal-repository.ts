import { account, type FakeState } from './state.js'

const MEMBERS = [
  ...['archive', 'assignees', 'blobs', 'branches', 'collaborators', 'comments', 'commits', 'compare', 'contents'],
  ...['contributors', 'deployments', 'downloads', 'events', 'forks', 'git_commits', 'git_refs', 'git_tags', 'hooks'],
  ...['issue_comment', 'issue_events', 'issues', 'keys', 'labels', 'languages', 'merges', 'milestones'],
  ...['notifications', 'pulls', 'releases', 'stargazers', 'statuses', 'subscribers', 'subscription', 'tags', 'teams'],
  'trees'
]

/** The repository as other things' answers carry it. */
export function minimalRepository({ repository, visibility }: FakeState, base: string) {
  const [owner = '', name = ''] = repository.split('/')
  const url = `${base}/repos/${repository}`
  return {
    ...Object.fromEntries(MEMBERS.map(member => [`${member}_url`, `${url}/${member}`])),
    ...{ id: 1, node_id: 'R_1', name, full_name: repository, owner: account(owner, base) },
    ...{ private: visibility === 'private', fork: false, description: null },
    ...{ url, html_url: `https://github.com/${repository}` }
  }
}
