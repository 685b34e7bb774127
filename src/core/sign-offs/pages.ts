import type { Right } from './judge.js'
import type { Signer } from './signer.js'

/** An issue in which people settle items. `author` opened it: answers by anybody else are none of ours. */
export type Page = Readonly<{
  number: number
  url: string
  title: string
  body: string
  isOpen: boolean
  author: string
  /** When it was changed last, by whomever. */
  changedAt: string
}>

/** A comment. `edited`: its text is not what was first said, and GitHub does not tell who changed it. */
export type Said = Readonly<{
  id: string
  who: string
  /** False for bots and apps. */
  isPerson: boolean
  text: string
  at: string
  url: string
  edited: boolean
}>

/**
 * Pages in the repository. Faults are ChecklistErrors. `open` and `answer` look for what they would write where it may be
 * there already, so that a lost answer or a run that is run again makes nothing twice.
 */
export interface SignOffPages {
  /** The page that bears this marker; `since` is when its execution began. */
  find(marker: string, since: string): Promise<Page | undefined>
  /** Undefined where there is no such issue any more. */
  read(issue: number): Promise<Page | undefined>
  open(draft: Readonly<{ title: string; body: string; marker: string; since: string }>): Promise<Page>
  write(
    issue: number,
    change: Readonly<{ title?: string; body?: string; close?: 'completed' | 'not_planned' }>
  ): Promise<void>
  comments(issue: number): Promise<readonly Said[]>
  /** `marker` is the first line of `text`. */
  answer(issue: number, answer: Readonly<{ text: string; marker: string }>): Promise<void>
  /** Whether `who` is whom the signer names; of what GitHub would not tell it says so. */
  right(who: string, signer: Signer): Promise<Right>
}

/** What came of asking for a run's failed jobs to be run again. */
export type Again = Readonly<{ kind: 'begun' } | { kind: 'under-way' } | { kind: 'not-asked'; why: string }>

export interface Reruns {
  /** `attempt` is the one that waits; a later one means that somebody was faster. Never rejects for what GitHub says. */
  again(runId: string, attempt: number): Promise<Again>
}
