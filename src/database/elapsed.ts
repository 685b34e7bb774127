/** Seconds between two moments of a clock that may be set back meanwhile. */
export const secondsBetween = (from: Date, to: Date): number => Math.max(0, to.getTime() - from.getTime()) / 1000
