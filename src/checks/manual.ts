import { z } from 'zod'
import { secondWord } from '../core/gate/second-person.js'
import type { Finding, ItemContext, Kind } from '../core/item.js'
import { fail, pass } from './findings.js'
import type { CheckPorts } from './ports.js'
import { text } from './shapes.js'

const shape = z.strictObject({
  manual: text('what a person has to do or to confirm').describe('What a person has to do, or to confirm.'),
  by: text('a role of people').optional().describe('Role, listed under people, of who has to answer.'),
  second: z.literal(true).optional().describe('Somebody else than who started the run has to answer, themselves.')
})

export type ManualSpec = z.infer<typeof shape>

/** A person's word: given beforehand, asked for on a terminal, or waited for. */
export const manualKind = ({ interview }: Pick<CheckPorts, 'interview'>): Kind<ManualSpec> => ({
  name: 'manual',
  shape,
  effect: 'check',
  turn: () => 'barrier',
  subject: ({ manual }) => manual,
  roles: ({ by }) => (by === undefined ? [] : [by]),
  run: async ({ manual, by, second }, context) => {
    const { item, execution, signal } = context
    // Nor is a terminal asked: whoever sits there started this, and may write any name.
    if (second === true) return bySecond(context, by)
    // The last word counts, so that a person can change their mind.
    const given = execution.signOffs.findLast(signOff => signOff.item === item.id)
    if (given !== undefined) return judge(given, agrees(given.words), by)
    const answer = await interview.ask({ item: item.id, text: manual, by, signal })
    if (answer !== undefined) return judge(answer, answer.agrees, by)
    return signal.aborted ? nobodyInTime(context) : waiting(item.id, by)
  }
})

function bySecond(context: ItemContext, by: string | undefined): Finding {
  const { item, execution, signal } = context
  const word = secondWord(execution.signOffs, item.id, execution.starter)
  if (word.kind === 'given') return judge(word.signOff, agrees(word.signOff.words), by)
  if (signal.aborted) return nobodyInTime(context)
  const hint = `Let them sign in a run of their own: \`deploy-checklist sign ${execution.id} --sign ${item.id}=WHO:WORDS\` (input sign).`
  return { outcome: 'waiting', detail: word.why, hint, reason: 'waiting_for_person' }
}

type Word = Readonly<{ who: string; words: string; claimed: boolean }>

function judge({ who, words, claimed }: Word, agreed: boolean, by: string | undefined): Finding {
  const signer = `${who}${claimed ? ' (claimed)' : ''}${by === undefined ? '' : ` for ${by}`}`
  const said = words === '' ? '' : `: ${words}`
  return agreed
    ? pass(`signed by ${signer}${said}`)
    : fail(`refused by ${signer}${said}`, 'Settle what stands against it, then sign anew.')
}

/** Words that begin with a no; everything else is consent, as whoever signs writes what they have seen. */
const agrees = (words: string): boolean =>
  !/^\s*(?:no|not|nope|nein|never|refused?|rejected?|den(?:y|ied)|veto)\b/i.test(words)

const waiting = (id: string, by: string | undefined): Finding => ({
  outcome: 'waiting',
  detail: `nobody has signed yet${by === undefined ? '' : `; it is for ${by}`}`,
  hint: `Resume with --sign ${id}=WHO:WORDS (input sign), or run it on a terminal.`,
  reason: 'waiting_for_person'
})

// A limit that the checklist sets means that an answer which does not come is one too: after an action nothing may hang.
function nobodyInTime({ item, signal }: ItemContext): Finding {
  if (item.timeoutMs === undefined) return waiting(item.id, undefined)
  const inTime = signal.reason instanceof Error ? signal.reason.message : 'no answer in time'
  return fail(`nobody answered: ${inTime}`, `Sign with --sign ${item.id}=WHO:WORDS, or give it a longer \`timeout\`.`)
}
