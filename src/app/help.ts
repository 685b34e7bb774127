const OVERVIEW = `deploy-checklist runs a deployment checklist: preflight, backup, migrate, deploy, smoke-test, monitor.

  plan                what would happen, the way back, and its digest; nothing is touched
  run [STAGE]         run the checklist, or one stage of it
  run --resume [ID]   go on with an execution that was killed, cancelled or waits
  run --observe       run only the checks, beside today's pipeline
  rollback [ID]       take an execution back (default: the newest), verified by its target's smoke test
  monitor [ID]        run the checkpoints that are due
  adopt --commit SHA  record a system that is live already, after its smoke test passes
  history             the executions, newest first
  show [ID]           one execution with every event
  verify [ID]         is the ledger what it was? --head ID:SEQ:HASH from a summary finds a cut tail
  sign [ID] --sign ITEM=WHO:WORDS   answer a manual item
  gate [--apply]      what the checklist promises of the environment, and what GitHub enforces
  notify [--test]     who is told of what; --test sends each of them a message
  delete ID           remove an ended execution; a tombstone stays

Options
  -c, --checklist FILE     default .github/deploy-checklist.yml, then deploy-checklist.yml
  -e, --environment NAME   default: the only one that the checklist names, else production
      --ledger WHERE       file:FOLDER, or env:NAME for a Postgres URL in that variable; to look, branch or branch:NAME
      --execution ID       the execution that is meant
      --sign ITEM=WHO:WORDS   repeatable; for an interrupted action WORDS begin with done or again
      --restore NAME       rollback: put the proven backup of that database in its place
      --accept-loss NAME   ...although rows were written since
      --takeover ID        run, rollback, sign: that execution's holder is known to be dead
      --because WORDS      run, plan, rollback, delete: why; kept in the ledger. A commit that is marked bad needs it
      --emergency WORDS    run, plan: set window, freeze, order and soak aside, for this reason
      --to ID              rollback: the execution whose release should be live
      --apply              gate: set what is promised, with an admin's token in GITHUB_TOKEN or GH_TOKEN
      --reviewer WHO       gate --apply: @alice or @org/team, beside those that there are; repeatable
      --test               notify: send each of them a test message
      --dry-run            run: show the plan instead; rollback: what it would take back, how long, at what loss
      --json               the result as JSON on stdout
      --help, --version`

const EXAMPLES: Readonly<Record<string, string>> = {
  run: `Examples
  deploy-checklist run --environment production
  deploy-checklist run backup                       one stage; the ones before it must have passed
  deploy-checklist run --resume                     after a kill, a cancel, or when it waits
  deploy-checklist run --resume --sign preflight/told=alice:"they know"
  deploy-checklist run --observe                    only look`,
  plan: `Examples
  deploy-checklist plan --environment staging
  deploy-checklist plan --json | jq -r .digest`,
  gate: `Examples
  deploy-checklist gate --environment production
  GITHUB_TOKEN=$(gh auth token) deploy-checklist gate --apply --reviewer @alice --reviewer @org/devops`,
  notify: `Examples
  deploy-checklist notify --environment production
  SLACK_WEBHOOK_URL=… deploy-checklist notify --test`,
  rollback: `Examples
  deploy-checklist rollback                         the newest execution
  deploy-checklist rollback 20261120T101500-3f9a2c --because "orders fail"
  deploy-checklist rollback --restore main          the proven backup takes the database's place
  deploy-checklist rollback --restore main --accept-loss main`,
  monitor: `Examples
  deploy-checklist monitor                          run what is due; from a schedule, late ones too
  deploy-checklist monitor --environment staging    where several environments wait for one`,
  adopt: `Examples
  deploy-checklist adopt --commit "$(ssh web1 cat /srv/app/REVISION)"`,
  history: `Examples
  deploy-checklist history --limit 50
  deploy-checklist history --status FAILED --status ROLLED_BACK --json
  GITHUB_TOKEN=$(gh auth token) deploy-checklist history --ledger branch   what Actions has recorded`,
  show: `Examples
  deploy-checklist show                             the newest
  deploy-checklist show 20261120T101500-3f9a2c --json`,
  verify: `Examples
  deploy-checklist verify
  GITHUB_TOKEN=$(gh auth token) deploy-checklist verify   against the heads in GitHub's deployments too
  deploy-checklist verify --head 20261120T101500-3f9a2c:41:9f2c…   the head that a summary printed`,
  sign: `Examples
  deploy-checklist sign --sign preflight/told=alice:"they know"
  deploy-checklist sign 20261120T101500-3f9a2c --sign deploy/switch=bob:"done by hand"`,
  delete: `Examples
  deploy-checklist delete 20261120T101500-3f9a2c --because "a test"`
}

export const helpFor = (command: string): string =>
  [OVERVIEW, EXAMPLES[command]].filter(part => part !== undefined).join('\n\n')
