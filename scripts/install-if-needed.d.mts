type Packages = Readonly<Record<string, Readonly<{ version?: string; optional?: boolean }>>>
export const root: string
export function installIfNeeded(): void
export function staleness(wanted: Packages, installed: Packages | undefined): string | undefined
