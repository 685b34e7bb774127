const DURATION = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d)$/
const MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const
const SIZE = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)$/i
const BYTES: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40
}

/** Milliseconds of `200ms`, `30s`, `5m`, `1.5h`, `2d`; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, amount, unit] = DURATION.exec(text.trim()) ?? []
  return amount === undefined ? undefined : Math.round(Number(amount) * MS[unit as keyof typeof MS])
}

/** Bytes of `512MB` (decimal) or `2GiB` (binary); undefined for anything else. */
export function parseSize(text: string): number | undefined {
  const [, amount, unit = ''] = SIZE.exec(text.trim()) ?? []
  return amount === undefined ? undefined : Math.round(Number(amount) * (BYTES[unit.toLowerCase()] ?? 1))
}

/** As a person reads it: `0.4 s`, `41 s`, `3 min 5 s`, `2 h 10 min`. */
export function formatDuration(ms: number): string {
  if (ms < 10_000) return `${(ms / 1000).toFixed(1)} s`
  const seconds = Math.round(ms / 1000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`
  const hours = Math.floor(minutes / 60)
  return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
}

/** `0 B`, `1.2 MB`, `715 MB`: decimal, as disks are sold and GitHub counts. */
export function formatSize(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const step = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const amount = bytes / 1000 ** step
  return `${step > 0 && amount < 10 ? amount.toFixed(1) : Math.round(amount)} ${units[step]}`
}
