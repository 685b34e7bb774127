import type { Deployments } from '../core/deployments/deployment.js'
import type { Event } from '../core/events.js'
import type { Evidence } from '../core/evidence.js'
import type { ExecutionRecord } from '../core/execution.js'
import type { AnyKind } from '../core/item.js'
import type {
  Clock,
  DefaultBranch,
  Gate,
  GateKeeper,
  Interview,
  Ledger,
  Leftovers,
  Liveness,
  Redactor,
  Repository,
  Shell
} from '../core/ports.js'
import type { Terminal } from '../terminal/terminal.js'
import type { SignOffs } from './front.js'
import type { Actions, Host } from './host.js'
import type { Identity } from './identity.js'
import type { Herald } from './notify-herald.js'
import type { OnGitHub } from './on-github.js'
import type { Clerk } from './sign-clerk.js'

/** Everything that a command works with, wired once (app.ts). What costs time to open is a function. */
export type Shop = Readonly<{
  host: Host
  actions: Actions | undefined
  clock: Clock
  kinds: readonly AnyKind[]
  shell: Shell
  redactor: Redactor
  repository: Repository
  liveness: Liveness
  leftovers: Leftovers
  interview: Interview
  gate: Gate
  /** Absent where this run has no GitHub to ask. */
  defaultBranch?: DefaultBranch
  gateKeeper?: GateKeeper
  onGitHub?: OnGitHub
  /** GitHub's deployments; absent where there is no GitHub to tell. */
  deployments?: Deployments
  signOffs?: SignOffs
  /** Asks people on GitHub; absent where this run has no GitHub to ask. */
  clerk?: Clerk
  /** Tells people how it goes. */
  herald: Herald
  terminal: Terminal
  /** Events of this process with all their words, which a ledger that everybody can read does not keep. */
  told: Event[]
  /** Notes that this process has given: each is worth one line. */
  noted: Set<string>
  /** What this process could not tell GitHub, in words for the result. */
  missedDeployments: string[]
  /** What this process has seen of the world around while it asked whether to deploy. */
  seen: { -readonly [Part in keyof Evidence]: Evidence[Part] }
  signal: AbortSignal
  identity(): Promise<Identity>
  /** The ledger that the request names; opened once, closed by the entry. */
  ledger(): Promise<Ledger>
  /** Which database keeps the ledger, where one does. */
  ledgerDatabase(): Promise<Readonly<{ systemIdentifier: string; databaseOid: number }> | undefined>
  /** Makes a value known as a secret to us and to the runner. */
  mask(value: string): void
  /** The execution that this process works for, once there is one: outputs name it whatever ends the process. */
  opened(record: ExecutionRecord): void
}>
