import type { AnyKind } from '../core/item.js'
import { diskKind } from './disk.js'
import { envKind } from './env.js'
import { fileKind } from './file.js'
import { httpKind } from './http.js'
import { manualKind } from './manual.js'
import { portKind } from './port.js'
import type { CheckPorts } from './ports.js'
import { runKind } from './run.js'
import { sqlKind } from './sql.js'
import { tablesKind } from './tables.js'
import { waitKind } from './wait.js'

export type { CheckPorts } from './ports.js'

/** The kinds that look, and the two that let a command or a person speak. One row each. */
export const checkKinds = (ports: CheckPorts): readonly AnyKind[] => [
  runKind(ports),
  envKind(ports),
  httpKind(ports),
  sqlKind(ports),
  tablesKind(ports),
  fileKind(ports),
  portKind(ports),
  diskKind(),
  waitKind(ports),
  manualKind(ports)
]
