import type { Checklist, MonitorPlan, RollbackPolicy } from '../checklist.js'
import { NO_RULES } from '../checklist.js'
import type { DatabasePlan } from '../item.js'
import { itemsWeakened } from './items.js'
import { rulesWeakened } from './rules.js'
import { toldLess } from './told.js'
import { varsChanged } from './vars.js'
import { rule, type Weakening } from './weakening.js'

/** What `now` asks less of than `before`, for a deployment to that environment. What is added, or stricter, is not told. */
export function weakenings(before: Checklist, now: Checklist, environment: string): readonly Weakening[] {
  const rulesOf = ({ environments }: Checklist) => environments[environment] ?? NO_RULES
  return [
    ...itemsWeakened(before.stages, now.stages),
    ...varsChanged(before, now, environment),
    ...rulesWeakened(rulesOf(before), rulesOf(now), `environments.${environment}`),
    ...Object.entries(before.databases).flatMap(([name, was]) => databaseWeakened(name, was, now.databases[name])),
    ...rollbackWeakened(before.rollback, now.rollback),
    ...monitorWeakened(before.monitor, now.monitor),
    ...peopleChanged(before.people, now.people),
    ...toldLess(before.notify, now.notify, environment)
  ]
}

function databaseWeakened(name: string, was: DatabasePlan, is: DatabasePlan | undefined): readonly Weakening[] {
  const subject = `databases.${name}`
  if (is === undefined) return [rule(subject, 'is gone')]
  return [
    ...(was.atLeast === 'identical' && is.atLeast !== 'identical'
      ? [rule(`${subject}.at-least`, `accepts a ${is.atLeast}, no more a backup that was restored and compared`)]
      : []),
    ...(was.url === is.url ? [] : [rule(`${subject}.url`, 'is another database')]),
    ...(was.scratch !== 'runner' && is.scratch === 'runner'
      ? [rule(`${subject}.scratch`, 'allows a copy on a hosted runner')]
      : [])
  ]
}

const LOOSENESS = { never: 0, lossless: 1, auto: 2 } as const

function rollbackWeakened(was: RollbackPolicy, is: RollbackPolicy): readonly Weakening[] {
  const looser = LOOSENESS[is.schema] > LOOSENESS[was.schema]
  const [before, now] = [was.withinMs ?? Number.POSITIVE_INFINITY, is.withinMs ?? Number.POSITIVE_INFINITY]
  return [
    ...(was.code === 'ask' && is.code === 'auto' ? [rule('rollback.code', 'asks nobody any more')] : []),
    ...(was.code === 'auto' && is.code === 'ask' ? [rule('rollback.code', 'does not go back by itself any more')] : []),
    ...(looser ? [rule('rollback.schema', `is ${is.schema}, it was ${was.schema}`)] : []),
    ...(now > before ? [rule('rollback.within', is.withinMs === undefined ? 'is gone' : 'is longer')] : [])
  ]
}

function monitorWeakened(was: MonitorPlan | undefined, is: MonitorPlan | undefined): readonly Weakening[] {
  // Its items are told as removed.
  if (was === undefined || is === undefined) return []
  const left = is.checkpoints.map(({ afterMs }) => afterMs)
  const lost = was.checkpoints.filter(({ afterMs }) => !left.includes(afterMs)).map(({ name }) => name)
  return [
    ...(lost.length === 0 ? [] : [rule('stages.monitor.checkpoints', `does not look at ${lost.join(', ')} any more`)]),
    ...(was.onFailure === 'rollback' && is.onFailure === 'page'
      ? [rule('stages.monitor.on-failure', 'does not go back by itself any more')]
      : []),
    ...(was.page !== undefined && is.page === undefined ? [rule('stages.monitor.page', 'calls nobody any more')] : [])
  ]
}

type People = Checklist['people']

/** Who may sign is part of what is asked. */
const peopleChanged = (was: People, is: People): readonly Weakening[] =>
  Object.entries(was).flatMap(([role, person]) => {
    const now = Object.hasOwn(is, role) ? is[role] : undefined
    if (now === person) return []
    return [rule(`people.${role}`, now === undefined ? 'is nobody any more' : `is ${now}, it was ${person}`)]
  })

/** One line for a reviewer, or empty: `this change weakens the checklist: 2 items removed, one made optional`. */
export function sayWeakenings(found: readonly Weakening[]): string {
  const count = (what: Weakening['what'], words: string) => {
    const many = found.filter(each => each.what === what).length
    return many === 0 ? [] : [[many, words] as const]
  }
  const items = [
    ...count('removed', 'removed'),
    ...count('optional', 'made optional'),
    ...count('skipped', 'skipped'),
    ...count('without-undo', 'left without an undo'),
    ...count('longer', 'given more time'),
    ...count('altered', 'altered')
  ].map(([many, words], index) => {
    const noun = index > 0 ? '' : many === 1 ? ' item' : ' items'
    return `${many === 1 ? 'one' : many}${noun} ${words}`
  })
  const rules = found.filter(({ what }) => what === 'rule').map(({ subject, text }) => `${subject} ${text}`)
  if (items.length + rules.length === 0) return ''
  const verb = found.every(({ what }) => what === 'altered') ? 'alters' : 'weakens'
  return `this change ${verb} the checklist: ${[...items, ...rules].join(', ')}`
}
