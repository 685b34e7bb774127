/**
 * What both actions offer: the one list that the manifests, the README's tables and the code are held to. Every value
 * arrives as text; an input that is not given is the empty text, or its default.
 */
export type InputSpec = Readonly<{ description: string; required: boolean; default: string }>

export const INPUTS = {
  checklist: {
    description: 'The checklist. If empty: .github/deploy-checklist.yml, then deploy-checklist.yml.',
    required: false,
    default: ''
  },
  environment: {
    description: 'What is deployed to. If empty: the only one that the checklist names, else production.',
    required: false,
    default: ''
  },
  stage: {
    description:
      'Run this stage alone: preflight, backup, migrate, deploy, smoke-test, monitor or rollback; or settle, the last step of a job whose stages are steps; or sign-off, for the events of an issue with sign-offs. If empty: all of them.',
    required: false,
    default: ''
  },
  ledger: {
    description:
      'Where executions are recorded: branch or branch:NAME for a branch of this repository, env:NAME for a Postgres URL in that variable, or run for the memory of this run. If empty: branch.',
    required: false,
    default: ''
  },
  'github-token': {
    description: "To ask GitHub with, and to write the ledger's branch: the job's own, with its `permissions`.",
    required: false,
    default: '${{ github.token }}'
  },
  'members-token': {
    description:
      "Where a manual item is for a team: a token that may read the organization's members, used for that alone. A job's own never may.",
    required: false,
    default: ''
  },
  prepare: {
    description:
      'true: in a job before the gate. With stage preflight: open the execution without the lock, look at what needs no value that is missing here; with backup: back up and prove what can be read here; with settle, in a job after the gate: end what nobody has approved. `more` is true where a further step of the same job goes on and shows the page. With dry-run: a plan without secrets.',
    required: false,
    default: 'false'
  },
  'whole-job': {
    description:
      'true: the stages after this one are steps of the same job, so that what any of them lacks is refused before the first begins. Without `stage` that is so.',
    required: false,
    default: 'false'
  },
  env: {
    description:
      'Secrets as NAME=value lines, from one secret. They are masked, and set for the checklist alone; quotes as in JSON, NAME<<END for more lines.',
    required: false,
    default: ''
  },
  execution: {
    description:
      'The execution to go on with or to roll back: its id, or newest. If empty: the one that this run opened.',
    required: false,
    default: ''
  },
  sign: {
    description:
      'Answers to manual items, one a line: ITEM=WHO:WORDS. Anybody but who started the run is shown as claimed.',
    required: false,
    default: ''
  },
  restore: {
    description: 'For a rollback: databases to restore from their proven backup, one a line.',
    required: false,
    default: ''
  },
  'accept-loss': {
    description: 'Databases, one a line, whose rows written since the backup may be lost by that restore.',
    required: false,
    default: ''
  },
  to: {
    description:
      'For a rollback: the execution whose release should be live afterwards, by its id. If empty: the last one that succeeded and is not marked bad.',
    required: false,
    default: ''
  },
  'on-failure': {
    description:
      'What a failed checkpoint does, where the checklist rolls back: page a person instead, or hand-over to another job. If empty: as the checklist says.',
    required: false,
    default: ''
  },
  takeover: {
    description: 'The id of an execution whose holder is known to be dead, to take the environment from it.',
    required: false,
    default: ''
  },
  because: {
    description:
      'Why it is deployed now, rolled back or taken over; kept in the ledger and shown. A commit that is marked bad needs it.',
    required: false,
    default: ''
  },
  emergency: {
    description:
      'Why this cannot wait: sets window, freeze, order and soak aside, never proof nor the gate. Kept in the ledger and shown.',
    required: false,
    default: ''
  },
  'record-deployment': {
    description:
      "auto: GitHub's deployment of this job tells how it goes, and one is made where the job has none. always: also where nobody can tell whether it has. never: GitHub is not told. Needs deployments: write.",
    required: false,
    default: 'auto'
  },
  'dry-run': {
    description: 'true: only say what would happen, and the way back. Nothing is touched, not even the ledger.',
    required: false,
    default: 'false'
  }
} as const satisfies Record<string, InputSpec>

export type InputName = keyof typeof INPUTS

export const OUTPUTS = {
  'execution-id': 'Id of the execution; empty if it was refused before one was opened.',
  status:
    'SUCCESS, PARTIAL, FAILED, ROLLED_BACK, REFUSED, UNAVAILABLE, CANCELLED or WAITING; after one stage of several also PLANNED, BUILDING, DEPLOYING or TESTING.',
  reason: 'Why it ended so: a code of a closed list, see docs/troubleshooting.md.',
  url: 'Where the deployed application is seen, as the checklist says for this environment; for `environment: { url: … }`.',
  result: 'All of it as JSON, with its format number; `cut` says that something had no room in what GitHub carries.',
  'rollback-command': 'The command that takes this execution back; empty when there is nothing to undo.',
  'summary-file':
    'A file with all of the summary, where it had no room in the step; empty where it had. Upload it as an artifact.'
} as const satisfies Record<string, string>

export type OutputName = keyof typeof OUTPUTS
