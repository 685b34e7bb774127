import { z } from 'zod'
import { positiveDuration, text } from './values.js'

export const retryShape = z
  .union(
    [
      z.literal('none'),
      z.strictObject({
        for: positiveDuration().describe('Try again for so long.'),
        every: positiveDuration().optional().describe('Wait so long between two tries. Default: 1s.')
      })
    ],
    'expected none, or durations such as { for: 60s, every: 2s }'
  )
  .describe('Look again until the assertions hold: `{ for: 60s, every: 2s }`, or `none`. Checks only.')

/** What may stand at every item, whatever its kind. */
export const commonShape = z.strictObject({
  name: text('a name').optional().describe('What people read. Default: what the item is about.'),
  id: z
    .string('expected an id')
    .regex(/^[\p{Ll}\p{Lo}\p{N}][\p{Ll}\p{Lo}\p{N}_-]*$/u, 'expected an id of small letters, digits, - and _')
    .optional()
    .describe('What sign-offs and the record call it, after its stage. Default: made of the name.'),
  optional: z.boolean().optional().describe('A failure is reported and does not block.'),
  timeout: positiveDuration().optional().describe('How long one try may take, such as 30s or 5m.'),
  retry: retryShape.optional(),
  skip: text('a reason').optional().describe('Do not run it, for this reason; the record says so.'),
  in: text('the name of a database').optional().describe('Which database; needed only where there are several.'),
  undo: text('a command, or redeploy')
    .optional()
    .describe('Command that takes the action back, or `redeploy`: the same item with the last good release.'),
  probe: text('a command')
    .optional()
    .describe('Command that finds out whether the action took effect: exit 0 if it did, 1 if not.'),
  effect: z
    .enum(['action', 'check'])
    .optional()
    .describe('Whether `run` changes something. Default: by its stage, an action in backup, migrate and deploy.')
})

export type Common = z.infer<typeof commonShape>

/** `on` is refused with words of its own, because targets are known to the design and not built yet. */
export const COMMON_KEYS: readonly string[] = [...Object.keys(commonShape.shape), 'on']

/** What a check inside an item, such as health, may have beside its kind's own keys. */
export const nestedShape = commonShape.pick({ retry: true, timeout: true })
export const NESTED_KEYS: readonly string[] = Object.keys(nestedShape.shape)
