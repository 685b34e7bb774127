import type { Clock, Http, Interview, Shell, Sql, Tcp } from '../core/ports.js'

/** What the kinds of this folder are given. */
export type CheckPorts = Readonly<{
  clock: Clock
  shell: Shell
  http: Http
  tcp: Tcp
  sql: Sql
  interview: Interview
  /** The environment that commands inherit, without our own inputs. */
  baseEnv: Readonly<Record<string, string>>
}>
