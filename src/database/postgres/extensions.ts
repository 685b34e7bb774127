import type { Extension } from './source.js'

/**
 * What a server can create, by name, with the version that it would be: CREATE EXTENSION as a dump writes it names none,
 * so the default one counts. Undefined where the version is not known.
 */
export type Offered = ReadonlyMap<string, string | undefined>

/** An extension that is not offered (`found` is undefined), or only older than the database has it. */
export type Lacking = Extension & Readonly<{ found: string | undefined }>

/**
 * Extensions that a dump would ask for in vain. A newer one takes a dump of an older one; an older one may lack what the
 * database uses. The third number and what follows it are mended faults, and no reason to refuse.
 */
export const lackingExtensions = (needed: readonly Extension[], offered: Offered): readonly Lacking[] =>
  needed
    .filter(({ name, version }) => !offered.has(name) || isOlder(offered.get(name), version))
    .map(extension => ({ ...extension, found: offered.get(extension.name) }))

/** What was expected and what was found, one after another: `postgis 3.4.2 (found 3.1.0), vector 0.7.0 (found none)`. */
export const describeLacking = (lacking: readonly Lacking[]): string =>
  lacking.map(({ name, version, found }) => `${name} ${version} (found ${found ?? 'none'})`).join(', ')

// Versions are any text to PostgreSQL. What does not begin with a number cannot be said to be older.
function isOlder(found: string | undefined, needed: string): boolean {
  const [a, b] = [release(found ?? ''), release(needed)]
  if (a === undefined || b === undefined) return false
  return a.major < b.major || (a.major === b.major && a.minor < b.minor)
}

function release(version: string): Readonly<{ major: number; minor: number }> | undefined {
  const [, major, minor = '0'] = /^(\d+)(?:\.(\d+))?/.exec(version) ?? []
  return major === undefined ? undefined : { major: Number(major), minor: Number(minor) }
}

/** `default_version` of a control file, whose syntax is the one of postgresql.conf; the last one holds. */
export function defaultVersionIn(control: string): string | undefined {
  const found = [...control.matchAll(/^\s*default_version\s*=?\s*(?:'((?:[^'\n]|'')*)'|([^\s'#]+))/gm)].at(-1)
  return (found?.[1] ?? found?.[2])?.replaceAll("''", "'")
}

const LAST_KNOWN_MAJOR = 18

// Of PostgreSQL's own; a number is the last major that had it.
const CONTRIB: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    `amcheck autoinc bloom btree_gin btree_gist citext cube dblink dict_int dict_xsyn earthdistance file_fdw fuzzystrmatch
    hstore insert_username intagg intarray isn lo ltree moddatetime pageinspect pg_buffercache pg_freespacemap
    pg_logicalinspect pg_prewarm pg_stat_statements pg_surgery pg_trgm pg_visibility pg_walinspect pgcrypto pgrowlocks
    pgstattuple plpgsql postgres_fdw refint seg sslinfo tablefunc tcn tsm_system_rows tsm_system_time unaccent uuid-ossp
    xml2`
      .split(/\s+/)
      .map(name => [name, LAST_KNOWN_MAJOR])
  ),
  adminpack: 16,
  old_snapshot: 16,
  timetravel: 11
}

/**
 * What the official image of that major offers: only what PostgreSQL brings along, and none of its languages but
 * plpgsql (https://github.com/docker-library/postgres installs the one package). Undefined for a major that came later
 * than this list. Which of them is newer than the source does not matter, since the image is never older.
 */
export function offeredByImage(major: number): Offered | undefined {
  if (major > LAST_KNOWN_MAJOR) return undefined
  const names = Object.entries(CONTRIB).filter(([, last]) => major <= last)
  return new Map(names.map(([name]) => [name, undefined]))
}
