import type { Workshop } from '../core/engine/run-item.js'
import { namesIn } from '../core/interpolate.js'
import { resolveNames } from '../core/names.js'
import type { Plan } from '../core/plan.js'
import { isStage, type StageName } from '../core/stages.js'
import { inheritedBy } from './host.js'
import type { Shop } from './shop.js'

/** What the engine works with in this process. */
export function workshopFor(plan: Plan, shop: Shop): Workshop {
  const { clock, shell, signal, kinds, host, terminal, redactor } = shop
  maskSecrets(plan, shop)
  return {
    clock,
    shell,
    signal,
    kinds: new Map(kinds.map(kind => [kind.name, kind])),
    baseEnv: inheritedBy(host.env),
    values: (of, builtIns) => resolveNames({ plan: of, kinds, stages: [], env: host.env, builtIns }).values,
    hide: shop.mask,
    say: (item, line) => terminal.line(stageOf(item), item, redactor.redact(line)),
    progress: (item, progress) => terminal.progress(stageOf(item), item, progress)
  }
}

// An item's id begins with its stage; what has none speaks of the monitor's page command.
const stageOf = (item: string): StageName => {
  const [stage = ''] = item.split('/')
  return isStage(stage) ? stage : 'monitor'
}

/** Every value of a declared secret is hidden from now on, and every database's address with its password, wherever it stands. */
export function maskSecrets(
  { secrets, databases }: Pick<Plan, 'secrets' | 'databases'>,
  { host, mask }: Readonly<{ host: Pick<Shop['host'], 'env'> }> & Pick<Shop, 'mask'>
): void {
  const texts = Object.values(databases).flatMap(({ url, scratch = '' }) => [url, scratch])
  const addresses = texts.flatMap(namesIn).filter(({ name }) => /:\/\//.test(host.env[name] ?? ''))
  const asked = texts.length === 0 ? [] : ['PGPASSWORD']
  for (const name of [...secrets, ...addresses.map(found => found.name), ...asked]) {
    const value = host.env[name]
    if (value) mask(value)
  }
}
