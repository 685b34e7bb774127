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
  run: async (spec, context) => {
    const { manual, by, second } = spec
    const { item, signal } = context
    const before = spoken(spec, context)
    if (before !== undefined) return before
    // For a second person no terminal is asked: whoever sits there started this, and may write any name.
    if (second !== true || interview.vouches === true) {
      const answer = await interview.ask({ item: item.id, text: manual, by, signal })
      if (answer !== undefined) return judge(answer, answer.agrees, by)
      // What somebody has said elsewhere stands with the sign-offs by now.
      const since = spoken(spec, context)
      if (since !== undefined) return since
    }
    if (signal.aborted) return nobodyInTime(context)
    return second === true ? waitingForSecond(context) : waiting(item.id, by)
  }
})

/** What the word that counts comes to: the last one, so that a person can change their mind. */
function spoken({ by, second }: ManualSpec, { item, execution }: ItemContext): Finding | undefined {
  const own = execution.signOffs.filter(signOff => signOff.item === item.id)
  const word = second === true ? secondWord(own, item.id, execution.starter) : undefined
  const given = word === undefined ? own.at(-1) : word.kind === 'given' ? word.signOff : undefined
  if (given === undefined) return undefined
  const { who, words, as } = given
  if (as === 'na') return { outcome: 'skip', detail: `does not apply, says ${who}: ${words}` }
  return judge(given, as === 'done' || agrees(words), by)
}

function waitingForSecond({ item, execution }: ItemContext): Finding {
  const word = secondWord(execution.signOffs, item.id, execution.starter)
  const hint = `Let them sign in a run of their own: \`deploy-checklist sign ${execution.id} --sign ${item.id}=WHO:WORDS\` (input sign).`
  return { outcome: 'waiting', detail: word.kind === 'given' ? '' : word.why, hint, reason: 'waiting_for_person' }
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
