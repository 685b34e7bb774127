import { z } from 'zod'
import { parseDuration } from '../core/units.js'
import { notifyShape } from './notify-shape.js'
import { duration, durationText, label, NAME, openText, positiveDuration, secretName, text } from './values.js'
import { freezeShape, windowShape } from './window.js'

const variables = z
  .record(
    z.string().regex(NAME, 'expected a name of letters, digits and _'),
    openText('text, in quotes where YAML would read a number, or true or false')
  )
  .describe(
    'Names with their values, for `${NAME}` in every string and for commands as variables of their environment.'
  )

const gateShape = z.strictObject({
  reviewers: z
    .enum(['required', 'sign-off'])
    .optional()
    .describe(
      "GitHub must ask for a review before the job may start; or, weaker and for plans without reviewers, a second person's sign-off in the ledger."
    ),
  'prevent-self-review': z.boolean().optional().describe('Who started the run must not be the one who approves it.'),
  'prevent-admin-bypass': z.boolean().optional().describe('Admins must not be able to pass without an approval.'),
  wait: positiveDuration().optional().describe('The least wait timer.'),
  branches: z
    .array(text('a branch'))
    .min(1, 'expected at least one branch')
    .optional()
    .describe('Only these may deploy here; a * does not cross a /.')
})

const ciShape = z
  .union(
    [z.enum(['green', 'if-any']), z.array(text('the name of a check, a status or a workflow')).min(1)],
    'expected green, if-any, or a list of names of checks, statuses or workflows'
  )
  .describe(
    'What GitHub must say of the commit: green (every check and status passed, and there is one), if-any (all there are), or the names of those that must have passed.'
  )

const environmentShape = z.strictObject({
  vars: variables.optional(),
  after: text('the name of an environment')
    .optional()
    .describe('The environment in which the same release must have succeeded before.'),
  url: text('the address of a page')
    .regex(/^https?:\/\/|^\$\{/, 'expected the address of a page, such as https://shop.example.com')
    .optional()
    .describe('Where the deployed application is seen; shown beside the deployment on GitHub. It may hold no secret.'),
  gate: gateShape.optional().describe("What the environment's protection on GitHub must really be; else nothing runs."),
  ci: ciShape.optional(),
  newest: z
    .boolean()
    .optional()
    .describe('The branch or tag must still stand at this commit. Default: where a gate is promised.'),
  'max-age': positiveDuration()
    .optional()
    .describe('So old may be what an earlier job has checked or saved; what is older is made afresh. Default: 1h.'),
  window: windowShape.optional().describe('When a deployment may begin.'),
  freeze: freezeShape.optional().describe('No deployment until then.')
})

const databaseShape = z.strictObject({
  url: openText('the address of a database such as ${DATABASE_URL}')
    .min(1, 'expected the address of a database such as ${DATABASE_URL}')
    .describe('Where it is: a name in braces, since the address is a secret.'),
  store: text('a directory').optional().describe('Directory that keeps the dumps; it must outlive the runner.'),
  scratch: text('the address of a server, or runner')
    .optional()
    .describe('Server on which a backup is restored to prove it, or `runner` to allow that on a hosted runner.'),
  'at-least': z
    .enum(['identical', 'snapshot'])
    .optional()
    .describe('The least proof that counts: restored and compared (default), or a copy on the same server.')
})

const rollbackShape = z.strictObject({
  code: z.enum(['auto', 'ask']).optional().describe('Undo the deploy by itself (default), or ask a person.'),
  schema: z
    .enum(['lossless', 'auto', 'never'])
    .optional()
    .describe('Undo a migration by itself only where nothing would be lost (default), always, or never.'),
  data: z.literal('never').optional().describe('Data is never restored by itself; it is asked for by name.'),
  within: positiveDuration().optional().describe('A rollback that takes longer is a failed one.')
})

const releaseShape = z.strictObject({
  artifact: text('the path of a file').optional().describe('The built file that is deployed, recorded by its digest.'),
  image: text('a container image')
    .regex(/@sha256:[0-9a-f]{64}$|\$\{/, 'expected an image named by its digest: registry/app@sha256:…')
    .optional()
    .describe('The container image that is deployed, by its digest.')
})

/** What stands for an item in the schema for editors; the loader reads items one by one, each by its own kind. */
export const ITEM_ID = 'item'
const item = z.unknown().meta({ id: ITEM_ID })
const items = () => z.array(item, 'expected a list of items').min(1, 'expected at least one item')

const checkpoint = () => durationText().transform(name => ({ name, afterMs: parseDuration(name) ?? 0 }))

const monitorShape = z.strictObject({
  checkpoints: z
    .array(checkpoint(), 'expected a list of durations such as [0m, 1h, 24h]')
    .min(1, 'expected at least one checkpoint')
    .superRefine((points, context) => {
      points.forEach(({ name, afterMs }, index) => {
        const before = points[index - 1]
        if (before === undefined || !(before.afterMs >= afterMs)) return
        const message = `expected checkpoints in ascending order, found ${name} after ${before.name}`
        context.addIssue({ code: 'custom', path: [index], message })
      })
    })
    .optional()
    .describe('When to look, counted from the end of the smoke test, ascending. Default: [0m].'),
  settle: duration().optional().describe('Wait so long before the first checkpoint.'),
  items: items().describe('Checks, all of them at each checkpoint.'),
  'on-failure': z.enum(['page', 'rollback']).optional().describe('Call a person (default), or go back once by itself.'),
  page: text('a command')
    .optional()
    .describe('Command that calls a person, also where a way back needs one; it gets the declared names as variables.')
})

const stagesShape = z
  .strictObject({
    preflight: items().optional().describe('Is it allowed, is everything there? A failure stops; nothing was touched.'),
    backup: items()
      .optional()
      .describe('Save what could be lost, and prove it. A failure undoes what can be undone, and stops.'),
    migrate: items().optional().describe('Change the schema. A failure undoes what was applied.'),
    deploy: items().optional().describe('Bring the release live. A failure rolls back.'),
    'smoke-test': items().optional().describe('Is what is live the release, and does it work? A failure rolls back.'),
    monitor: monitorShape.optional().describe('Look again later. A failure calls a person or rolls back.')
  })
  .refine(stages => Object.keys(stages).length > 0, 'expected at least one stage, found none')
  .describe('Six stages in this order, each with its items; leave out what you do not need.')

const timeoutsShape = z.strictObject({
  preflight: positiveDuration().optional().describe('Time for preflight.'),
  backup: positiveDuration().optional().describe('Time for backup, its proof included.'),
  migrate: positiveDuration().optional().describe('Time for migrate; its undo is not counted.'),
  deploy: positiveDuration().optional().describe('Time for deploy; a rollback is not counted.'),
  'smoke-test': positiveDuration().optional().describe('Time for smoke-test, polling included.'),
  monitor: positiveDuration().optional().describe('Time for a round of monitor.')
})

export const checklistShape = z
  .strictObject({
    name: label('a name').optional().describe("Name of the deployable service. Default: the repository's name."),
    vars: variables.optional(),
    secrets: z
      .array(secretName(), "expected a list of secrets' names")
      .optional()
      .describe('Names only: hidden in all that is printed and kept, demanded only by the stages that use them.'),
    people: z
      .record(
        z.string(),
        z.string().regex(/^@[\w-]+(\/[\w.-]+)?$/, 'expected a person or a team such as @alice or @org/team')
      )
      .optional()
      .describe('Roles, each with the person or team on GitHub that has it.'),
    release: releaseShape.optional().describe('What is deployed beside the commit.'),
    environments: z
      .record(label('the name of an environment'), environmentShape.nullable())
      .optional()
      .describe('Where it is deployed, each with its rules.'),
    databases: z
      .record(label('the name of a database'), databaseShape)
      .optional()
      .describe('Databases by name; items say `in: NAME` where there are several.'),
    rollback: rollbackShape.optional().describe('What may happen without a person when a deployment fails.'),
    timeouts: timeoutsShape
      .optional()
      .describe('How long a stage may take as a whole; what it has not begun by then, it does not begin.'),
    notify: z
      .array(notifyShape, 'expected a list of who is told')
      .optional()
      .describe('Who is told how it goes. That somebody cannot be told never fails a deployment.'),
    stages: stagesShape
  })
  .describe('A deployment checklist, as deploy-checklist runs it.')

export type ChecklistShape = z.infer<typeof checklistShape>
