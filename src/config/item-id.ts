/** What a person reads: the first line of what the item is about, not longer than a line. */
export function nameOf(subject: string): string {
  const line = (subject.trim().split('\n')[0] ?? '').trim()
  return line.length <= 80 ? line : `${line.slice(0, 79)}…`
}

/** Small letters and digits of any script, joined by `-`; empty when there are none. */
export function slugOf(name: string): string {
  const slug = name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, '-')
    .replace(/^-+|-+$/g, '')
  return slug.length <= 60 ? slug : slug.slice(0, 60).replace(/-+$/, '')
}
