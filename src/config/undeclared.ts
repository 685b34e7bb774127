import { BUILT_IN_NAMES, HANDED_NAMES, namesIn } from '../core/interpolate.js'
import type { AnyKind } from '../core/item.js'
import { isObject, type Json } from '../core/json.js'
import { asked, shellNames, stringsOf, textsOf } from '../core/names.js'
import { didYouMean } from '../core/nearest.js'
import { type Declarations, listIn, memberOf } from './declarations.js'
import { misspelt } from './misspelt.js'
import type { Part, Path, Problems } from './problems.js'
import { firstIn, isSetIn, mentionsIn } from './shell-text.js'
import type { Items, Placed } from './stages.js'

/** Where an item is in its stage, so that a capture can be told to be earlier. */
type Site = Readonly<{ stage: string; index: number }>
/** `given`: variables that its item gives it. */
type Text = Readonly<{ path: Path; text: string; shell: boolean; site?: Site; given?: readonly string[] }>
type Capture = Site & Readonly<{ name: string; id: string }>
type Scope = Readonly<{
  names: readonly string[]
  captures: readonly Capture[]
  environments: Declarations['environments']
  complete: boolean
}>

/** Reports every `${NAME}` that nothing declares, and every capture that is used where it does not live. */
export function checkNames(
  raw: Json,
  declared: Declarations,
  { placed, complete }: Items,
  kinds: readonly AnyKind[],
  problems: Problems
): void {
  const captures = placed.flatMap(({ stage, item }, index) =>
    asked(item, kinds, 'captures').map(name => ({ name, stage, index, id: item.id }))
  )
  const byItems = placed.flatMap(({ item }) => asked(item, kinds, 'declares'))
  const names = [...Object.keys(declared.vars), ...declared.secrets, ...byItems, ...BUILT_IN_NAMES]
  const scope = { names, captures, environments: declared.environments, complete }
  const texts = [...topTexts(raw), ...placed.flatMap((each, index) => itemTexts(each, index, kinds))]
  // Of the whole text, since an item that GitHub was expected to fill in can often not be read at all.
  for (const { path, text } of stringsOf(raw, [])) if (text.includes('${{')) problems.add(path, GITHUB)
  for (const text of texts) {
    for (const problem of text.shell ? inShell(text, scope) : inString(text, scope)) problems.add(text.path, problem)
    if (text.shell) for (const { problem, part } of misspeltIn(text, scope)) problems.add(text.path, problem, part)
  }
}

/** The strings outside of items that names may stand in. */
function topTexts(raw: Json): readonly Text[] {
  const page = memberOf(memberOf(raw, 'stages'), 'monitor')['page']
  return [
    ...stringsOf(listIn(raw, 'notify'), ['notify']).map(found => ({ ...found, shell: false })),
    ...['vars', 'release', 'databases', 'environments'].flatMap(key =>
      stringsOf(memberOf(raw, key), [key]).map(found => ({ ...found, shell: false }))
    ),
    ...(typeof page === 'string' ? [{ path: ['stages', 'monitor', 'page'], text: page, shell: true }] : [])
  ]
}

function itemTexts({ stage, item, path, raw }: Placed, index: number, kinds: readonly AnyKind[]): readonly Text[] {
  const own = textsOf(item, kinds)
  const shown = ['name', 'skip'].flatMap(key => (isObject(raw) ? stringsOf(raw[key] ?? null, [key]) : []))
  const all = [...own, ...shown.map(found => ({ ...found, shell: false }))]
  const given = asked(item, kinds, 'sets')
  return all.map(found => ({ ...found, path: [...path, ...found.path], site: { stage, index }, given }))
}

function inString({ text, site }: Text, scope: Scope): readonly string[] {
  const problems = namesIn(text).map(({ name, valid }) => {
    if (!valid) return malformed(name)
    return scope.names.includes(name) ? undefined : (misplaced(name, site, scope) ?? undeclared(name, site, scope))
  })
  return problems.filter(problem => problem !== undefined)
}

/** A shell has names of its own, so that only a capture of another stage is surely wrong, and what no shell can read. */
function inShell({ text, site }: Text, scope: Scope): readonly string[] {
  const mentioned = [...new Set(shellNames(text))].filter(name => !scope.names.includes(name) && !isOwn(name, text))
  return mentioned.flatMap(name => misplaced(name, site, scope) ?? [])
}

/**
 * A name that is all but one of ours, which a shell would read as nothing. What a checklist neither declares nor sets may
 * still come from whoever starts it, so that no other name is held against it.
 */
function misspeltIn({ text, given = [] }: Text, { names, captures, environments, complete }: Scope) {
  if (!complete) return []
  const declared = [names, given, captures.map(({ name }) => name), ...Object.values(environments).map(Object.keys)]
  const known = new Set<string>([...HANDED_NAMES, ...declared.flat()])
  return mentionsIn(text).flatMap(({ name, nth }): readonly Readonly<{ problem: string; part: Part }>[] => {
    const meant = misspelt(name, [...BUILT_IN_NAMES, ...HANDED_NAMES])
    if (meant === undefined || known.has(name) || isSetIn(name, text)) return []
    const problem = `expected a name that has a value, found ${name}, which nothing declares (did you mean ${meant}?)`
    return [{ problem: `${problem}: one of your own, declare in an env item`, part: firstIn(name, nth) }]
  })
}

/** Whether the text gives the name a value itself: it stands somewhere without a `$`. */
const isOwn = (name: string, text: string): boolean => new RegExp(`(?<![$\\w{#!])${name}\\b`).test(text)

const GITHUB =
  'expected ${NAME}, found ${{ … }}: GitHub does not look into a checklist; pass the value in the environment and declare its name'

function malformed(name: string): string | undefined {
  if (name.startsWith('{')) return undefined
  const base = /^[A-Za-z_][A-Za-z0-9_]*/.exec(name)?.[0]
  const found = `expected \${NAME}, found \${${name.slice(0, 40)}}`
  return base === undefined ? found : `${found}: for another value where ${base} has none, use vars`
}

/** What is wrong with a capture that does not live here; undefined when the name is none, or may be used here. */
function misplaced(name: string, site: Site | undefined, { captures }: Scope): string | undefined {
  const all = captures.filter(capture => capture.name === name)
  const [first] = all
  if (first === undefined) return undefined
  const here = all.filter(({ stage }) => stage === site?.stage)
  const [nearest] = here
  if (nearest === undefined) {
    return `expected a name that lives here, found ${name}, which ${first.id} captures: a capture lives within one stage`
  }
  if (here.some(({ index }) => site !== undefined && index < site.index)) return undefined
  return `expected a name that has a value by now, found ${name}, which only ${nearest.id} captures: use it in a later item`
}

function undeclared(
  name: string,
  site: Site | undefined,
  { names, captures, environments, complete }: Scope
): string | undefined {
  const captured = captures.some(capture => capture.name === name && capture.stage === site?.stage)
  if (captured) return undefined
  const lacking = Object.keys(environments).filter(key => !Object.hasOwn(environments[key] ?? {}, name))
  const having = Object.keys(environments).filter(key => !lacking.includes(key))
  if (having.length > 0) {
    if (lacking.length === 0) return undefined
    return `expected a name that every environment declares, found ${name}, which ${having.join(', ')} has and ${lacking.join(', ')} has not`
  }
  if (!complete) return undefined
  const known = [...names, ...captures.map(capture => capture.name)]
  const meant = didYouMean(name, known)
  return `expected a declared name, found ${name}${meant}${meant === '' ? ': declare it under vars or secrets, or in an env item' : ''}`
}
