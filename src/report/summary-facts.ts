import type { Result, ResultExecution } from '../core/result/result.js'
import { shortCommit, took } from '../core/text.js'
import { code, prose, row } from './markdown.js'
import { passageWords, secondWords } from './passage.js'
import { migrationLine, migrationsUndone, receiptLine, showsWayBack, wayBackLine } from './receipt.js'
import { linkLines, whyLines } from './said.js'
import type { SummaryOptions } from './summary.js'
import { untoldWords } from './untold.js'

/** What a reviewer decides from, as a table of few rows: what changed, the backup, the way back, who is waited for. */
export function facts(result: Result, options: SummaryOptions): readonly string[] {
  const { receipts, wayBack, waitingFor, nextSteps, rollbackCommand } = result
  const lines = [
    ...fact('Emergency', emergencyLines(result)),
    ...fact(
      'Why',
      whyLines(result).map(line => prose(line))
    ),
    ...fact('Checklist', result.weakened === undefined ? [] : [`⚠️ ${prose(result.weakened)}`]),
    ...fact('What changed', changes(result, options)),
    ...fact(
      'Backup',
      receipts.map(receipt => prose(receiptLine(receipt)))
    ),
    ...fact('Way back', wayBack === null || !showsWayBack(result) ? [] : [prose(wayBackLine(wayBack))]),
    ...fact('Rollback', rollbackLines(result)),
    ...fact('Belongs to', linkLines(result)),
    ...fact('Gate', gateLines(result)),
    ...fact(
      'Not told',
      (result.untold ?? []).map(untold => `⚠️ ${prose(untoldWords(untold))}`)
    ),
    ...fact(
      'Waits for',
      waitingFor.map(({ name, by }) => prose(by === '' ? name : `${name}: ${by}`))
    ),
    ...fact(
      'Next',
      nextSteps.map(step => prose(step))
    ),
    ...fact('Take it back', rollbackCommand === '' ? [] : [code(rollbackCommand)])
  ]
  // A table needs a head; an empty one would be a blank row, so the first fact is it.
  const [first, ...rest] = lines
  return first === undefined ? [] : [first, row([':---', ':---']), ...rest]
}

const fact = (name: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [row([`**${name}**`, lines.join('<br>')])]

const changes = (result: Result, options: SummaryOptions): readonly string[] =>
  result.execution === null
    ? []
    : [`${commits(result, result.execution, options)}${releaseOf(result.execution)}`, ...migrationLines(result)]

function commits({ previous }: Result, { commit, key }: ResultExecution, { serverUrl }: SummaryOptions): string {
  const url =
    serverUrl !== undefined && /^[\w.-]+\/[\w.-]+$/.test(key.repository) ? `${serverUrl}/${key.repository}` : ''
  const linked = (text: string, path: string): string => (url === '' ? text : `[${text}](${url}/${path})`)
  const to = code(shortCommit(commit))
  if (previous === null) return `${linked(to, `commit/${encodeURIComponent(commit)}`)}, the first deployment here`
  const range = [previous.commit, commit].map(encodeURIComponent).join('...')
  return linked(`${code(shortCommit(previous.commit))} → ${to}`, `compare/${range}`)
}

const releaseOf = ({ release, commit }: ResultExecution): string =>
  release === '' || release === commit ? '' : `, release ${prose(release)}`

function migrationLines(result: Result): readonly string[] {
  const { migrations, stages } = result
  const planned = stages.some(({ name, items }) => name === 'migrate' && items.length > 0)
  if (migrations.length === 0) return [planned ? 'no migration was run' : 'no migration in this checklist']
  const undone = migrationsUndone(result)
  return migrations.map(migration => `migration ${prose(migrationLine(migration, undone))}`)
}

/** Above everything else: what is set aside, for which reason, by whom. */
function emergencyLines({ emergency }: Result): readonly string[] {
  if (emergency === null) return []
  const { because, by, waived } = emergency
  const set = waived.map(({ message }) => `set aside: ${prose(message)}`)
  return [`⚠️ ${prose(because)} (${prose(by)})`, ...(set.length === 0 ? ['nothing had to be set aside'] : set)]
}

function gateLines(result: Result): readonly string[] {
  const { gate } = result
  const second = secondWords(result).map(words => `⚠️ ${prose(words)}`)
  if (gate === null) return second
  const mark = gate.how === 'approved' ? '' : gate.how === 'bypassed' ? '⚠️ ' : '❔ '
  return [...second, `${mark}${prose(passageWords(gate))}`]
}

function rollbackLines({ rollback }: Result): readonly string[] {
  if (rollback === null) return []
  const { because, toCommit, verified, durationMs, detail, remains, restored } = rollback
  const how = verified === null ? 'not finished' : verified ? 'verified by the smoke test' : 'stopped'
  const to = toCommit === '' ? [] : [`to ${code(shortCommit(toCommit))}`]
  const time = verified === null ? [] : [took(durationMs)]
  const words = [...to, ...time, how].join(', ')
  return [
    `${words}; because ${prose(because)}${detail === '' ? '' : `; ${prose(detail)}`}`,
    ...restored.map(name => `restored: ${prose(name)}`),
    ...remains.map(what => `left as it is: ${prose(what)}`)
  ]
}
