#!/bin/sh
':' //; exec node --v8-pool-size=1 "$0" "$@"
// Built by scripts/build.mjs.
var major = Number(process.versions.node.split('.')[0])
if (major < 20) {
  console.error(
    (process.env.GITHUB_ACTIONS === 'true' ? '::error::' : '') +
      'deploy-checklist needs Node 20 or newer, and ' + process.execPath + ' is ' + process.version + '. ' +
      'Put a newer one first on PATH, in a workflow with actions/setup-node in a step before this one.'
  )
  process.exit(2)
}
import('./bundle.js').then(function (bundle) { return bundle.cli() })
