export const NODE_FLAGS: string
export function cliEntry(): string
export function entry(name: 'main' | 'post' | 'cli'): string
