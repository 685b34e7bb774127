import type { EnvironmentRules, WindowRules } from './checklist.js'
import { type ChecklistError, refused } from './errors.js'

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']

/** What the calendar says against deploying now, or undefined. The time zone is the window's own, daylight saving included. */
export function closedBy(
  environment: string,
  { window, freeze }: EnvironmentRules,
  now: Date
): ChecklistError | undefined {
  if (freeze !== undefined && now < endOf(freeze.until)) {
    const message = `${environment} is frozen until ${freeze.until}: ${freeze.because}`
    return refused('frozen', message, 'Wait, or change `freeze` in the checklist where somebody else can see it.')
  }
  if (window === undefined || isOpen(window, now)) return undefined
  const { day, minute } = localTime(window.zone, now)
  const message = `${environment} is open ${sayWindow(window)}; now it is ${DAYS[day - 1]} ${clock(minute)} there`
  return refused('outside_window', message, 'Wait for the window, or change `window` in the checklist.')
}

// A date alone means that its whole day is frozen, wherever it ends first is not known: take the last place on earth.
const endOf = (until: string): Date =>
  new Date(/^\d{4}-\d{2}-\d{2}$/.test(until) ? `${until}T23:59:59.999-12:00` : until)

export function isOpen({ days, fromMinute, toMinute, zone }: WindowRules, now: Date): boolean {
  const { day, minute } = localTime(zone, now)
  if (fromMinute < toMinute) return days.includes(day) && minute >= fromMinute && minute < toMinute
  // Over midnight: the day is the one on which the window opened.
  const yesterday = day === 1 ? 7 : day - 1
  return (days.includes(day) && minute >= fromMinute) || (days.includes(yesterday) && minute < toMinute)
}

function localTime(zone: string, now: Date): Readonly<{ day: number; minute: number }> {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23'
  })
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]))
  return { day: DAYS.indexOf(parts['weekday'] ?? '') + 1, minute: Number(parts['hour']) * 60 + Number(parts['minute']) }
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

const sayWindow = ({ days, fromMinute, toMinute, zone }: WindowRules): string =>
  `${days.map(day => DAYS[day - 1]).join(', ')} from ${clock(fromMinute)} to ${clock(toMinute)} (${zone})`
