import type { AnyKind, Effect } from '../core/item.js'
import type { JsonObject } from '../core/json.js'
import { didYouMean } from '../core/nearest.js'
import { type ForwardStage, STAGES } from '../core/stages.js'
import type { Common } from './common-shape.js'
import type { Path } from './problems.js'

/** An item whose keys are well formed, and what the checklist declares. */
export type Formed = Readonly<{
  kind: AnyKind
  own: JsonObject
  spec: unknown
  common: Common
  stage: ForwardStage
  databases: readonly string[]
  people: readonly string[]
}>

type Complaint = Readonly<{ path: Path; problem: string }>
type Verdict = Readonly<{ complaints: readonly Complaint[]; database: string | undefined }>

export const effectOf = (kind: AnyKind, written: Effect | undefined, stage: ForwardStage): Effect =>
  kind.effect === 'by-stage' ? (written ?? (STAGES[stage].acts ? 'action' : 'check')) : kind.effect

/** The rules that no single key can know, and the database that the item is about. */
export function judge(formed: Formed): Verdict {
  const { complaints, database } = judgeDatabase(formed)
  return {
    complaints: [...judgeEffect(formed), ...judgeAssertions(formed), ...judgeRoles(formed), ...complaints],
    database
  }
}

function judgeEffect({ kind, common, stage }: Formed): readonly Complaint[] {
  const effect = effectOf(kind, common.effect, stage)
  const complaints: Complaint[] = []
  const complain = (key: string, problem: string) => complaints.push({ path: [key], problem })
  if (common.effect !== undefined && kind.effect !== 'by-stage') {
    complain('effect', `expected no effect here, found ${common.effect}: ${kind.name} is always ${an(kind.effect)}`)
  }
  if (effect === 'action' && !STAGES[stage].acts) {
    complain(kind.name, `expected only checks in ${stage}, found an action: move it to migrate or deploy`)
  }
  if (effect === 'action' && common.retry !== undefined) {
    complain('retry', 'expected retry at a check, found it at an action, which is never repeated by itself')
  }
  for (const key of ['undo', 'probe'] as const) {
    if (effect === 'check' && common[key] !== undefined) {
      complain(key, `expected ${key} at an action, found it at a check, which changes nothing`)
    }
  }
  if (common.undo === 'redeploy' && stage !== 'deploy') {
    complain('undo', `expected a command, found redeploy, which is for items of deploy only`)
  }
  return complaints
}

const an = (effect: Effect): string => (effect === 'action' ? 'an action' : 'a check')

/** An item that can never fail proves nothing. A body is sent and not asserted, so it may be an empty list. */
function judgeAssertions({ kind, own, spec }: Formed): readonly Complaint[] {
  const empty = Object.entries(own).filter(
    ([key, value]) => key !== 'body' && Array.isArray(value) && value.length === 0
  )
  const vacuous = kind.vacuous?.(spec)
  return [
    ...empty.map(([key]) => ({
      path: [key],
      problem: 'expected at least one entry, found an empty list, which asserts nothing'
    })),
    ...(vacuous === undefined
      ? []
      : [{ path: [kind.name], problem: `expected an assertion, found an item that can never fail: ${vacuous}` }])
  ]
}

function judgeRoles({ kind, spec, people }: Formed): readonly Complaint[] {
  const unknown = (kind.roles?.(spec) ?? []).filter(role => !role.startsWith('@') && !people.includes(role))
  return unknown.map(role => ({
    path: ['by'],
    problem: `expected a role of people${listed(people)} or a person such as @alice, found ${role}${didYouMean(role, people)}`
  }))
}

function judgeDatabase({ kind, spec, common, databases }: Formed): Verdict {
  const named = kind.databases?.(spec)
  const wanted = named ?? (common.in === undefined ? [] : [common.in])
  const key = named === undefined ? 'in' : kind.name
  const complaints = wanted
    .filter(name => !databases.includes(name))
    .map(name => ({
      path: [key],
      problem: `expected a database of the checklist${listed(databases)}, found ${name}${didYouMean(name, databases)}`
    }))
  const uses = named === undefined && kind.usesDatabase === true
  if (common.in !== undefined && !uses) {
    complaints.push({
      path: ['in'],
      problem: `expected no \`in\`, found ${common.in}: ${kind.name} ${named === undefined ? 'uses no database' : 'names its own'}`
    })
  }
  if (uses && common.in === undefined && databases.length !== 1)
    complaints.push({ path: [], problem: noDatabase(kind, databases) })
  const database = wanted[0] ?? (uses ? databases[0] : undefined)
  return { complaints, database }
}

const noDatabase = ({ name }: AnyKind, databases: readonly string[]): string =>
  databases.length === 0
    ? `expected a database for ${name}, found none: declare one, databases: { main: { url: "\${DATABASE_URL}" } }`
    : `expected \`in\` with one of ${databases.join(', ')}, found none: ${name} needs one database`

const listed = (names: readonly string[]): string =>
  names.length === 0 ? ' (there is none)' : ` (${names.join(', ')})`
