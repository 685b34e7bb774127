/** What a restore would take from one relation: rows that came, rows that went, and rows that are other ones now. */
export type RelationLoss = Readonly<{ added: number; removed: number; changed: number }>
/** By quoted name; only relations in which anything differs. */
export type Loss = Readonly<Record<string, RelationLoss>>

/** A row as both sides can compare it: hash of its key, hash of its content, and how many there are of it. */
export type HashedRow = Readonly<{ key: string; content: string; count: number }>

/** What differs between the rows of production and those of the backup. Without a key, content is its own key. */
export function compareRows(production: readonly HashedRow[], backup: readonly HashedRow[]): RelationLoss {
  const balance = new Map<string, Map<string, number>>()
  const add = ({ key, content, count }: HashedRow, sign: 1 | -1) => {
    const contents = balance.get(key) ?? new Map<string, number>()
    contents.set(content, (contents.get(content) ?? 0) + sign * count)
    balance.set(key, contents)
  }
  for (const row of production) add(row, 1)
  for (const row of backup) add(row, -1)
  return addUp([...balance.values()].map(contents => ofOneKey([...contents.values()])))
}

function ofOneKey(balances: readonly number[]): RelationLoss {
  const here = balances.filter(count => count > 0).reduce(sum, 0)
  const there = -balances.filter(count => count < 0).reduce(sum, 0)
  const changed = Math.min(here, there)
  return { added: here - changed, removed: there - changed, changed }
}

export const addUp = (losses: readonly RelationLoss[]): RelationLoss =>
  losses.reduce(
    (all, { added, removed, changed }) => ({
      added: all.added + added,
      removed: all.removed + removed,
      changed: all.changed + changed
    }),
    { added: 0, removed: 0, changed: 0 }
  )

export const isNothing = ({ added, removed, changed }: RelationLoss): boolean => added + removed + changed === 0

/** `app.users: 2 added, 1 changed`, one text for each relation, in the order of their names. */
export const describeLoss = (loss: Loss): readonly string[] =>
  Object.entries(loss)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, each]) => `${name}: ${describeOne(each)}`)

const MOST = 20

/** What would be lost, by relation; of very many only the first ones. */
export function shownLoss(loss: Loss): string {
  const parts = describeLoss(loss)
  const more = parts.length > MOST ? [`and ${parts.length - MOST} more relations`] : []
  return [...parts.slice(0, MOST), ...more].join('; ')
}

export const rowsIn = (loss: Loss): number =>
  Object.values(loss).reduce((all, { added, removed, changed }) => all + added + removed + changed, 0)

const describeOne = (loss: RelationLoss): string =>
  (['added', 'changed', 'removed'] as const)
    .flatMap(kind => (loss[kind] === 0 ? [] : [`${loss[kind]} ${kind}`]))
    .join(', ')

const sum = (a: number, b: number): number => a + b
