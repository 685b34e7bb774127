export type Lock = Readonly<{ packages: Readonly<Record<string, LockEntry>> }>
export type LockEntry = Readonly<{
  version?: string
  resolved?: string
  optionalDependencies?: Readonly<Record<string, string>>
}>
export function completeLock(lock: Lock): Lock
