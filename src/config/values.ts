import { z } from 'zod'
import { parseDuration } from '../core/units.js'
import { describe, looksSecret } from './wording.js'

/** What a name that may be written as `${NAME}` looks like: a variable of the environment. */
export const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/

export const text = (expected: string) => z.string(`expected ${expected}`).min(1, `expected ${expected}`)

const DURATION = 'a duration such as 200ms, 30s, 5m, 2h or 1d'

/** A duration as it was written. */
export const durationText = () =>
  z.string(`expected ${DURATION}`).refine(value => parseDuration(value) !== undefined, `expected ${DURATION}`)

/** A duration in milliseconds. */
export const duration = () => durationText().transform(value => parseDuration(value) ?? 0)

export const positiveDuration = () => duration().refine(ms => ms > 0, `expected ${DURATION}, more than nothing`)

/** The name of something that the checklist declares, and that items call by it. */
export const label = (expected: string) =>
  z
    .string(`expected ${expected}`)
    .regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u, `expected ${expected}: letters, digits, - _ .`)

/** The name of a secret; a value that somebody put there instead is not repeated. */
export const secretName = () =>
  z.string("expected a secret's name").superRefine((value, context) => {
    if (NAME.test(value) && !looksSecret(value)) return
    const shown =
      looksSecret(value) || value.length > 40 || /[=:/]/.test(value) ? 'what looks like a value' : describe(value)
    const message = `expected a secret's name such as DATABASE_URL, found ${shown}; the value belongs in the environment`
    context.addIssue({ code: 'custom', message })
  })

/** Text of a checklist that everybody may read, so that it must not be a secret. */
export const openText = (expected: string) =>
  z.string(`expected ${expected}`).superRefine((value, context) => {
    if (!looksSecret(value)) return
    const message = `expected ${expected}, found what looks like a secret; declare its name under secrets and write \${NAME}`
    context.addIssue({ code: 'custom', message })
  })
