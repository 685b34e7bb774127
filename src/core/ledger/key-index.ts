import type { Key } from '../execution.js'
import type { Tombstone } from '../ports.js'

/** What one key's folder knows beside its executions. `version` rises by one with each change. */
export type Index = Readonly<{
  format: 1
  version: number
  key: Key
  lastNumber: number
  fence: number
  /** Id of the execution that holds the environment, or ''. */
  holder: string
  tombstones: readonly Tombstone[]
}>

export const emptyIndex = (key: Key): Index => ({
  format: 1,
  version: 0,
  key,
  lastNumber: 0,
  fence: 0,
  holder: '',
  tombstones: []
})
