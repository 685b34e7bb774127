import type { Journal } from '../core/engine/journal.js'
import type { State } from '../core/engine/state.js'
import { refused } from '../core/errors.js'
import type { SignOff } from '../core/item.js'
import type { Plan } from '../core/plan.js'
import { judgeSigner, type Signer, signerOf } from '../core/sign-offs/signer.js'
import type { Sign } from './request.js'
import type { Shop } from './shop.js'

/**
 * Refuses a sign-off that names no item of the plan: it would be kept, and nobody would ever look at it; and one by
 * somebody else than the one person whose word the item asks for.
 */
export function mustFit(signs: readonly Sign[], plan: Plan): void {
  for (const sign of signs) {
    if (itemsOf(plan).every(({ id }) => id !== sign.item)) throw stray(sign, plan)
    const signer = signerFor(sign, plan)
    if (judgeSigner(signer, sign.who, '') === 'stranger') throw stranger(sign, signer)
  }
}

const itemsOf = ({ stages }: Plan) => Object.values(stages).flat()

function signerFor({ item }: Sign, plan: Plan): Signer {
  const planned = itemsOf(plan).find(({ id }) => id === item)
  return planned === undefined ? { kind: 'anybody' } : signerOf(planned, plan.people)
}

function stray({ item }: Sign, plan: Plan) {
  const items = itemsOf(plan)
  const manual = items.filter(({ kind }) => kind === 'manual')
  const known = (manual.length > 0 ? manual : items).map(({ id }) => id).join(', ')
  const which = manual.length > 0 ? 'Those that wait for a person are' : 'Its items are'
  return refused('usage', `--sign ${item}=…: the plan has no item ${item}`, `${which} ${known}.`)
}

function stranger({ item, who }: Sign, signer: Signer) {
  const name = 'name' in signer ? signer.name : ''
  return refused(
    'usage',
    `--sign ${item}=${who}:…: expected the word of ${name}, found that of ${who}`,
    `Let ${name} answer (--sign ${item}=${name.slice(1)}:WORDS); or name somebody else under people, and begin anew.`
  )
}

/** Each stage of a workflow is handed the same input: what it says of a manual item is kept once. */
function isSaidAlready({ item, who, words }: Sign, { plan, signOffs }: State): boolean {
  const last = signOffs.findLast(signOff => signOff.item === item)
  const isManual = itemsOf(plan).some(({ id, kind }) => id === item && kind === 'manual')
  return isManual && last?.who === who && last.words === words
}

/**
 * Writes sign-offs that came with the request. Only who started the run is vouched for; anybody else is claimed. So is who
 * signs from a machine of their own what runs on GitHub: how they are called there, nobody has looked at.
 */
export async function sign(signs: readonly Sign[], journal: Journal, shop: Shop): Promise<void> {
  const { actor } = await shop.identity()
  const at = shop.clock.now().toISOString()
  const isFromAfar = shop.actions === undefined && journal.record.runId !== ''
  for (const given of signs) {
    if (isSaidAlready(given, journal.state)) continue
    const isVouched = judgeSigner(signerFor(given, journal.state.plan), given.who, actor) === 'vouched'
    const claimed = !isVouched || isFromAfar
    const signOff: SignOff = { ...given, claimed, at }
    await journal.commit({ type: 'signed', signOff })
  }
}
