import { refused } from '../core/errors.js'
import { isStage, type StageName } from '../core/stages.js'

export const COMMANDS = [
  'run',
  'plan',
  'rollback',
  'monitor',
  'adopt',
  'history',
  'show',
  'verify',
  'sign',
  'gate',
  'notify',
  'delete',
  'settle',
  'sign-off'
] as const
export type Command = (typeof COMMANDS)[number]

export type Sign = Readonly<{ item: string; who: string; words: string }>

/** What somebody wants, whichever surface it came through. Texts that were not given are empty. */
export type Request = Readonly<{
  command: Command
  surface: 'cli' | 'action'
  checklist: string
  environment: string
  stage: StageName | undefined
  ledger: string
  execution: string
  signs: readonly Sign[]
  restore: readonly string[]
  acceptLoss: readonly string[]
  takeover: string
  because: string
  /** Why window, freeze, order and soak are set aside; empty when they are not. */
  emergency: string
  /** Only open the execution and look, without the lock: a job behind the gate takes it up. */
  prepare: boolean
  /** Ahead of the gate a further step of this job goes on: the page for who approves is its to write. */
  showsLater: boolean
  /** The stages after this one are steps of the same job: what any of them lacks is missing now. */
  wholeJob: boolean
  /** What GitHub's deployments have to do with it. */
  recordDeployment: 'auto' | 'always' | 'never'
  /** What a failed checkpoint does instead of the rollback that the checklist asks for. */
  onFailure: 'page' | 'hand-over' | undefined
  /** For rollback: only say what it would do. For a run it is the command `plan`. */
  dryRun: boolean
  /** For adopt: what is live. */
  commit: string
  /** For rollback: what should be live afterwards. */
  to: string
  resume: boolean
  observe: boolean
  json: boolean
  limit: number
  cursor: string
  status: readonly string[]
  heads: readonly string[]
  /** For gate: set what is promised; these come to the reviewers that there are. */
  apply: boolean
  reviewers: readonly string[]
  /** For notify: send each of them a test. */
  test: boolean
}>

export const NOTHING_ASKED: Request = {
  command: 'run',
  surface: 'cli',
  checklist: '',
  environment: '',
  stage: undefined,
  ledger: '',
  execution: '',
  signs: [],
  restore: [],
  acceptLoss: [],
  takeover: '',
  because: '',
  emergency: '',
  prepare: false,
  showsLater: false,
  wholeJob: false,
  recordDeployment: 'auto',
  dryRun: false,
  onFailure: undefined,
  commit: '',
  to: '',
  resume: false,
  observe: false,
  json: false,
  limit: 20,
  cursor: '',
  status: [],
  heads: [],
  apply: false,
  reviewers: [],
  test: false
}

/** `ITEM=WHO:WORDS`; the item's id may hold `/` but neither `=`. */
export function parseSign(text: string): Sign {
  const [, item, who, words] = /^([^=]+)=([^:]+):(.+)$/s.exec(text) ?? []
  if (item === undefined || who === undefined || words === undefined) {
    throw refused(
      'usage',
      `a sign-off is ITEM=WHO:WORDS, found ${JSON.stringify(text)}`,
      'Such as --sign preflight/told=alice:"they know".'
    )
  }
  return { item: item.trim(), who: who.trim(), words: words.trim() }
}

export function parseStage(text: string): StageName | undefined {
  if (text === '') return undefined
  if (isStage(text)) return text
  const hint = 'The stages are preflight, backup, migrate, deploy, smoke-test, monitor and rollback.'
  throw refused('usage', `no stage is called ${JSON.stringify(text)}`, hint)
}

/** Lines or commas, blanks dropped. */
export const parseList = (text: string): readonly string[] =>
  text
    .split(/[\n,]/)
    .map(part => part.trim())
    .filter(part => part !== '')

/**
 * The request that an action's inputs stand for. `stage` of the step wins over the input; `stage: rollback` is a
 * rollback; `stage: monitor` with an execution that has ended is its due checkpoints (app/monitor.ts).
 */
export function requestFromInputs(inputs: Readonly<Record<string, string>>, stepStage: string): Request {
  const text = (name: string) => (inputs[name] ?? '').trim()
  const apart = APART.find(command => command === (stepStage || text('stage')))
  const stage = apart === undefined ? parseStage(stepStage || text('stage')) : undefined
  const dry = parseFlag('dry-run', text('dry-run'))
  const showsLater = text('prepare') === 'more'
  const prepare = showsLater || parseFlag('prepare', text('prepare'), 'true, more or false')
  const preparable = apart === 'settle' || stage === 'preflight' || stage === 'backup' || (dry && stage === undefined)
  if (prepare && !preparable) throw notPreparable(text('stage'))
  // The click of a person, other than the step that follows a failed stage of its own run.
  if (stage === 'rollback' && text('execution') !== '' && text('because') === '' && !dry) throw withoutReason()
  const command = apart ?? (stage === 'rollback' ? 'rollback' : dry ? 'plan' : 'run')
  return {
    ...NOTHING_ASKED,
    command,
    surface: 'action',
    checklist: text('checklist'),
    environment: text('environment'),
    stage: stage === 'rollback' ? undefined : stage,
    ledger: text('ledger'),
    execution: text('execution'),
    signs: text('sign')
      .split('\n')
      .map(line => line.trim())
      .filter(line => line !== '')
      .map(parseSign),
    restore: parseList(text('restore')),
    acceptLoss: parseList(text('accept-loss')),
    to: text('to'),
    takeover: text('takeover'),
    because: text('because'),
    emergency: text('emergency'),
    ...{ prepare, showsLater },
    wholeJob: stage !== undefined && (text('stage') === '' || parseFlag('whole-job', text('whole-job'))),
    dryRun: command === 'rollback' && dry,
    recordDeployment: parseRecording(text('record-deployment')),
    onFailure: parseOnFailure(text('on-failure'))
  }
}

/** Steps of the actions that are asked for as a stage and run none. */
export const APART = ['settle', 'sign-off'] as const satisfies readonly Command[]

const withoutReason = () =>
  refused(
    'usage',
    'a rollback that names an execution has to say why',
    'Set `because`: it is kept in the ledger and shown.'
  )

const notPreparable = (stage: string) =>
  refused(
    'usage',
    `prepare goes with stage: preflight, backup or settle, or a dry-run; found ${stage === '' ? 'no stage' : JSON.stringify(stage)}`,
    'What changes something is never done ahead of the gate.'
  )

function parseOnFailure(text: string): Request['onFailure'] {
  if (text === '') return undefined
  if (text === 'page' || text === 'hand-over') return text
  throw refused(
    'usage',
    `on-failure is page or hand-over, found ${JSON.stringify(text)}`,
    'Leave it out to do as the checklist says.'
  )
}

function parseRecording(text: string): Request['recordDeployment'] {
  if (text === '') return 'auto'
  if (text === 'auto' || text === 'always' || text === 'never') return text
  throw refused(
    'usage',
    `record-deployment is auto, always or never, found ${JSON.stringify(text)}`,
    'Leave it out, and what GitHub made for the job tells of it; docs/deployments.md says more.'
  )
}

function parseFlag(name: string, text: string, words = 'true or false'): boolean {
  if (text === '' || text === 'false') return false
  if (text === 'true') return true
  throw refused(
    'usage',
    `${name} is ${words}, found ${JSON.stringify(text)}`,
    'Write it without quotes in the workflow.'
  )
}
