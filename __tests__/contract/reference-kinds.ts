import { type CheckPorts, checkKinds } from '../../src/checks/index.js'
import type { AnyKind } from '../../src/core/item.js'
import { databaseKinds } from '../../src/database/index.js'
import { deployKinds } from '../../src/deploy/index.js'

const never = async (): Promise<never> => {
  throw new Error('a checklist is only read here')
}
const clock = { now: () => new Date(0), sleep: never }
const shell = { run: never }
const ports = {
  clock,
  shell,
  http: { send: never },
  tcp: { connect: never },
  sql: { query: never },
  interview: { ask: never },
  baseEnv: {}
} satisfies CheckPorts

/** The real kinds, all of them, over ports that are never asked. */
export const KINDS: readonly AnyKind[] = [
  ...checkKinds(ports),
  ...databaseKinds({ clock, shell, baseEnv: {}, defaultStore: '/nowhere', program: import.meta.url }),
  ...deployKinds(ports)
]
