// npm run surface: writes the inputs and outputs of both manifests and the README's tables from src/core/surface.ts, and
// what each reason says into docs/troubleshooting.md from src/core/reasons.ts. __tests__/contract/ holds what is committed to the same functions. Node 24, which reads TypeScript.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { root } from './install-if-needed.mjs'

/** The README with its two tables filled in. */
export function withTables(readme, { INPUTS, OUTPUTS }) {
  const inputs = Object.entries(INPUTS).map(([name, spec]) => [`\`${name}\``, spec.description, defaultOf(spec)])
  const tables = {
    inputs: table(['input', 'what it is', 'default'], inputs),
    outputs: table(['output', 'what it is'], rows(OUTPUTS))
  }
  return Object.entries(tables).reduce((text, [name, content]) => between(text, name, content), readme)
}

/**
 * The page of reasons with what each code says under its heading. A code without one gets it at the end, where a test
 * asks for why and what to do; one that no code stands for is an error.
 */
export function withMeanings(page, { REASONS }) {
  const codes = [...page.matchAll(/^### `(.+)`$/gm)].map(([, code]) => code)
  const stale = codes.filter(code => !Object.hasOwn(REASONS, code))
  if (stale.length > 0) throw new Error(`docs/troubleshooting.md explains what is no reason: ${stale.join(', ')}`)
  const missing = Object.keys(REASONS).filter(code => !codes.includes(code))
  const whole = [page.trimEnd(), ...missing.map(code => `### \`${code}\``)].join('\n\n')
  const said = /^### `(.+)`\n(\*[^*].*\*\n)?\n?/gm
  return `${`${whole}\n`.replace(said, (_, code) => `### \`${code}\`\n*${REASONS[code]}*\n\n`).trimEnd()}\n`
}

/** A manifest with its inputs and outputs; for the composite, `outputs` come from its own steps. */
export function withSurface(manifest, { INPUTS, OUTPUTS }, { composite }) {
  const inputs = Object.entries(INPUTS).flatMap(([name, spec]) => [
    ...described(name, spec.description),
    ...(spec.required || (name === 'stage' && !composite)
      ? ['    required: true']
      : ['    required: false', `    default: '${spec.default}'`])
  ])
  const outputs = Object.entries(OUTPUTS).flatMap(([name, description]) => [
    ...described(name, description),
    ...(composite ? [`    value: \${{ ${sourceOf(name)} }}`] : [])
  ])
  const surface = ['inputs:', ...inputs, 'outputs:', ...outputs, ''].join('\n')
  return manifest.replace(/^inputs:\n[\s\S]*?(?=^(#|runs:))/m, () => surface)
}

// When no node is found, nothing of ours runs, so the first step says those two itself.
const sourceOf = name =>
  [
    `steps.settle.outputs.${name}`,
    ...(['status', 'reason'].includes(name) ? [`steps.begin.outputs.${name}`] : [])
  ].join(' || ')

const rows = entries => Object.entries(entries).map(([name, text]) => [`\`${name}\``, text])
const defaultOf = ({ required, default: value }) => (required ? 'required' : value === '' ? '' : `\`${value}\``)
const table = (head, body) => [head, head.map(() => '---'), ...body].map(row => `| ${row.join(' | ')} |`).join('\n')

function between(text, name, content) {
  const marked = new RegExp(`(<!-- ${name} -->\\n)[\\s\\S]*?(<!-- /${name} -->)`)
  if (!marked.test(text)) throw new Error(`README.md has no <!-- ${name} --> … <!-- /${name} -->`)
  return text.replace(marked, (_, start, end) => `${start}${content}\n${end}`)
}

function described(name, description) {
  const lines = description
    .split(' ')
    .reduce(
      ([line, ...before], word) =>
        line.length + word.length < 108 ? [`${line} ${word}`, ...before] : [`      ${word}`, line, ...before],
      ['     ']
    )
  return [`  ${name}:`, '    description: >-', ...lines.reverse()]
}

async function main() {
  const source = name => import(pathToFileURL(join(root, 'src', 'core', name)).href)
  const surface = { ...(await source('surface.ts')), ...(await source('reasons.ts')) }
  const rewrite = (file, change) => writeFileSync(join(root, file), change(readFileSync(join(root, file), 'utf8')))
  rewrite('README.md', text => withTables(text, surface))
  rewrite('docs/troubleshooting.md', text => withMeanings(text, surface))
  rewrite('action.yml', text => withSurface(text, surface, { composite: true }))
  rewrite('stage/action.yml', text => withSurface(text, surface, { composite: false }))
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main()
