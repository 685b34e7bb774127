import { isObject, type Json } from '../core/json.js'

/** One step down: a member by name, an element by place (negative from the end), or all of them. */
type Step = Readonly<{ member: string } | { element: number } | { all: true }>
export type JsonPath = Readonly<{ steps: readonly Step[]; many: boolean }>

const STEP = /\.([A-Za-z_][\w-]*)|\[(-?\d+)\]|\['([^']*)'\]|\["([^"]*)"\]|(\.\*|\[\*\])/y

/** `$.a.b[0].c`, `$.items[*].id`, `$['odd key']`; undefined for anything else (no filters, no `..`). */
export function parseJsonPath(text: string): JsonPath | undefined {
  if (!text.startsWith('$')) return undefined
  const steps: Step[] = []
  STEP.lastIndex = 1
  while (STEP.lastIndex < text.length) {
    const found = STEP.exec(text)
    if (found === null) return undefined
    const [, bare, place, single, double, all] = found
    if (all !== undefined) steps.push({ all: true })
    else if (place !== undefined) steps.push({ element: Number(place) })
    else steps.push({ member: bare ?? single ?? double ?? '' })
  }
  return { steps, many: steps.some(step => 'all' in step) }
}

/** Every value that the path leads to, in its order; none where there is nothing. */
export const valuesAt = ({ steps }: JsonPath, root: Json): readonly Json[] =>
  steps.reduce<readonly Json[]>((values, step) => values.flatMap(value => below(value, step)), [root])

function below(value: Json, step: Step): readonly Json[] {
  if ('all' in step) return Array.isArray(value) ? value : isObject(value) ? Object.values(value) : []
  if ('element' in step) return Array.isArray(value) ? present(value.at(step.element)) : []
  return isObject(value) && Object.hasOwn(value, step.member) ? present(value[step.member]) : []
}

const present = (value: Json | undefined): readonly Json[] => (value === undefined ? [] : [value])
