/**
 * A dump of a schema without what differs between two dumps of one: comments, settings of the session, and the random
 * token that newer pg_dumps write around their text.
 */
export const normalizeSchema = (dump: string): string =>
  dump
    .split('\n')
    .filter(line => !/^(--|$|SET |SELECT pg_catalog\.set_config|\\(un)?restrict)/.test(line))
    .join('\n')

/** Statements that only one of two schemas has, by their first line, as `copy lacks: CREATE TABLE app.users (`. */
export function compareSchemas(source: string, copy: string): readonly string[] {
  if (source === copy) return []
  const [theirs, ours] = [statementsOf(source), statementsOf(copy)]
  const lacking = theirs.filter(statement => !ours.includes(statement)).map(text => `the copy lacks: ${headOf(text)}`)
  const added = ours.filter(statement => !theirs.includes(statement)).map(text => `only in the copy: ${headOf(text)}`)
  return lacking.length + added.length > 0 ? [...lacking, ...added] : ['the schemas differ in their order']
}

const statementsOf = (schema: string): readonly string[] => schema.split(/(?<=;)\n/)
const headOf = (statement: string): string => (statement.trim().split('\n')[0] ?? '').slice(0, 120)
