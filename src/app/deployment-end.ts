import type { DeploymentWords } from '../core/deployments/deployment.js'
import { stateFor } from '../core/deployments/status.js'
import { mayTell } from '../core/deployments/turn.js'
import type { Journal } from '../core/engine/journal.js'
import type { ExecutionRecord } from '../core/execution.js'
import type { Ledger } from '../core/ports.js'
import { type Standing, sayMissed, standingOf, storedStanding, type Wish, wordsFor } from './deployment-words.js'
import type { Shop } from './shop.js'

type Scene = Readonly<{ wish: Wish; ledger: Ledger; shop: Shop }>

/** Once the execution has ended, or waits: how it went, with the head of its chain. */
export async function endDeployment(journal: Journal, scene: Scene): Promise<void> {
  const now = standingOf(journal)
  if (!tells(now, scene)) return
  await orSaid(scene, async () => {
    const { record, state } = now
    await report(now, scene)
    if (stateFor(record) !== 'success' || record.deployment?.own !== false || state.plan.previous === null) return
    // Where we made it, GitHub does not end the ones before it in a production environment.
    const before = await read(state.plan.previous.execution, scene)
    if (before !== undefined) await report(before, scene, { state: 'inactive', more: `followed by ${record.id}` })
  })
}

/** A step after the one that died, or that GitHub did not answer, says what that one could not. */
export async function settleDeployment(id: string, scene: Scene): Promise<void> {
  const now = await read(id, scene)
  if (now !== undefined && tells(now, scene)) await orSaid(scene, () => report(now, scene, { how: 'unless-said' }))
}

/** What a checkpoint found of what is live, with the head as it is then. */
export async function tellCheckpoints(id: string, passed: boolean, names: string, scene: Scene): Promise<void> {
  const now = await read(id, scene)
  if (now === undefined || !tells(now, scene)) return
  const told = passed
    ? ({ state: 'success', more: `${names} passed` } as const)
    : ({ state: 'failure', more: `${names} failed` } as const)
  await orSaid(scene, () => report(now, scene, { ...told, endsOthers: false }))
}

/**
 * After a rollback by hand: what was undone is not live any more, and what it leads back to is. The job's own deployment
 * stands for the commit of its run, so that GitHub alone would not show what is live.
 */
export async function endRollback(undone: ExecutionRecord, journal: Journal, scene: Scene): Promise<void> {
  const now = standingOf(journal)
  if (now.state.stopped === undefined || !isHeard(now, scene)) return
  await orSaid(scene, async () => {
    const { record, state } = now
    const own = record.deployment
    const isBack = record.status === 'SUCCESS'
    // A step of the very job that deployed: the one deployment of that job is what was taken back.
    const isSame = own !== undefined && own.id === undone.deployment?.id
    const more = isBack ? `back at ${state.plan.commit.slice(0, 7)}` : ''
    await report(now, scene, { more, ...(isSame && isBack && { state: 'inactive' }) })
    if (!isBack) return
    const before = isSame ? undefined : await read(undone.id, scene)
    if (before !== undefined) await report(before, scene, { state: 'inactive', more: `undone by ${record.id}` })
    const target = await read(state.rollback?.toExecution ?? '', scene)
    if (target === undefined || own?.sha === target.record.commit) return
    await report(target, scene, { state: 'success', more: `again by ${record.id}`, endsOthers: false })
  })
}

type How = Partial<Pick<DeploymentWords, 'state' | 'endsOthers'>> & Readonly<{ more?: string; how?: 'unless-said' }>

async function report(standing: Standing, { wish, shop }: Scene, { more, how, ...instead }: How = {}): Promise<void> {
  const { deployment } = standing.record
  if (deployment === undefined) return
  await shop.deployments?.report(
    deployment.id,
    { ...wordsFor(standing, deployment, wish, shop, more), ...instead },
    how
  )
}

async function read(id: string, { ledger }: Scene): Promise<Standing | undefined> {
  const stored = id === '' ? undefined : await ledger.read(id)
  return stored && storedStanding(stored)
}

const tells = (now: Standing, scene: Scene): boolean =>
  now.record.deployment !== undefined && now.state.stopped !== undefined && isHeard(now, scene)

function isHeard({ state }: Standing, { wish, shop: { actions, deployments } }: Scene): boolean {
  if (deployments === undefined || actions === undefined || wish.recordDeployment === 'never') return false
  return mayTell(state, actions)
}

async function orSaid({ shop }: Scene, tell: () => Promise<void>): Promise<void> {
  try {
    await tell()
  } catch (error) {
    shop.missedDeployments.push(sayMissed(error, shop))
  }
}
