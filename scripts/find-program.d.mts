export const cacheBin: string
export function findProgram(name: string): string | undefined
