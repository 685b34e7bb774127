/** As GitHub compares its users: whatever their case, and @alice is alice. */
export const isSameLogin = (one: string, other: string): boolean => loginOf(one) === loginOf(other)

const loginOf = (name: string): string => name.replace(/^@/, '').toLowerCase()
