/**
 * The line such that the runner of GitHub Actions reads no command in it. The runner takes `::name …::` after any white
 * space at the start of a line, and `##[name …]` anywhere (actions/runner, ActionCommand.cs). Done twice it does nothing
 * more. Line ends do not belong into the line: the runner counts a lone CR as one.
 */
export const harmless = (line: string): string =>
  line.replace(/^([\s\u0085\u180e\u200b]*):(?=:)/, '$1: ').replaceAll('##[', '# #[')

/** What a line masks: the value, and whether the line is nothing but that command, so that nobody needs to see it. */
export type Mask = Readonly<{ value: string; isCommand: boolean }>

/**
 * `::add-mask::VALUE` and `##[add-mask]VALUE`, by which programs say what must not be shown. Seen inside a line as well,
 * since a shell that traces its commands shows it there before it is said.
 */
export function maskIn(line: string): Mask | undefined {
  const modern = /^(.*?)::add-mask(?: [^:]*)?::(.*)$/is.exec(line)
  if (modern !== null) {
    const value = unescaped(modern[2] ?? '', { '%0D': '\r', '%0A': '\n' })
    return { value, isCommand: modern[1]?.trim() === '' }
  }
  const old = /^(.*?)##\[add-mask[^\]]*\](.*)$/is.exec(line)
  if (old === null) return undefined
  return { value: unescaped(old[2] ?? '', { '%3B': ';', '%0D': '\r', '%0A': '\n', '%5D': ']' }), isCommand: true }
}

function unescaped(text: string, codes: Readonly<Record<string, string>>): string {
  let plain = text
  for (const [code, symbol] of Object.entries(codes)) plain = plain.replaceAll(new RegExp(code, 'gi'), symbol)
  return plain.replaceAll('%25', '%').trim()
}
