export type Version = Readonly<{
  tag: string
  version: string
  numbers: readonly number[]
  pre: readonly string[]
}>
export function parseTag(tag: string): Version | undefined
export function isPrerelease(version: Version): boolean
export function compareTags(a: Version, b: Version): number
export function movingTag(version: Version): string | undefined
