export function sectionOf(changelog: string, version: string): string | undefined
export function unwrapped(notes: string): string
