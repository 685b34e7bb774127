/** Rules about the names of SQL files: what is run, and what a page says will be, follow from the same ones. */

const DOWN = /\.down\.sql$/i

/** `001_users.sql` and `001_users.up.sql` are taken back by `001_users.down.sql`. */
export const downOf = (file: string): string => file.replace(/(\.up)?\.sql$/i, '.down.sql')
export const isDown = (file: string): boolean => DOWN.test(file)

/** True for the whole path or the last part of it. */
export const isNamed = (file: string, name: string): boolean => file === name || file.endsWith(`/${name}`)

/** What a file's name with `*` stands for: any part of it. */
export const namesLike = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^/]*')}$`
  )

/** Order of file names: numbers by value, so that 10 comes after 9; the rest by code unit, the same on every machine. */
export function compareNames(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)]
  for (let index = 0; index < Math.max(left.length, right.length); index += 1) {
    const order = comparePart(left[index] ?? '', right[index] ?? '')
    if (order !== 0) return order
  }
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * Those of these files, which are in their order, that are to be run: what the ledger does not know (`applied`: file to
 * SHA-256). `baseline` and what stands before it was applied before there was a ledger.
 */
export function pendingOf<T>(
  files: readonly T[],
  nameOf: (file: T) => string,
  applied: Readonly<Record<string, string>>,
  baseline?: string
): readonly T[] {
  const base = baseline === undefined ? -1 : files.findIndex(file => isNamed(nameOf(file), baseline))
  return files.filter((file, index) => index > base && applied[nameOf(file)] === undefined)
}

const partsOf = (name: string): readonly string[] => name.match(/\d+|\D+/g) ?? []

function comparePart(a: string, b: string): number {
  const numbers = /^\d/.test(a) && /^\d/.test(b)
  if (numbers && BigInt(a) !== BigInt(b)) return BigInt(a) < BigInt(b) ? -1 : 1
  return numbers || a === b ? 0 : a < b ? -1 : 1
}
