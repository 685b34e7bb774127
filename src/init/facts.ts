/** What a folder looks like from outside; nothing of it is run, and of its values only names are kept. */
export type FolderFacts = Readonly<{
  /** Paths relative to the folder, with `/`: its own files, and those of a few folders that tell what it is. */
  files: readonly string[]
  /** Names of the scripts of package.json. */
  scripts: readonly string[]
  /** Names that an example of its environment lists. */
  envNames: readonly string[]
}>

/** Folders that are looked into, beside the folder itself. */
export const FOLDERS = ['bin', 'db', 'db/migrate', 'db/migrations', 'k8s', 'migrations', 'prisma', 'scripts', 'tests']
export const ENV_EXAMPLES = ['.env.example', '.env.sample', '.env.template', 'env.example']

export const has = ({ files }: FolderFacts, ...names: readonly string[]): boolean =>
  names.some(name => files.includes(name))

/** Whether one of its files matches, such as SQL files of a folder. */
export const hasLike = ({ files }: FolderFacts, pattern: RegExp): boolean => files.some(file => pattern.test(file))
