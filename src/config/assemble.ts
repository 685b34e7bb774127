import type { Checklist, EnvironmentRules, GateRules, MonitorPlan } from '../core/checklist.js'
import type { DatabasePlan, PlannedItem } from '../core/item.js'
import type { ForwardStage } from '../core/stages.js'
import type { ChecklistShape } from './checklist-shape.js'
import { notifyRules } from './notify-rules.js'
import type { Placed } from './stages.js'

/** The typed checklist, its defaults filled in once. */
export function assemble(file: string, shape: ChecklistShape, placed: readonly Placed[]): Checklist {
  const { name, vars = {}, secrets = [], people = {}, release, rollback = {}, notify, stages } = shape
  return {
    file,
    ...defined({ name, release: release && defined(release) }),
    vars,
    secrets,
    people,
    environments: mapped(shape.environments, environmentRules),
    databases: mapped(shape.databases, databasePlan),
    rollback: {
      code: rollback.code ?? 'auto',
      schema: rollback.schema ?? 'lossless',
      data: 'never',
      ...defined({ withinMs: rollback.within })
    },
    stages: byStage(placed),
    ...defined({
      monitor: stages.monitor && monitorPlan(stages.monitor),
      timeouts: shape.timeouts && defined(shape.timeouts),
      notify: notify && notifyRules(notify)
    })
  }
}

type Raw<Key extends keyof ChecklistShape> = NonNullable<ChecklistShape[Key]>

/** An environment may be named without any rules: `staging:`. */
function environmentRules(written: Raw<'environments'>[string]): EnvironmentRules {
  const { vars = {}, after, url, gate, ci, newest, 'max-age': maxAgeMs, window, freeze } = written ?? {}
  return {
    vars,
    ...defined({ after, url, gate: gate && gateRules(gate), ci, newest, maxAgeMs, window, freeze })
  }
}

const gateRules = ({
  reviewers,
  'prevent-self-review': preventSelfReview,
  'prevent-admin-bypass': preventAdminBypass,
  wait: waitMs,
  branches
}: NonNullable<NonNullable<Raw<'environments'>[string]>['gate']>): GateRules =>
  defined({ reviewers, preventSelfReview, preventAdminBypass, waitMs, branches })

const databasePlan = ({ url, store, scratch, 'at-least': atLeast }: Raw<'databases'>[string]): DatabasePlan => ({
  url,
  engine: 'postgres',
  ...defined({ store, scratch }),
  atLeast: atLeast ?? 'identical'
})

const monitorPlan = ({
  checkpoints = [{ name: '0m', afterMs: 0 }],
  settle = 0,
  'on-failure': onFailure = 'page',
  page
}: NonNullable<ChecklistShape['stages']['monitor']>): MonitorPlan => ({
  checkpoints,
  settleMs: settle,
  onFailure,
  ...defined({ page })
})

function byStage(placed: readonly Placed[]): Readonly<Record<ForwardStage, readonly PlannedItem[]>> {
  const of = (stage: ForwardStage) => placed.filter(each => each.stage === stage).map(({ item }) => item)
  return {
    preflight: of('preflight'),
    backup: of('backup'),
    migrate: of('migrate'),
    deploy: of('deploy'),
    'smoke-test': of('smoke-test'),
    monitor: of('monitor')
  }
}

const mapped = <From, To>(members: Readonly<Record<string, From>> | undefined, change: (member: From) => To) =>
  Object.fromEntries(Object.entries(members ?? {}).map(([name, member]) => [name, change(member)]))

type Defined<T> = { [Key in keyof T]?: Exclude<T[Key], undefined> }

/** Without the members that are undefined: what is not there is not in the digest either. */
function defined<T extends object>(members: T): Defined<T>
function defined(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}
