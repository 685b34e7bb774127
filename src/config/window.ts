import { z } from 'zod'
import type { WindowRules } from '../core/checklist.js'
import { text } from './values.js'
import { describe } from './wording.js'

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']
const DAYS_EXAMPLE = 'days such as mon-thu or [mon, wed]'
const HOURS_EXAMPLE = 'hours such as "09:00-16:00"'

/** ISO numbers (1 = Monday), ascending, of `mon-thu`, `fri-mon` or `mon`; undefined for anything else. */
export function parseDays(written: string): readonly number[] | undefined {
  const [from = '', to = from, ...more] = written
    .trim()
    .toLowerCase()
    .split(/\s*-\s*/)
  const [first, last] = [DAYS.indexOf(from), DAYS.indexOf(to)]
  if (first < 0 || last < 0 || more.length > 0) return undefined
  const count = ((last - first + DAYS.length) % DAYS.length) + 1
  return Array.from({ length: count }, (_, step) => ((first + step) % DAYS.length) + 1)
}

/** Minutes since midnight of `09:00-16:00`, or over midnight of `22:00-02:00`; the end may be 24:00. */
export function parseHours(written: string): Readonly<{ from: number; to: number }> | undefined {
  const [, ...parts] = /^\s*(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)\s*$/.exec(written) ?? []
  const [fromHour = 99, fromMinute = 99, toHour = 99, toMinute = 99] = parts.map(Number)
  const [from, to] = [fromHour * 60 + fromMinute, toHour * 60 + toMinute]
  return fromMinute < 60 && toMinute < 60 && from < 24 * 60 && to <= 24 * 60 && from !== to ? { from, to } : undefined
}

/** Whether the runtime knows the time zone by this IANA name. */
export function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch {
    return false
  }
}

/** A day (`2026-12-27`) or a moment with its offset (`2026-12-27T08:00:00Z`) that exists. */
export function isMoment(written: string): boolean {
  const [, day] = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d))?$/.exec(written) ?? []
  if (day === undefined || Number.isNaN(Date.parse(written))) return false
  return new Date(`${day}T00:00:00Z`).toISOString().startsWith(day)
}

const dayRange = () => z.string(`expected ${DAYS_EXAMPLE}`)

const days = z.union([dayRange(), z.array(dayRange())], `expected ${DAYS_EXAMPLE}`).transform((written, context) => {
  const ranges = [written]
    .flat()
    .flatMap(range => range.split(','))
    .map(parseDays)
  if (ranges.length === 0 || ranges.includes(undefined)) {
    context.addIssue(`expected ${DAYS_EXAMPLE}, found ${describe([written].flat().join(', '))}`)
  }
  return [...new Set(ranges.flatMap(range => range ?? []))].toSorted((one, other) => one - other)
})

const hours = z.string(`expected ${HOURS_EXAMPLE}`).transform((written, context) => {
  const parsed = parseHours(written)
  if (parsed === undefined) context.addIssue(`expected ${HOURS_EXAMPLE}, found ${describe(written)}`)
  return parsed ?? { from: 0, to: 0 }
})

export const windowShape = z
  .strictObject({
    days: days.optional().describe('Days of the week: `mon-thu`, `[mon, wed]`. Default: every day.'),
    hours: hours
      .optional()
      .describe('From and to, `"09:00-16:00"`; the end is no longer part of it. Default: all day.'),
    zone: text('a time zone such as Europe/Berlin')
      .refine(isZone, 'expected a time zone such as Europe/Berlin')
      .describe('Time zone of days and hours, by its IANA name.')
  })
  .refine(
    ({ days: some, hours: part }) => some !== undefined || part !== undefined,
    'expected days or hours, found neither'
  )
  .transform(
    ({ days: some, hours: part, zone }): WindowRules => ({
      days: some ?? [1, 2, 3, 4, 5, 6, 7],
      fromMinute: part?.from ?? 0,
      toMinute: part?.to ?? 24 * 60,
      zone
    })
  )

export const freezeShape = z.strictObject({
  until: z
    .string('expected a day such as 2026-12-27')
    .refine(isMoment, 'expected a day such as 2026-12-27, or a moment such as 2026-12-27T08:00:00Z')
    .describe('The last day that is frozen, in every time zone, or the moment from which it is not.'),
  because: text('a reason').describe('Why, for whoever is refused.')
})
