/**
 * Something that a checklist asks less of than another one. `altered` is an item that asserts something else: nobody but
 * a person can tell whether that is less.
 */
export type Weakening = Readonly<{
  what: 'removed' | 'optional' | 'skipped' | 'without-undo' | 'longer' | 'altered' | 'rule'
  /** An item's id, or where it stands: `environments.production.window`. */
  subject: string
  /** In a few words, after the subject. */
  text: string
}>

export const rule = (subject: string, text: string): Weakening => ({ what: 'rule', subject, text })
