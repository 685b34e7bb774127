/** How things stand: the tree, the remote's tags and branches, what GitHub has of this release. */
export type Facts = Readonly<{
  /** What is asked for, as it was said. */
  tag: string
  /** What is checked out here. */
  commit: string
  packageVersion: string
  changelog: string
  /** Tracked files that are not as they were committed. */
  changed: readonly string[]
  dist:
    | Readonly<{ kind: 'equal' }>
    | Readonly<{ kind: 'differs'; files: readonly string[] }>
    | Readonly<{ kind: 'unknown'; why: string; hint: string }>
  /** The default branch, and whether it contains `commit`. */
  branch: string
  onBranch: boolean
  /** The commit at which the tag stands at the remote. */
  tagged: string | undefined
  release: Release | undefined
  /** What the release has to hold. */
  assets: readonly (Asset & Readonly<{ file: string }>)[]
  /** The tags of all published releases, this one too if it is. */
  published: readonly string[]
  /** By name (`v1`): where such a tag stands (`ref` differs where it has a message), the other tags there, whether
   * `commit` contains it. */
  moving: Readonly<Record<string, Readonly<{ commit: string; ref: string; tags: readonly string[]; behind: boolean }>>>
}>
export type Asset = Readonly<{ name: string; digest: string }>
export type Release = Readonly<{
  id: number
  draft: boolean
  immutable: boolean
  assets: readonly (Asset & Readonly<{ state: string }>)[]
}>

export type Refusal = Readonly<{ expected: string; found: string; hint: string }>
type Described = Readonly<{ notes: string; prerelease: boolean }>
export type Step =
  | Readonly<{ do: 'tag'; tag: string; commit: string }>
  | (Readonly<{ do: 'draft'; tag: string }> & Described)
  | Readonly<{ do: 'upload'; tag: string; files: readonly string[] }>
  | (Readonly<{ do: 'publish'; tag: string; id: number; latest: boolean }> & Described)
  | Readonly<{ do: 'move'; tag: string; from: string | undefined; commit: string }>
  | Readonly<{ do: 'done'; why: string }>

export function refusals(facts: Facts): readonly Refusal[]
export function nextStep(facts: Facts): Step
export function stepsFrom(facts: Facts): readonly Step[]
