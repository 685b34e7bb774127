import { readFileSync } from 'node:fs'

/**
 * Key and certificate that protect nothing: `self-signed` for 127.0.0.1 and localhost, `other-host` for other.example,
 * `expired` since 2020.
 */
export function pair(name: 'self-signed' | 'other-host' | 'expired'): Readonly<{ key: string; cert: string }> {
  const read = (ending: string) => readFileSync(new URL(`certificates/${name}.${ending}`, import.meta.url), 'utf8')
  return { key: read('key'), cert: read('pem') }
}
