import { refused } from '../../core/errors.js'

export const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
export type SslMode = (typeof SSL_MODES)[number]

/** Where a database is and who asks, read out of a URL once, for the driver and for libpq's programs alike. */
export type Address = Readonly<{
  /** A name, an IP address, or the folder of a unix socket. */
  host: string
  port: number
  /** Empty: the name of the user whose process this is, as libpq does it. */
  user: string
  /** Empty: none, or one of a passfile. */
  password: string
  database: string
  ssl: Readonly<{ mode: SslMode; rootCert: string; cert: string; key: string }>
  /** Server settings for the session, as in `-c work_mem=64MB`; empty when there are none. */
  options: string
}>

const HINT =
  'Write it as postgresql://USER:PASSWORD@HOST:5432/DATABASE, with characters such as @ or / in the password percent-encoded.'

/** Parses `postgres://`, `postgresql://` and the `postgresql+driver://` of SQLAlchemy. Never repeats any part of the URL. */
export function parseAddress(text: string): Address {
  const url = urlOf(text)
  const asked = url.searchParams
  const host = asked.get('host') ?? decode(url.hostname).replace(/^\[(.*)\]$/, '$1')
  if (host.includes(',')) throw notAnAddress('names several hosts', 'Name the one host that accepts writes.')
  const user = asked.get('user') ?? decode(url.username)
  const database = asked.get('dbname') ?? decode(url.pathname.slice(1))
  return {
    host: host === '' ? 'localhost' : host,
    port: Number(asked.get('port') ?? (url.port === '' ? 5432 : url.port)),
    user,
    password: asked.get('password') ?? decode(url.password),
    database: database === '' ? user : database,
    ssl: sslOf(asked),
    options: asked.get('options') ?? ''
  }
}

/** With libpq's own password where the URL has none: the driver and libpq's programs are to ask with the same one. */
export const withPassword = (address: Address, env: Readonly<Record<string, string>>): Address =>
  address.password === '' ? { ...address, password: env['PGPASSWORD'] ?? '' } : address

/** The same server and user, another database. */
export const inDatabase = (address: Address, database: string): Address => ({ ...address, database })

/** Back to a URL, for what is handed to commands by environment. Holds the password. */
export function formatAddress({ host, port, user, password, database, ssl, options }: Address): string {
  const socket = host.startsWith('/')
  const login = `${encodeURIComponent(user)}${password === '' ? '' : `:${encodeURIComponent(password)}`}`
  const asked = new URLSearchParams()
  if (socket) asked.set('host', host)
  if (ssl.mode !== 'prefer') asked.set('sslmode', ssl.mode)
  if (ssl.rootCert !== '') asked.set('sslrootcert', ssl.rootCert)
  if (ssl.cert !== '') asked.set('sslcert', ssl.cert)
  if (ssl.key !== '') asked.set('sslkey', ssl.key)
  if (options !== '') asked.set('options', options)
  const where = socket ? 'localhost' : host.includes(':') ? `[${host}]` : host
  // libpq reads %20 as a space and leaves + alone.
  const query = asked.size === 0 ? '' : `?${asked.toString().replaceAll('+', '%20')}`
  return `postgresql://${login}${login === '' ? '' : '@'}${where}:${port}/${encodeURIComponent(database)}${query}`
}

/** Words for messages, without user and password. */
export const nameOf = ({ host, port, database }: Address): string =>
  `${database} at ${host}${host.startsWith('/') || port === 5432 ? '' : `:${port}`}`

/** What libpq's programs read instead of arguments, so that nothing of it stands in a command line. */
export function libpqEnv({ host, port, user, password, database, ssl, options }: Address): Record<string, string> {
  const set = Object.entries({
    PGHOST: host,
    PGPORT: String(port),
    PGUSER: user,
    PGPASSWORD: password,
    PGDATABASE: database,
    PGSSLMODE: ssl.mode,
    PGSSLROOTCERT: ssl.rootCert,
    PGSSLCERT: ssl.cert,
    PGSSLKEY: ssl.key,
    PGOPTIONS: options,
    PGAPPNAME: 'deploy-checklist',
    PGCONNECT_TIMEOUT: '10'
  }).filter(([, value]) => value !== '')
  return Object.fromEntries(set)
}

function urlOf(text: string): URL {
  const scheme = /^postgres(ql)?(\+[a-z0-9_]+)?:\/\//i.exec(text.trim())
  if (scheme === null) throw notAnAddress('does not begin with postgresql://')
  try {
    // An http URL, because for other schemes the parser leaves host names and ports unchecked.
    const rest = text.trim().slice(scheme[0].length)
    return new URL(`http://${rest.replace(/^([^/?]*@)?(?=[/?]|$)/, '$1localhost')}`)
  } catch {
    throw notAnAddress('cannot be read')
  }
}

function sslOf(asked: URLSearchParams): Address['ssl'] {
  const mode = asked.get('sslmode') ?? 'prefer'
  const known = SSL_MODES.find(name => name === mode)
  if (known === undefined) throw notAnAddress(`has an sslmode that is none of ${SSL_MODES.join(', ')}`)
  return {
    mode: known,
    rootCert: asked.get('sslrootcert') ?? '',
    cert: asked.get('sslcert') ?? '',
    key: asked.get('sslkey') ?? ''
  }
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    throw notAnAddress('has a % that encodes nothing')
  }
}

const notAnAddress = (problem: string, hint = HINT) => refused('usage', `the database URL ${problem}`, hint)
