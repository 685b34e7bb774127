import { execFileSync } from 'node:child_process'

const RELEASES = 'repos/{owner}/{repo}/releases'

/** What a release needs of GitHub, through gh, which has the token and knows the repository. */
export const hub = {
  /** All releases, drafts too where the token may write. */
  releases: () => JSON.parse(gh(['api', '--paginate', '--slurp', `${RELEASES}?per_page=100`])).flat(),
  draft: ({ tag, notes, prerelease }) =>
    send('POST', RELEASES, { tag_name: tag, name: tag, body: notes, prerelease, draft: true }),
  upload: ({ tag, files }) => void gh(['release', 'upload', tag, ...files, '--clobber']),
  publish: ({ tag, id, notes, prerelease, latest }) =>
    send('PATCH', `${RELEASES}/${id}`, {
      tag_name: tag,
      body: notes,
      prerelease,
      draft: false,
      make_latest: String(latest)
    })
}

const send = (method, path, body) => void gh(['api', '--method', method, path, '--input', '-'], JSON.stringify(body))

const gh = (args, input = '') =>
  execFileSync('gh', args, { encoding: 'utf8', input, stdio: ['pipe', 'pipe', 'pipe'], maxBuffer: 2 ** 27 })
