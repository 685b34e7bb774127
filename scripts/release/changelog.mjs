/**
 * What stands under `## 1.2.3` (a date or words may follow), up to the next such heading, without blank ends. Undefined
 * without that heading; empty where nothing stands under it.
 */
export function sectionOf(changelog, version) {
  const lines = changelog.split(/\r?\n/)
  const heading = new RegExp(`^## \\[?v?${version.replaceAll('.', '\\.')}\\]?(?![\\w.-])`)
  const start = lines.findIndex(line => heading.test(line))
  if (start === -1) return undefined
  const length = lines.slice(start + 1).findIndex(line => line.startsWith('## '))
  const end = length === -1 ? lines.length : start + 1 + length
  return lines
    .slice(start + 1, end)
    .join('\n')
    .trim()
}
