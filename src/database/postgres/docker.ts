import { randomBytes } from 'node:crypto'
import { unavailable } from '../../core/errors.js'
import type { Shell } from '../../core/ports.js'
import { formatAddress } from './address.js'
import { withClient } from './client.js'

type Docker = Readonly<{ shell: Shell; env: Readonly<Record<string, string>>; signal: AbortSignal }>

/** True if a docker engine answers here. */
export async function dockerAnswers(docker: Docker): Promise<boolean> {
  try {
    return (await call(docker, ['version', '--format', '{{.Server.Version}}'], 5_000)).code === 0
  } catch {
    return false
  }
}

/** A throwaway server in a container, gone afterwards in every case. */
export async function withDockerServer<T>(
  docker: Docker & Readonly<{ image: string }>,
  work: (url: string) => Promise<T>
): Promise<T> {
  const name = `deploy-checklist-pg-${randomBytes(6).toString('hex')}`
  const password = randomBytes(18).toString('hex')
  // The value travels by environment; docker takes it over by its name alone.
  const withPassword = { ...docker, env: { ...docker.env, POSTGRES_PASSWORD: password } }
  const made = ['run', '--rm', '--detach', '--name', name, '--env', 'POSTGRES_PASSWORD', '--publish', '127.0.0.1::5432']
  const settings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off']
  try {
    const started = await call(
      withPassword,
      [...made, docker.image, ...settings.flatMap(setting => ['-c', setting])],
      300_000
    )
    if (started.code !== 0) throw notStarted(docker.image, started.stderr)
    const port = /:(\d+)\s*$/m.exec((await call(docker, ['port', name, '5432/tcp'], 10_000)).stdout)?.[1]
    const url = formatAddress({
      host: '127.0.0.1',
      port: Number(port),
      user: 'postgres',
      password,
      database: 'postgres',
      ssl: { mode: 'disable', rootCert: '', cert: '', key: '' },
      options: ''
    })
    await waitUntilUp(url, docker)
    return await work(url)
  } finally {
    await call({ ...docker, signal: AbortSignal.timeout(15_000) }, ['rm', '--force', name], 15_000).catch(() => {})
  }
}

// The image starts a first server without TCP to set itself up, so an answer over TCP is the real one's.
async function waitUntilUp(url: string, { signal }: Docker): Promise<void> {
  for (let tries = 0; ; tries += 1) {
    try {
      await withClient(url, { signal, connectTimeoutMs: 2_000 }, ({ query }) => query('SELECT 1'))
      return
    } catch (error) {
      if (tries === 120 || signal.aborted) throw error
      await new Promise(resolve => setTimeout(resolve, 500))
    }
  }
}

const call = ({ shell, env, signal }: Docker, args: readonly string[], timeoutMs: number) =>
  shell.run({ what: { argv: ['docker', ...args] }, env, folder: '/', timeoutMs, signal, onAbort: 'end' })

const notStarted = (image: string, stderr: string) =>
  unavailable(
    'service_unavailable',
    `docker did not start ${image}: ${stderr.trim().slice(0, 500)}`,
    'Mend what docker says, or give the checklist a server to try backups on (databases: …: scratch: URL).'
  )
