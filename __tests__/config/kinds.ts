import { z } from 'zod'
import type { AnyKind, Finding, Kind } from '../../src/core/item.js'

/** Small kinds of every sort that the loader has to tell apart; none of them does anything. */
const run = async (): Promise<Finding> => ({ outcome: 'pass', detail: '' })
const turn = () => 'together' as const

const command = z.strictObject({
  run: z.string('expected a command').min(1),
  env: z.record(z.string(), z.string()).optional(),
  'exit-code': z.int().optional()
})
const runKind: Kind<z.infer<typeof command>> = {
  name: 'run',
  shape: command,
  effect: 'by-stage',
  shellText: ['run'],
  turn: () => 'barrier',
  subject: spec => spec.run,
  sets: spec => Object.keys(spec.env ?? {}),
  run
}

const request = z.strictObject({
  http: z.string().regex(/^(GET|POST) \S+$/, 'expected a method and an address: GET /health'),
  status: z.array(z.int()).optional(),
  capture: z.record(z.string(), z.string()).optional(),
  json: z.record(z.string(), z.unknown()).optional(),
  body: z.unknown().optional()
})
const http: Kind<z.infer<typeof request>> = {
  name: 'http',
  shape: request,
  effect: 'check',
  polls: true,
  turn,
  subject: spec => spec.http,
  captures: spec => Object.keys(spec.capture ?? {}),
  mentions: spec => (spec.http.includes(' ~/') ? ['BASE_URL'] : []),
  run
}

const variables = z.strictObject({ env: z.union([z.string(), z.array(z.string())]) })
const env: Kind<z.infer<typeof variables>> = {
  name: 'env',
  shape: variables,
  effect: 'check',
  turn,
  subject: spec => [spec.env].flat().join(' '),
  declares: spec => [spec.env].flat(),
  run
}

const query = z.strictObject({ sql: z.string(), value: z.string().optional() })
const sql: Kind<z.infer<typeof query>> = {
  name: 'sql',
  shape: query,
  effect: 'check',
  usesDatabase: true,
  turn,
  subject: spec => spec.sql,
  vacuous: spec => (spec.value === undefined ? 'give it a value' : undefined),
  run
}

const migration = z.strictObject({ migrate: z.string(), version: z.string().optional() })
const migrate: Kind<z.infer<typeof migration>> = {
  name: 'migrate',
  shape: migration,
  effect: 'action',
  shellText: ['migrate', 'version'],
  usesDatabase: true,
  turn: () => 'alone',
  subject: spec => spec.migrate,
  run,
  undo: run
}

const copy = z.strictObject({
  backup: z.union([z.string(), z.strictObject({ files: z.array(z.string()) })]),
  keep: z.int().optional()
})
const backup: Kind<z.infer<typeof copy>> = {
  name: 'backup',
  shape: copy,
  effect: 'action',
  turn: () => 'alone',
  subject: spec => (typeof spec.backup === 'string' ? spec.backup : 'files'),
  databases: spec => (typeof spec.backup === 'string' ? [spec.backup] : []),
  run
}

const question = z.strictObject({ manual: z.string(), by: z.string().optional() })
const manual: Kind<z.infer<typeof question>> = {
  name: 'manual',
  shape: question,
  effect: 'check',
  turn: () => 'barrier',
  subject: spec => spec.manual,
  roles: spec => (spec.by === undefined ? [] : [spec.by]),
  run
}

const pause = z.strictObject({ wait: z.string() })
const wait: Kind<z.infer<typeof pause>> = {
  name: 'wait',
  shape: pause,
  effect: 'check',
  turn: () => 'barrier',
  subject: spec => spec.wait,
  run
}

const strategy = z.strictObject({
  deploy: z.enum(['direct']),
  run: z.string(),
  health: z.record(z.string(), z.unknown()).optional(),
  revision: z.record(z.string(), z.unknown()).optional()
})
const deploy: Kind<z.infer<typeof strategy>> = {
  name: 'deploy',
  shape: strategy,
  effect: 'action',
  shellText: ['run'],
  nested: ['health', 'revision'],
  turn: () => 'alone',
  subject: spec => spec.run,
  run
}

const names = z.strictObject({ tables: z.array(z.string()) })
const tables: Kind<z.infer<typeof names>> = {
  name: 'tables',
  shape: names,
  effect: 'check',
  usesDatabase: true,
  turn,
  subject: spec => spec.tables.join(' '),
  run
}

const space = z.strictObject({ disk: z.string(), free: z.string() })
const disk: Kind<z.infer<typeof space>> = {
  name: 'disk',
  shape: space,
  effect: 'check',
  turn,
  subject: spec => spec.disk,
  run
}

export const KINDS: readonly AnyKind[] = [runKind, http, env, sql, migrate, backup, manual, deploy, tables, disk, wait]
