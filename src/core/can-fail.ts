import type { PlannedItem } from './item.js'

type Checked = Pick<PlannedItem, 'kind' | 'optional' | 'skip'>

/** Whether an item can keep its stage from passing: what cannot fail proves nothing by passing. */
export const canFail = ({ kind, optional, skip }: Checked): boolean =>
  !optional && skip === undefined && kind !== 'wait'

/** Of a smoke test what can prove a way back, or what is live already. A person has spoken of another release. */
export const proofOf = <Item extends Checked>(items: readonly Item[]): readonly Item[] =>
  items.filter(item => item.kind !== 'manual' && canFail(item))
