import { type Checklist, NO_RULES } from '../checklist.js'
import { shellNames } from '../names.js'
import { rule, type Weakening } from './weakening.js'

type Vars = Readonly<Record<string, string>>

/**
 * Vars that something asked before mentions, and that say something else now: the same words then ask it of another
 * system, or for less. Named without their values, each where it stands.
 */
export function varsChanged(before: Checklist, now: Checklist, environment: string): readonly Weakening[] {
  const [was, is] = [varsOf(before, environment), varsOf(now, environment)]
  return [...mentionedIn(before, was)].flatMap(name => {
    const value = own(is, name)
    if (value === own(was, name)) return []
    const ofEnvironment = [now, before].some(list => own(rulesOf(list, environment).vars, name) !== undefined)
    const subject = `${ofEnvironment ? `environments.${environment}.` : ''}vars.${name}`
    return [rule(subject, value === undefined ? 'is gone' : 'is something else')]
  })
}

/** Names that what is asked mentions, as text of a shell or of ours, and those that their vars are made of. */
function mentionedIn({ stages, databases, monitor, notify }: Checklist, vars: Vars): ReadonlySet<string> {
  const items = Object.values(stages).flatMap(list => list.filter(({ skip }) => skip === undefined))
  const names = new Set([...UNSAID, ...shellNames(JSON.stringify([items, databases, monitor, notify]))])
  // A set hands on what is added to it meanwhile.
  for (const name of names) for (const inner of shellNames(own(vars, name) ?? '')) names.add(inner)
  return names
}

/** It stands before every address that begins with `/`, though nothing mentions it. */
const UNSAID = ['BASE_URL']

const rulesOf = ({ environments }: Checklist, environment: string) => environments[environment] ?? NO_RULES
const varsOf = (list: Checklist, environment: string): Vars => ({ ...list.vars, ...rulesOf(list, environment).vars })
const own = (vars: Vars, name: string): string | undefined => (Object.hasOwn(vars, name) ? vars[name] : undefined)
