import { type Message, SIGNS } from '../core/notify/notifier.js'
import { shortCommit } from '../core/text.js'

/** Slack's limits: characters of a header, of a section's text and of one of its fields; fields of a section. */
const HEADER = 150
const SECTION = 3000
const FIELD = 2000

/** What is posted: `text` is what a phone shows, the blocks are the rest. All of it is plain text, so that nobody is called. */
export function slackBody(message: Message) {
  const { headline, kind } = message
  const line = `${SIGNS[kind]} ${headline}`
  return {
    text: escaped(line, SECTION),
    mrkdwn: false,
    blocks: [
      { type: 'header', text: plain(line, HEADER) },
      // The header is cut where it is long.
      ...(line.length > HEADER ? [section(line)] : []),
      ...[message.why, ...message.next].filter(text => text !== '').map(section),
      { type: 'section', fields: facts(message).map(([name, value]) => plain(`${name}\n${value}`, FIELD)) },
      ...(message.rollbackCommand === '' ? [] : [section(`Take it back:\n${message.rollbackCommand}`)]),
      ...linksOf(message)
    ].slice(0, 50)
  }
}

const facts = ({ environment, checklist, status, commit, release, startedBy, execution, who }: Message) =>
  [
    ['Environment', environment],
    ['Checklist', checklist],
    ['Status', status],
    ['Commit', shortCommit(commit)],
    ['Release', release === commit ? '' : release],
    ['Started by', startedBy],
    ['Has to act', who],
    ['Execution', execution]
  ].filter(([, value]) => value !== '')

const section = (text: string) => ({ type: 'section', text: plain(text, SECTION) })

function linksOf({ links }: Message) {
  const shown = links.filter(({ url }) => /^https?:\/\/\S+$/.test(url) && url.length < 2000)
  // A link is the one thing that plain text cannot have; its signs are taken out of both parts.
  const text = shown
    .map(({ label, url }) => `<${encoded(url)}|${escaped(label, 100).replaceAll('|', ' ')}>`)
    .join(' · ')
  return text === '' ? [] : [{ type: 'context', elements: [{ type: 'mrkdwn', text: text.slice(0, SECTION) }] }]
}

const encoded = (url: string): string =>
  url.replace(/[|<>]/g, sign => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll('&', '&amp;')

const plain = (text: string, longest: number) => ({ type: 'plain_text', text: escaped(text, longest), emoji: false })

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

/** Slack reads these three signs everywhere; cut before it could cut one of them in two. */
function escaped(text: string, longest: number): string {
  let shown = ''
  for (const sign of text) {
    const next = ENTITIES[sign] ?? sign
    if (shown.length + next.length > longest - 1) return `${shown}…`
    shown += next
  }
  return shown
}
