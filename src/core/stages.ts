export type StageName = 'preflight' | 'backup' | 'migrate' | 'deploy' | 'smoke-test' | 'monitor' | 'rollback'

/**
 * acts: what runs here changes something outside, unless the item says otherwise.
 * settlesAll: every item is run, so that a reader sees all problems at once; acting stages stop at the first.
 * onFailure: what the engine does when the stage did not pass.
 * polls: network checks wait up to 30 s for their assertions to hold.
 * status: what the execution is called while the stage runs.
 */
export type StagePolicy = Readonly<{
  acts: boolean
  settlesAll: boolean
  onFailure: 'stop' | 'undo' | 'roll-back' | 'ask'
  polls: boolean
  status: 'BUILDING' | 'DEPLOYING' | 'TESTING'
}>

export const STAGES = {
  preflight: { acts: false, settlesAll: true, onFailure: 'stop', polls: false, status: 'BUILDING' },
  backup: { acts: true, settlesAll: false, onFailure: 'stop', polls: false, status: 'BUILDING' },
  migrate: { acts: true, settlesAll: false, onFailure: 'undo', polls: false, status: 'DEPLOYING' },
  deploy: { acts: true, settlesAll: false, onFailure: 'roll-back', polls: false, status: 'DEPLOYING' },
  'smoke-test': { acts: false, settlesAll: true, onFailure: 'roll-back', polls: true, status: 'TESTING' },
  monitor: { acts: false, settlesAll: true, onFailure: 'ask', polls: false, status: 'TESTING' },
  // A failed rollback needs a person; trying again by ourselves would hide that.
  rollback: { acts: true, settlesAll: false, onFailure: 'stop', polls: true, status: 'DEPLOYING' }
} as const satisfies Record<StageName, StagePolicy>

/** The stages of a deployment in their order; rollback is not one of them, it is what happens when they fail. */
export const FORWARD_STAGES = ['preflight', 'backup', 'migrate', 'deploy', 'smoke-test', 'monitor'] as const
export type ForwardStage = (typeof FORWARD_STAGES)[number]

export const isStage = (name: string): name is StageName => Object.hasOwn(STAGES, name)
