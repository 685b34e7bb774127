import type { Result } from '../core/result/result.js'
import { type Block, prose } from './markdown.js'
import { linked } from './markdown-links.js'

type Told = Pick<Result, 'url' | 'deployment'>

/** What a terminal shows of GitHub's deployment: where the application is seen, and what GitHub was not told. */
export const deploymentLines = ({ url, deployment }: Told): readonly (readonly [string, string])[] => [
  ...(url === undefined ? [] : [['seen at', url] as const]),
  ...(deployment === undefined || deployment.missed === '' ? [] : [['deployment', deployment.missed] as const])
]

/** The same in the summary, with the page of the environment's deployments. */
export function deploymentBlock({ url, deployment }: Told): Block {
  const { taken = null, missed = '' } = deployment ?? {}
  const places = [
    ...(url === undefined ? [] : [`seen at ${linked(prose(url), url)}`]),
    ...(taken === null ? [] : [linked(`deployment ${prose(taken.id)} on GitHub`, taken.page)])
  ]
  const lines = [...(places.length === 0 ? [] : [places.join(' · ')]), ...(missed === '' ? [] : [`⚠️ ${prose(missed)}`])]
  return lines.length === 0 ? { head: [], lines: [] } : { head: [...lines.flatMap(line => [line, ''])], lines: [] }
}
