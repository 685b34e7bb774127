import type { Message } from '../core/notify/notifier.js'
import { shortCommit } from '../core/text.js'

/** The mail in plain text: the first line says all that a phone shows. */
export const mailText = (message: Message): string =>
  [
    message.headline,
    ...(message.why === '' ? [] : ['', message.why]),
    '',
    ...facts(message).map(([name, value]) => `${`${name}:`.padEnd(14)}${value}`),
    ...(message.next.length === 0 ? [] : ['', 'Next', ...message.next.map(step => `- ${step}`)]),
    ...(message.rollbackCommand === '' ? [] : ['', 'Take it back', `  ${message.rollbackCommand}`]),
    ...(message.links.length === 0 ? [] : ['', ...message.links.map(({ label, url }) => `${label}: ${url}`)]),
    ''
  ].join('\n')

/** The same in HTML that needs no style sheet; nothing of it is loaded from elsewhere. */
export const mailHtml = (message: Message): string =>
  [
    `<p><strong>${html(message.headline)}</strong></p>`,
    ...(message.why === '' ? [] : [`<p>${html(message.why)}</p>`]),
    '<table>',
    ...facts(message).map(([name, value]) => `<tr><td>${html(name)}</td><td>${html(value)}</td></tr>`),
    '</table>',
    ...(message.next.length === 0 ? [] : [`<ul>${message.next.map(step => `<li>${html(step)}</li>`).join('')}</ul>`]),
    ...(message.rollbackCommand === ''
      ? []
      : [`<p>Take it back:</p><pre><code>${html(message.rollbackCommand)}</code></pre>`]),
    ...message.links.flatMap(({ label, url }) =>
      /^https?:\/\/\S+$/.test(url) ? [`<p><a href="${html(url)}">${html(label)}</a></p>`] : []
    )
  ].join('\n')

const facts = ({ environment, checklist, status, reason, commit, release, startedBy, who, execution, at }: Message) =>
  [
    ['Environment', environment],
    ['Checklist', checklist],
    ['Status', `${status} (${reason})`],
    ['Commit', shortCommit(commit)],
    ['Release', release === commit ? '' : release],
    ['Started by', startedBy],
    ['Has to act', who],
    ['Execution', execution],
    ['At', at]
  ].flatMap(([name = '', value = '']) => (value === '' ? [] : [[name, value] as const]))

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;'
}
const html = (text: string): string => text.replace(/[&<>"']/g, sign => ENTITIES[sign] ?? sign)
