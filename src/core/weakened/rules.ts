import type { EnvironmentRules, GateRules, WindowRules } from '../checklist.js'
import { isCovered } from '../gate/branch-pattern.js'
import { formatDuration } from '../units.js'
import { rule, type Weakening } from './weakening.js'

/** What an environment asks less of; `at` is where its rules stand in the checklist. */
export const rulesWeakened = (was: EnvironmentRules, is: EnvironmentRules, at: string): readonly Weakening[] => [
  ...gateWeakened(was.gate, is.gate, `${at}.gate`),
  ...windowWeakened(was.window, is.window, `${at}.window`),
  ...freezeWeakened(was.freeze, is.freeze, `${at}.freeze`),
  ...afterWeakened(was.after, is.after, `${at}.after`),
  ...ciWeakened(was.ci, is.ci, `${at}.ci`),
  ...newestWeakened(was, is, `${at}.newest`),
  ...((is.maxAgeMs ?? HOUR_MS) > (was.maxAgeMs ?? HOUR_MS) ? [rule(`${at}.max-age`, 'is longer')] : [])
]

const HOUR_MS = 3_600_000
const STRENGTH = { required: 2, 'sign-off': 1, none: 0 } as const

function gateWeakened(was: GateRules | undefined, is: GateRules | undefined, at: string): readonly Weakening[] {
  if (was === undefined) return []
  if (is === undefined) return [rule(at, 'is gone')]
  const before = was.reviewers ?? 'none'
  const now = is.reviewers ?? 'none'
  return [
    ...(STRENGTH[now] < STRENGTH[before] ? [rule(`${at}.reviewers`, `is ${now}, it was ${before}`)] : []),
    ...(was.preventSelfReview && !is.preventSelfReview ? [rule(`${at}.prevent-self-review`, 'is gone')] : []),
    ...(was.preventAdminBypass && !is.preventAdminBypass ? [rule(`${at}.prevent-admin-bypass`, 'is gone')] : []),
    ...((is.waitMs ?? 0) < (was.waitMs ?? 0)
      ? [rule(`${at}.wait`, is.waitMs === undefined ? 'is gone' : `is only ${formatDuration(is.waitMs)}`)]
      : []),
    ...branchesWeakened(was.branches, is.branches, `${at}.branches`)
  ]
}

function branchesWeakened(
  was: readonly string[] | undefined,
  is: readonly string[] | undefined,
  at: string
): readonly Weakening[] {
  if (was === undefined) return []
  if (is === undefined) return [rule(at, 'is gone')]
  const added = is.filter(pattern => !isCovered(pattern, was))
  return added.length === 0 ? [] : [rule(at, `lets in ${added.join(', ')} too`)]
}

function windowWeakened(was: WindowRules | undefined, is: WindowRules | undefined, at: string): readonly Weakening[] {
  if (was === undefined) return []
  if (is === undefined) return [rule(at, 'is removed')]
  if (was.zone !== is.zone) return [rule(at, `is of ${is.zone}, it was of ${was.zone}`)]
  const before = new Set(minutesOf(was))
  return minutesOf(is).every(minute => before.has(minute)) ? [] : [rule(at, 'is wider')]
}

const DAY = 1440

/** Minutes of the week in which it is open; over midnight it goes on into the next day. */
const minutesOf = ({ days, fromMinute, toMinute }: WindowRules): readonly number[] =>
  days.flatMap(day => {
    const length = (toMinute - fromMinute + DAY) % DAY || DAY
    return Array.from({ length }, (_, index) => ((day - 1) * DAY + fromMinute + index) % (7 * DAY))
  })

function freezeWeakened(
  was: EnvironmentRules['freeze'],
  is: EnvironmentRules['freeze'],
  at: string
): readonly Weakening[] {
  if (was === undefined || is?.until === was.until) return []
  if (is === undefined) return [rule(at, 'is gone')]
  return Date.parse(is.until) < Date.parse(was.until) ? [rule(at, `ends ${is.until}, it ended ${was.until}`)] : []
}

function afterWeakened(was: string | undefined, is: string | undefined, at: string): readonly Weakening[] {
  if (was === undefined || was === is) return []
  return [rule(at, is === undefined ? 'is gone' : `is ${is}, it was ${was}`)]
}

function ciWeakened(was: EnvironmentRules['ci'], is: EnvironmentRules['ci'], at: string): readonly Weakening[] {
  if (was === undefined || is === 'green') return []
  if (is === undefined) return [rule(at, 'is gone')]
  if (was === 'if-any' && is === 'if-any') return []
  if (typeof was === 'string') return [rule(at, `is ${sayCi(is)}, it was ${was}`)]
  const lost = typeof is === 'string' ? was : was.filter(name => !is.includes(name))
  return lost.length === 0 ? [] : [rule(at, `does not ask for ${lost.join(', ')} any more`)]
}

const sayCi = (ci: NonNullable<EnvironmentRules['ci']>): string => (typeof ci === 'string' ? ci : ci.join(', '))

/** By default it is asked where there is a gate. */
function newestWeakened(was: EnvironmentRules, is: EnvironmentRules, at: string): readonly Weakening[] {
  const asks = ({ newest, gate }: EnvironmentRules) => newest ?? gate !== undefined
  // A gate that is gone is told already.
  if (is.newest === undefined && is.gate === undefined && was.newest === undefined) return []
  return asks(was) && !asks(is) ? [rule(at, 'is not asked any more')] : []
}
