import type { Result } from '../core/result.js'
import { shortCommit, took } from '../core/text.js'
import { code, prose, row, tableHead } from './markdown.js'
import { migrationLine, receiptLine, wayBackLine } from './receipt.js'
import type { SummaryOptions } from './summary.js'

/** What a reviewer decides from, as a table of few rows: what changed, the backup, the way back, who is waited for. */
export function facts(result: Result, options: SummaryOptions): readonly string[] {
  const { receipts, wayBack, rollback, waitingFor, nextSteps, rollbackCommand } = result
  const lines = [
    ...fact('What changed', changes(result, options)),
    ...fact(
      'Backup',
      receipts.map(receipt => prose(receiptLine(receipt)))
    ),
    ...fact('Way back', wayBack === null || rollback !== null ? [] : [prose(wayBackLine(wayBack))]),
    ...fact('Rollback', rollbackLines(result)),
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
  return lines.length === 0 ? [] : [...tableHead([' ', ' ']), ...lines]
}

const fact = (name: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [row([`**${name}**`, lines.join('<br>')])]

function changes(
  { execution, previous, migrations, stages }: Result,
  { serverUrl }: SummaryOptions
): readonly string[] {
  if (execution === null) return []
  const to = code(shortCommit(execution.commit))
  const linked = serverUrl !== undefined && /^[\w.-]+\/[\w.-]+$/.test(execution.key.repository)
  const url = `${serverUrl}/${execution.key.repository}`
  const one = linked ? `[${to}](${url}/commit/${encodeURIComponent(execution.commit)})` : to
  const range = `${code(shortCommit(previous?.commit ?? ''))} → ${to}`
  const compare = `${encodeURIComponent(previous?.commit ?? '')}...${encodeURIComponent(execution.commit)}`
  const commits =
    previous === null ? `${one}, the first deployment here` : linked ? `[${range}](${url}/compare/${compare})` : range
  const release =
    execution.release === '' || execution.release === execution.commit ? '' : `, release ${prose(execution.release)}`
  const planned = stages.some(({ name, items }) => name === 'migrate' && items.length > 0)
  const moved = migrations.map(migration => `migration ${prose(migrationLine(migration))}`)
  return [
    commits + release,
    ...(moved.length > 0 ? moved : [planned ? 'no migration was run' : 'no migration in this checklist'])
  ]
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
