/** What a notifier can be told of. `waiting` needs a person, `failure` may; `escalation` says that nobody has reacted. */
export const NOTICE_KINDS = ['start', 'waiting', 'success', 'failure', 'rollback', 'escalation'] as const
export type NoticeKind = (typeof NOTICE_KINDS)[number]

/** What its first line begins with, wherever it is read. */
export const SIGNS: Readonly<Record<NoticeKind, string>> = {
  start: '▶️',
  waiting: '⏳',
  success: '✅',
  failure: '❌',
  rollback: '↩️',
  escalation: '🔔'
}

/** Somebody to tell, as the checklist has it: before interpolation, so that it can be kept where everybody reads. */
export type NotifyRule = Readonly<{
  to: Destination
  on: readonly NoticeKind[]
  /** How long nobody may have reacted before an escalation, in milliseconds. */
  afterMs: number
  /** Only for deployments to these; absent: to all. */
  environments?: readonly string[]
}>

export type Destination =
  | Readonly<{ kind: 'slack'; url: string }>
  | Readonly<{ kind: 'webhook'; url: string; secret?: string }>
  | Readonly<{ kind: 'email'; to: readonly string[]; from: string; server: string }>
  | Readonly<{ kind: 'issue-comment'; issue: number }>

/**
 * One message, the same for whoever is told; every text of it is redacted. `key` is the same for the same transition of
 * the same execution, so that a receiver can tell that it has it already.
 */
export type Message = Readonly<{
  format: 1
  key: string
  kind: NoticeKind
  /** ISO 8601 in UTC: when it happened, which may be before it was told. */
  at: string
  /** One line: where, what, how it stands, who has to act. */
  headline: string
  repository: string
  checklist: string
  environment: string
  commit: string
  release: string
  status: string
  reason: string
  /** Who has to act, in words; empty when nobody has to. */
  who: string
  /** What was found; empty when all is well. */
  why: string
  /** Who or what started it: `alice (push)`. */
  startedBy: string
  execution: string
  /** What a person does next, most urgent first, whole sentences. */
  next: readonly string[]
  rollbackCommand: string
  /** Addresses to look at, each with what is there. */
  links: readonly Readonly<{ label: string; url: string }>[]
}>

/**
 * Tells one message somewhere. Resolves when the other side has taken it; rejects (ChecklistError) with what to mend,
 * never with an address beyond its host, never with a secret. Ends by itself once `signal` aborts, and never tells twice
 * what may not be told twice.
 */
export interface Notifier {
  tell(message: Message, signal: AbortSignal): Promise<void>
}

/** What could not be told, for who reads the log or the summary. */
export type Untold = Readonly<{ to: string; kind: NoticeKind; problem: string; hint: string }>

/** A name for messages, without anything secret: `slack`, `email to ops@example.com`, `issue 42`. */
export function nameOfDestination(to: Destination): string {
  switch (to.kind) {
    case 'slack':
      return 'slack'
    case 'webhook':
      return `webhook ${hostOf(to.url)}`.trim()
    case 'email':
      return `email to ${to.to.join(', ')}`
    case 'issue-comment':
      return `issue ${to.issue}`
  }
}

// Path and query of a webhook's address may be what keeps others out.
const hostOf = (url: string): string => /^https?:\/\/(?:[^/?#@]*@)?([^/?#]+)/.exec(url)?.[1] ?? ''

export const toldOf = (rule: NotifyRule, environment: string): boolean =>
  rule.environments === undefined || rule.environments.includes(environment)
