#!/usr/bin/env bash
# First step of the composite action: is there a node that can run the others, and where do they leave word for each other?
set -euo pipefail

refuse() {
  echo "::error title=deploy-checklist cannot start::$1 deploy-checklist needs Node 20 or newer on PATH; add a step with actions/setup-node before this one."
  printf '%s\n' 'status=REFUSED' 'reason=runner_unfit' >>"$GITHUB_OUTPUT"
  exit 2
}

node=$(command -v node) || refuse 'There is no node on PATH.'
version=$(node -p 'process.versions.node' 2>&1) || refuse "$node does not run."
major=${version%%.*}
[[ $major =~ ^[0-9]+$ ]] || refuse "$node does not say its version."
((major >= 20)) || refuse "$node is version $version."

# A file of this invocation alone: one job may use the action several times.
state=$(mktemp "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/deploy-checklist.XXXXXX")
printf 'state=%s\n' "$state" >>"$GITHUB_OUTPUT"
