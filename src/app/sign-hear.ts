import type { Journal } from '../core/engine/journal.js'
import { isEnded } from '../core/execution.js'
import { type Command, commandsIn, type Misread } from '../core/sign-offs/commands.js'
import { aimedAt, type Right, type Ruling, ruleOn, type Word } from '../core/sign-offs/judge.js'
import { answeredIn } from '../core/sign-offs/marker.js'
import type { Page, Said, SignOffPages } from '../core/sign-offs/pages.js'
import { type Question, questionsOf, standingOf } from '../core/sign-offs/questions.js'
import { signOffAnswer, type Told } from '../report/sign-off-answer.js'

/** What whoever records sign-offs works with. */
export type Desk = Readonly<{ pages: SignOffPages; redact(text: string): string }>

/**
 * Records what people have said on a page since it was last heard, and answers each of them; true when something was
 * recorded. What is recorded is answered only then, so that no answer says more than the ledger. Whoever asks again after
 * a fault goes on where it stopped: what stands in the ledger from a comment is not recorded a second time.
 */
export async function hear(page: Page, journal: Journal, desk: Desk): Promise<boolean> {
  const heard: { comment: Said; told: readonly Told[] }[] = []
  const rights: Rights = new Map()
  for (const comment of await unanswered(page, desk)) {
    const told = await hearOne(comment, journal, desk, rights)
    if (told.length > 0) heard.push({ comment, told })
  }
  // Anybody may write any number of comments in a public repository: nobody who counts waits for their answers.
  const [counting, others] = [heard.filter(counts), heard.filter(one => !counts(one))]
  for (const { comment, told } of [...counting, ...others].slice(0, MOST_ANSWERS))
    await answer(page, comment.id, comment.who, told, desk)
  return heard.some(({ told }) => told.some(isRecorded))
}

/** Answers of one look; the others are given by the next one. */
const MOST_ANSWERS = 20
const counts = ({ told }: Readonly<{ told: readonly Told[] }>): boolean =>
  told.some(one => 'kind' in one && one.kind !== 'refused')

/** What people have written and nobody has answered. */
async function unanswered(page: Page, { pages }: Desk): Promise<readonly Said[]> {
  const comments = await pages.comments(page.number)
  const own = comments.filter(({ who, text }) => who === page.author && answeredIn(text) !== undefined)
  const answered = new Set(own.map(({ text }) => answeredIn(text)))
  return comments.filter(comment => comment.isPerson && !own.includes(comment) && !answered.has(comment.id))
}

/** Whether somebody waits for an answer. */
export const hasUnheard = async (page: Page, desk: Desk): Promise<boolean> =>
  (await unanswered(page, desk)).some(({ text }) => commandsIn(text).length > 0)

const isRecorded = (told: Told): boolean => 'kind' in told && told.kind === 'recorded'

export async function answer(page: Page, to: string, who: string, told: readonly Told[], { pages, redact }: Desk) {
  const { text, marker } = signOffAnswer(to, who, told)
  await pages.answer(page.number, { text: redact(text), marker })
}

async function hearOne(comment: Said, journal: Journal, desk: Desk, rights: Rights): Promise<readonly Told[]> {
  const before = journal.state.signOffs.filter(({ said }) => said === comment.url)
  if (before.length > 0) return before.map(signOff => ({ item: signOff.item, kind: 'again', signOff }))
  const commands = commandsIn(comment.text)
  if (commands.length === 0) return []
  if (comment.edited) return [{ problem: EDITED }]
  const spoken = commands.flatMap((command): readonly Spoken[] => spokenBy(comment, command, journal))
  return await settle(spoken, journal, desk, rights)
}

const EDITED =
  'expected a comment as it was first said, found one that was edited, and GitHub does not tell by whom: write a new one'

function spokenBy({ who, url: said, at }: Said, command: Command | Misread, { state }: Journal): readonly Spoken[] {
  if ('problem' in command) return [command]
  const aimed = aimedAt(command, questionsOf(state.plan))
  if ('problem' in aimed) return [aimed]
  // A role is signed for what is still open of it.
  const open = aimed.filter(question => standingOf(state, question).is !== 'settled')
  const meant = command.do === 'sign' && open.length > 0 ? open : aimed
  const word: Word = { who, said, at, words: command.words, as: command.do === 'na' ? 'na' : 'done' }
  return meant.map(question => ({ question, word }))
}

export type Spoken = Misread | Readonly<{ question: Question; word: Word }>

/** Judges words in their order and records those that count, all of them or none. */
export async function settle(
  spoken: readonly Spoken[],
  journal: Journal,
  desk: Desk,
  rights: Rights = new Map()
): Promise<readonly Told[]> {
  await learn(spoken, desk, rights)
  const told = spoken.map((one): Told => ('problem' in one ? one : rule(one, rights, journal)))
  const signed = told.flatMap(one => ('kind' in one && one.kind === 'recorded' ? [one.signOff] : []))
  if (signed.length > 0) await journal.commit(...signed.map(signOff => ({ type: 'signed' as const, signOff })))
  return told
}

/** What was told so far, by person and role. */
type Rights = Map<string, Right>
const keyOf = ({ question: { signer }, word }: Exclude<Spoken, Misread>): string =>
  `${word.who} ${'name' in signer ? signer.name : ''}`

/** Asked once for each person and role, and before anything is recorded: what cannot be asked now is asked again later. */
async function learn(spoken: readonly Spoken[], { pages }: Desk, rights: Rights): Promise<void> {
  for (const one of spoken) {
    if ('problem' in one || rights.has(keyOf(one))) continue
    rights.set(keyOf(one), await pages.right(one.word.who, one.question.signer))
  }
}

function rule(one: Exclude<Spoken, Misread>, rights: Rights, { state, record }: Journal): Ruling {
  const { question, word } = one
  if (isEnded(record))
    return { item: question.id, kind: 'refused', why: `${record.id} ended ${record.status} at ${record.completedAt}` }
  const standing = standingOf(state, question)
  const right = rights.get(keyOf(one)) ?? 'no'
  return ruleOn(word, question, { standing, right, starter: record.actor })
}
