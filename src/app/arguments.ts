import { parseArgs } from 'node:util'
import { messageOf, refused } from '../core/errors.js'
import { isStage } from '../core/stages.js'
import { APART, COMMANDS, type Command, NOTHING_ASKED, parseSign, parseStage, type Request } from './request.js'

const OPTIONS = {
  checklist: { type: 'string', short: 'c', default: '' },
  environment: { type: 'string', short: 'e', default: '' },
  ledger: { type: 'string', default: '' },
  execution: { type: 'string', default: '' },
  sign: { type: 'string', multiple: true },
  restore: { type: 'string', multiple: true },
  'accept-loss': { type: 'string', multiple: true },
  takeover: { type: 'string', default: '' },
  because: { type: 'string', default: '' },
  emergency: { type: 'string', default: '' },
  commit: { type: 'string', default: '' },
  to: { type: 'string', default: '' },
  resume: { type: 'boolean', default: false },
  observe: { type: 'boolean', default: false },
  'dry-run': { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
  apply: { type: 'boolean', default: false },
  reviewer: { type: 'string', multiple: true },
  test: { type: 'boolean', default: false },
  limit: { type: 'string', default: '20' },
  cursor: { type: 'string', default: '' },
  status: { type: 'string', multiple: true },
  head: { type: 'string', multiple: true },
  help: { type: 'boolean', short: 'h', default: false },
  version: { type: 'boolean', default: false }
} as const

export type Arguments = Readonly<{ help: string } | { version: true } | { request: Request }>

/** What the words behind `deploy-checklist` stand for; everything that is not understood is refused, never ignored. */
export function parseArguments(words: readonly string[]): Arguments {
  const { values, positionals } = parsed(words)
  const [named = '', argument = '', ...more] = positionals
  if (values.version) return { version: true }
  if (values.help || named === '' || named === 'help') return { help: named === 'help' ? argument : named }
  const command = COMMANDS.find(known => known === named)
  if (command === undefined || APART.some(apart => apart === command)) {
    const hint = `See \`deploy-checklist --help\`.${named === 'init' ? ' Where there is no checklist, `plan` prints a starter.' : ''}`
    throw refused('usage', `no command is called ${JSON.stringify(named)}`, hint)
  }
  if (more.length > 0)
    throw refused(
      'usage',
      `${named} takes one word, found also ${more.join(' ')}`,
      `See \`deploy-checklist ${named} --help\`.`
    )
  const dry = values['dry-run'] && command === 'run'
  const request = { ...requestOf(values), ...placed(command, argument, values.resume) }
  mustTake(request.command, words, dry)
  return { request: dry ? { ...request, command: 'plan', dryRun: false } : request }
}

const EVERYWHERE = ['checklist', 'environment', 'ledger', 'execution', 'json']

/** What each command takes beside that; an option that would be ignored is refused, since somebody meant it. */
const TAKES: Readonly<Record<Command, readonly string[]>> = {
  run: ['sign', 'accept-loss', 'takeover', 'because', 'emergency', 'resume', 'observe', 'dry-run'],
  plan: ['because', 'emergency'],
  rollback: ['sign', 'restore', 'accept-loss', 'takeover', 'because', 'to', 'dry-run'],
  monitor: [],
  adopt: ['commit'],
  history: ['limit', 'cursor', 'status'],
  show: [],
  verify: ['head'],
  sign: ['sign', 'takeover'],
  gate: ['apply', 'reviewer'],
  notify: ['test'],
  delete: ['because'],
  settle: [],
  'sign-off': []
}

function mustTake(command: Command, words: readonly string[], dry: boolean): void {
  const { tokens } = parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true, tokens: true })
  const given = tokens.flatMap(token => (token.kind === 'option' ? [token.name] : []))
  const known = [...EVERYWHERE, ...TAKES[command]]
  const stray = given.find(name => !known.includes(name))
  if (stray === undefined && !(dry && (given.includes('resume') || given.includes('observe')))) return
  const takers = COMMANDS.filter(other => TAKES[other].includes(stray ?? ''))
  throw refused(
    'usage',
    stray === undefined
      ? '--dry-run goes with a new run, found also --resume or --observe'
      : `${command} does not take --${stray}${takers.length === 0 ? '' : `; ${takers.join(' and ')} ${takers.length === 1 ? 'does' : 'do'}`}`,
    `See \`deploy-checklist ${command} --help\`.`
  )
}

type Values = ReturnType<typeof parsed>['values']

function parsed(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: OPTIONS, allowPositionals: true })
  } catch (error) {
    throw refused('usage', messageOf(error).split('. ')[0] ?? '', 'See `deploy-checklist --help`.')
  }
}

function requestOf(values: Values): Request {
  const limit = Number(values.limit)
  if (!Number.isInteger(limit) || limit < 1 || limit > 100) {
    throw refused(
      'usage',
      `--limit is a number from 1 to 100, found ${JSON.stringify(values.limit)}`,
      'Use --cursor for more.'
    )
  }
  const { checklist, environment, ledger, execution, takeover, because, emergency, commit, to } = values
  const { resume, observe, json, cursor } = values
  return {
    ...NOTHING_ASKED,
    ...{ checklist, environment, ledger, execution, takeover, commit, to },
    because: because.trim(),
    emergency: emergency.trim(),
    ...{ resume, observe, json, cursor, limit },
    dryRun: values['dry-run'],
    acceptLoss: values['accept-loss'] ?? [],
    restore: values.restore ?? [],
    status: values.status ?? [],
    signs: (values.sign ?? []).map(parseSign),
    heads: values.head ?? [],
    apply: values.apply,
    reviewers: values.reviewer ?? [],
    test: values.test
  }
}

/** The word after the command: a stage for `run`, an execution for most others. */
function placed(command: Command, argument: string, resume: boolean): Partial<Request> {
  if (argument === '') return { command }
  if (command === 'run' && (isStage(argument) || !resume)) {
    const stage = parseStage(argument)
    return stage === 'rollback' ? { command: 'rollback' } : { command, stage }
  }
  if (['run', 'rollback', 'show', 'verify', 'sign', 'delete', 'monitor'].includes(command))
    return { command, execution: argument }
  throw refused(
    'usage',
    `${command} takes no word, found ${JSON.stringify(argument)}`,
    `See \`deploy-checklist ${command} --help\`.`
  )
}
