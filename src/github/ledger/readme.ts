/** What says that a branch is a ledger of ours. */
export const MARKER = 'ledger.json'

/** The files of a ledger's first commit. */
export const FIRST_FILES = [
  { path: MARKER, text: `${JSON.stringify({ format: 1, tool: 'deploy-checklist' })}\n` },
  {
    path: 'README.md',
    text: `# Deployments of this repository

This branch is the ledger of deploy-checklist: what was deployed where, by whom, what was checked, and who holds an
environment now. It has a history of its own and nothing of the code. Nobody edits it by hand; every entry is chained to
the one before by its hash, so that an edit is found.

- One folder per checklist and environment.
- \`index.json\` in it: the last number, who holds the environment (\`holder\`, empty when nobody does), and what was removed.
- \`000012-….jsonl\`: execution 12, one line per write, with what changed (\`set\`) and what happened (\`events\`).
- \`records-….json\`: executions that have ended, so that a list need not read them all. Made from the lines above.
- The commits tell the same story, one per write.

To read it: \`deploy-checklist history\`, \`deploy-checklist show ID\`. To hold it against what summaries printed:
\`deploy-checklist verify\`. Do not rebase it and never push to it by force: deploy-checklist refuses a branch that was
rewritten.
`
  }
] as const
