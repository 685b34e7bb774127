import { refused, unavailable } from '../core/errors.js'
import { interpolate } from '../core/interpolate.js'
import type { Destination, Notifier } from '../core/notify/notifier.js'
import { once } from '../core/once.js'
import type { Http } from '../core/ports.js'
import type { IssueComments } from '../github/issue-comments.js'
import { noticePage } from '../report/notice-page.js'

export type Wires = Readonly<{
  http: Http
  /** Absent where this process has no GitHub to write to. */
  comments?: IssueComments | undefined
}>

type Values = Readonly<Record<string, string>>

/** The destination with its names filled in; refused where one has no value here. */
export function filledIn(to: Destination, values: Values): Destination {
  const fill = (text: string): string => {
    const filled = interpolate(text, values)
    if ('text' in filled) return filled.text
    const names = filled.missing.join(', ')
    throw refused(
      'missing_value',
      `${names} ${filled.missing.length === 1 ? 'has' : 'have'} no value in this step`,
      `Set ${names} in its environment, from a secret of that name.`
    )
  }
  switch (to.kind) {
    case 'slack':
      return { ...to, url: fill(to.url) }
    case 'webhook':
      return { ...to, url: fill(to.url), ...(to.secret !== undefined && { secret: fill(to.secret) }) }
    case 'email':
      return { ...to, to: to.to.map(fill), from: fill(to.from), server: fill(to.server) }
    case 'issue-comment':
      return to
  }
}

/** What of it is secret: none of it may be said, wherever it comes from. */
export function secretsOf(to: Destination): readonly string[] {
  if (to.kind === 'slack') return [to.url, pathOf(to.url)]
  if (to.kind === 'webhook') return to.secret === undefined ? [] : [to.secret]
  return to.kind === 'email' ? [to.server] : []
}

// Whoever knows what stands behind the host can write to the channel.
const pathOf = (url: string): string => (URL.canParse(url) ? new URL(url).pathname : '')

// A run that tells nobody never loads them.
const notifiers = once(() => import('../notify/index.js'))

/** The adapter for it. */
export async function openNotifier(to: Destination, { http, comments }: Wires): Promise<Notifier> {
  switch (to.kind) {
    case 'slack':
      return (await notifiers()).openSlack({ http, url: to.url })
    case 'webhook':
      return (await notifiers()).openWebhook({ http, url: to.url, secret: to.secret })
    case 'email':
      return await (await notifiers()).openEmail(to)
    case 'issue-comment':
      return commenting(to.issue, comments)
  }
}

function commenting(issue: number, comments: IssueComments | undefined): Notifier {
  if (comments === undefined)
    throw refused(
      'missing_permission',
      'there is no token to comment on GitHub with',
      'In GitHub Actions leave the input `github-token` as it is; elsewhere set GITHUB_TOKEN=$(gh auth token).'
    )
  return {
    tell: async (message, signal) => {
      const comment = { issue, marker: `deploy-checklist ${message.key}`, body: noticePage(message) }
      await Promise.race([comments.write(comment), leftAt(signal)])
    }
  }
}

/** GitHub's client ends by itself, a little later than whoever waits for it. */
const leftAt = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    const late = unavailable('github_unavailable', 'GitHub did not take the comment in time', 'See githubstatus.com.')
    if (signal.aborted) reject(late)
    signal.addEventListener('abort', () => reject(late), { once: true })
  })
