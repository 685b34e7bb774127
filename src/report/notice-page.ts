import { type Message, SIGNS } from '../core/notify/notifier.js'
import { shortCommit } from '../core/text.js'
import { code, prose } from './markdown.js'

/** A message as a comment in Markdown; what others wrote calls nobody and formats nothing. */
export function noticePage(message: Message): string {
  const { kind, headline, why, next, rollbackCommand, links } = message
  return [
    `${SIGNS[kind]} **${prose(headline)}**`,
    ...(why === '' ? [] : ['', prose(why)]),
    '',
    facts(message),
    ...(next.length === 0 ? [] : ['', ...next.map(step => `- ${prose(step)}`)]),
    ...(rollbackCommand === '' ? [] : ['', `Take it back: ${code(rollbackCommand)}`]),
    ...(links.length === 0 ? [] : ['', links.map(linkOf).join(' · ')])
  ].join('\n')
}

const facts = ({ commit, release, startedBy, execution }: Message): string =>
  [
    ...(commit === '' ? [] : [code(shortCommit(commit))]),
    ...(release === '' || release === commit ? [] : [prose(release)]),
    `started by ${prose(startedBy)}`,
    ...(execution === '' ? [] : [`execution ${code(execution)}`])
  ].join(' · ')

const linkOf = ({ label, url }: Message['links'][number]): string =>
  /^https?:\/\/[^\s()<>]+$/.test(url) ? `[${prose(label)}](${url})` : `${prose(label)}: ${prose(url)}`
