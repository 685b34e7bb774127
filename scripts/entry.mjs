/**
 * V8 has one thread of its own beside ours, not four: each has an arena of memory, which every start of a program copies.
 * A thousand items take a sixteenth less of time with it. Node takes this only from its command line.
 */
export const NODE_FLAGS = '--v8-pool-size=1'

/**
 * The command line's first lines. A shell takes the second one and becomes Node; to Node it is a text and a comment. `env
 * -S` would be shorter, and is not on every system.
 */
export const cliEntry = () => `#!/bin/sh
':' //; exec node ${NODE_FLAGS} "$0" "$@"
${entry('cli')}`

/** The text of an entry of dist/: old syntax, so that an old Node can read it and say what it lacks. */
export const entry = name => `// Built by scripts/build.mjs.
var major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  console.error(
    (process.env.GITHUB_ACTIONS === 'true' ? '::error::' : '') +
      'deploy-checklist needs Node 20 or newer, and ' + process.execPath + ' is ' + process.version + '. ' +
      'Put a newer one first on PATH, in a workflow with actions/setup-node in a step before this one.'
  )
  process.exit(2)
}
import('./bundle.js').then(function (bundle) { return bundle.${name}() })
`
