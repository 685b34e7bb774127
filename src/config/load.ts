import type { Checklist } from '../core/checklist.js'
import type { AnyKind } from '../core/item.js'
import { isObject, type Json } from '../core/json.js'
import { asked } from '../core/names.js'
import { assemble } from './assemble.js'
import { checklistShape } from './checklist-shape.js'
import { declarationsOf, memberOf } from './declarations.js'
import { checkNotify } from './notify-rules.js'
import { collectProblems } from './problems.js'
import { readYaml } from './read.js'
import { checkEnvironment, checkPromotion, checkVars } from './rules.js'
import { parse } from './shape.js'
import { readStages } from './stages.js'
import { checkStores } from './store-rules.js'
import { checkNames } from './undeclared.js'
import { checkUrls } from './url-rules.js'

/** `file` is for messages only; `environment`, where given, must be one that the checklist knows. */
export type Source = Readonly<{ file: string; text: string; kinds: readonly AnyKind[]; environment?: string }>
export type Loaded = Readonly<{ checklist: Checklist } | { problems: readonly string[] }>

/**
 * The text of a YAML file as a checklist, or every problem of it at once, each as
 * `file:line:col path: expected …, found …`. Nothing of it is run, and nothing of the environment is read.
 */
export function loadChecklist({ file, text, kinds, environment }: Source): Loaded {
  const source = readYaml(file, text)
  if ('problems' in source) return source
  const { value: raw, locate, found } = source
  const problems = collectProblems(file, locate, found)
  if (!isObject(raw)) {
    problems.add([], `expected a mapping with the key stages, found ${raw === null ? 'nothing' : 'something else'}`)
    return { problems: problems.lines() }
  }
  const declared = declarationsOf(raw)
  const shape = parse(checklistShape, raw, [], problems, { words: wordsFor })
  const { databases, people } = declared
  const items = readStages(raw, { kinds, databases, people, problems, locate })
  checkNames(raw, declared, items, kinds, problems)
  checkVars(declared, problems)
  const byItems = items.placed.flatMap(({ item }) => asked(item, kinds, 'declares'))
  checkNotify(raw, declared, byItems, problems)
  checkUrls(raw, declared, byItems, problems)
  checkStores(raw, declared, items.placed, problems)
  const environments = Object.keys(declared.environments)
  checkPromotion(textsUnder(memberOf(raw, 'environments'), 'after'), environments, problems)
  checkEnvironment(environment, environments, problems)
  const lines = problems.lines()
  return shape === undefined || lines.length > 0
    ? { problems: lines }
    : { checklist: assemble(file, shape, items.placed) }
}

/** Keys that people look for at the top, and what there is instead. */
const wordsFor = (key: string): string | undefined =>
  key === 'targets' ? 'expected a known key, found targets: they are not built yet, every item runs here' : undefined

const textsUnder = (members: Readonly<Record<string, Json>>, key: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(members).flatMap(([name, member]) => {
      const value = isObject(member) ? member[key] : undefined
      return typeof value === 'string' ? [[name, value]] : []
    })
  )
