export function entry(name: 'main' | 'post' | 'cli'): string
