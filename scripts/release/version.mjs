const EXACT = /^v(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(?:-([0-9A-Za-z]+(?:[.-][0-9A-Za-z]+)*))?$/

/** `v1.2.3` or `v1.2.3-rc.1` in its parts, or undefined for everything else, `v1` and build metadata included. */
export function parseTag(tag) {
  const [whole, major, minor, patch, pre] = EXACT.exec(tag) ?? []
  if (whole === undefined) return undefined
  return { tag, version: tag.slice(1), numbers: [major, minor, patch].map(Number), pre: pre?.split('.') ?? [] }
}

export const isPrerelease = ({ pre }) => pre.length > 0

/** Below 0: `a` comes before `b`, by the order of semantic versions. */
export function compareTags(a, b) {
  const differs = a.numbers.findIndex((number, at) => number !== b.numbers[at])
  if (differs !== -1) return a.numbers[differs] - b.numbers[differs]
  // A prerelease comes before what it leads to.
  if (isPrerelease(a) !== isPrerelease(b)) return isPrerelease(a) ? -1 : 1
  return comparePre(a.pre, b.pre)
}

function comparePre([a, ...restA], [b, ...restB]) {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? -1 : 1
  if (a === b) return comparePre(restA, restB)
  const [numberA, numberB] = [a, b].map(part => /^\d+$/.test(part))
  if (numberA && numberB) return Number(a) - Number(b)
  if (numberA !== numberB) return numberA ? -1 : 1
  return a < b ? -1 : 1
}

/** The tag that follows the newest release of a major version; before 1.0.0 there is none, since a minor may break. */
export const movingTag = ({ numbers: [major] }) => (major === 0 ? undefined : `v${major}`)
