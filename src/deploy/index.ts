import type { AnyKind } from '../core/item.js'
import { type DeployPorts, directKind } from './direct.js'

/** The strategies: each is a value of the `deploy` key, so that they share one kind. */
export const deployKinds = (ports: DeployPorts): readonly AnyKind[] => [directKind(ports)]
