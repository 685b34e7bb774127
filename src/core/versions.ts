// Digits with dots, perhaps a v before and a pre-release behind; what a distribution adds after that does not count.
const VERSION = /^v?(\d+(?:\.\d+)*)(-[A-Za-z][0-9A-Za-z.-]*)?/

/** Two dots or more, or a leading v: what is no plain number. */
export const isVersion = (text: string): boolean =>
  /^v?\d+(?:\.\d+){2,}(?:[-+][0-9A-Za-z.+-]+)?$|^v\d+(?:\.\d+)*$/.test(text.trim())

/**
 * Part by part as numbers, so that 1.10 is above 1.9; missing parts are zero, a pre-release is below its release. Reads
 * the front of a text: `15.18 (Debian 15.18-1)` is 15.18. Undefined when one of them does not begin with a version.
 */
export function compareVersions(one: string, other: string): number | undefined {
  const [a, b] = [VERSION.exec(one.trim()), VERSION.exec(other.trim())]
  if (a === null || b === null) return undefined
  const [left, right] = [partsOf(a), partsOf(b)]
  for (let part = 0; part < Math.max(left.length, right.length); part++) {
    const difference = (left[part] ?? 0) - (right[part] ?? 0)
    if (difference !== 0) return Math.sign(difference)
  }
  return Number(b[2] !== undefined) - Number(a[2] !== undefined)
}

/** True if the version begins with all parts of the other: 15.18 with 15, but not with 1. */
export function startsWithVersion(one: string, other: string): boolean {
  const [a, b] = [VERSION.exec(one.trim()), VERSION.exec(other.trim())]
  return a !== null && b !== null && partsOf(b).every((part, place) => partsOf(a)[place] === part)
}

const partsOf = ([, digits = '']: RegExpExecArray): readonly number[] => digits.split('.').map(Number)
