import { namesIn } from '../core/interpolate.js'

type Values = Readonly<Record<string, string>>
type Place = 'code' | 'literal' | 'name' | 'else'

// What can follow where no literal is open: comments, quoted names, dollar quotes, literals (with E, which reads
// backslashes), a name of ours, and any other character.
const PIECES =
  /(--[^\n]*|\/\*.*?\*\/|\$([A-Za-z_]\w*)?\$.*?\$\2\$|\b[eE]'(?:[^'\\]|\\.|'')*')|('(?:[^']|'')*')|("(?:[^"]|"")*")|(\$\{[^}]*\})|./gs

/**
 * The statement with each `${NAME}` filled in as a value, never as code: where it stands free it becomes a quoted
 * literal, inside quotes its own quotes are doubled. Or what is wrong, without any value.
 */
export function fillSql(sql: string, values: Values): Readonly<{ sql: string } | { problem: string }> {
  const names = [...new Set(namesIn(sql).map(({ name }) => name))]
  const missing = names.filter(name => !Object.hasOwn(values, name))
  if (missing.length > 0) return { problem: `no value for ${missing.join(', ')}` }
  const problems: string[] = []
  const fill = (piece: string, place: Place): string =>
    piece.replace(/\$\{([^}]*)\}/g, (whole, name: string) => {
      const quoted = quote(values[name] ?? '', place)
      if (quoted === undefined) problems.push(name)
      return quoted ?? whole
    })
  const filled = sql.replace(PIECES, (piece, other, _tag, literal, name, free) => {
    if (other !== undefined) return piece.startsWith('-') || piece.startsWith('/') ? piece : fill(piece, 'else')
    if (literal !== undefined) return fill(piece, 'literal')
    if (name !== undefined) return fill(piece, 'name')
    return free === undefined ? piece : fill(piece, 'code')
  })
  if (problems.length === 0) return { sql: filled }
  return { problem: `the value of ${problems.join(', ')} cannot stand inside these quotes; write it without any` }
}

function quote(value: string, place: Place): string | undefined {
  const doubled = value.replaceAll("'", "''")
  // Whether a backslash means itself is a setting of the server, unless E says so.
  const backslash = value.includes('\\')
  switch (place) {
    case 'code':
      return backslash ? ` E'${doubled.replaceAll('\\', '\\\\')}'` : `'${doubled}'`
    case 'literal':
      return backslash ? undefined : doubled
    case 'name':
      return value.replaceAll('"', '""')
    case 'else':
      return undefined
  }
}

/** A text as a literal of SQL. */
export const literal = (text: string): string => quote(text, 'code') ?? ''
