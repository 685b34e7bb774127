import { readFile } from 'node:fs/promises'
import type { ConnectionOptions } from 'node:tls'
import type { Address } from './address.js'
import { wordsOf } from './faults.js'

/** What to try in this order, false for a plain connection. */
export async function tlsAttempts({ host, ssl }: Address): Promise<readonly (ConnectionOptions | false)[]> {
  if (ssl.mode === 'disable' || host.startsWith('/')) return [false]
  const read = async (path: string) => (path === '' || path === 'system' ? undefined : await readFile(path, 'utf8'))
  const [ca, cert, key] = [await read(ssl.rootCert), await read(ssl.cert), await read(ssl.key)]
  const files = { ...(ca && { ca }), ...(cert && { cert }), ...(key && { key }) }
  // As libpq: only the verify modes look at the certificate, and only verify-full at the name in it.
  if (ssl.mode === 'verify-full') return [{ ...files, rejectUnauthorized: true }]
  if (ssl.mode === 'verify-ca') return [{ ...files, rejectUnauthorized: true, checkServerIdentity: () => undefined }]
  const unverified = { ...files, rejectUnauthorized: false }
  if (ssl.mode === 'require') return [unverified]
  return ssl.mode === 'allow' || isLoopback(host) ? [false, unverified] : [unverified, false]
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || host.startsWith('127.')

// No TLS on the server, or none for plain ones in its pg_hba.conf: the two answers that another attempt may mend.
export function isAboutTls(error: unknown): boolean {
  return /does not support SSL|no encryption|SSL off/.test(wordsOf(error))
}
