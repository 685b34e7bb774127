import type { InputSpec } from '../src/core/surface.js'

type Texts = Readonly<Record<string, string>>
type Surface = Readonly<{ INPUTS: Readonly<Record<string, InputSpec>>; OUTPUTS: Texts }>

export function withTables(readme: string, surface: Surface): string
export function withMeanings(page: string, surface: Readonly<{ REASONS: Texts }>): string
export function withSurface(manifest: string, surface: Surface, kind: Readonly<{ composite: boolean }>): string
