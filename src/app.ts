import { join } from 'node:path'
import { invocationOf } from './app/answer.js'
import { chooseLedger, defaultFolder } from './app/choose-ledger.js'
import { type Front, openFront } from './app/front.js'
import { actionsOf, type Host, inheritedBy } from './app/host.js'
import { type Identity, identify } from './app/identity.js'
import { openHerald } from './app/notify-herald.js'
import { patient } from './app/notify-patience.js'
import type { Request } from './app/request.js'
import type { Shop } from './app/shop.js'
import { openClerk } from './app/sign-clerk.js'
import { checkKinds } from './checks/index.js'
import type { Event } from './core/events.js'
import type { ExecutionRecord } from './core/execution.js'
import type { AnyKind } from './core/item.js'
import { concealing } from './core/kept.js'
import { once } from './core/once.js'
import type { Clock, Interview, Ledger, Liveness, Shell } from './core/ports.js'
import { createRedactor } from './core/redact/redact.js'
import { databaseKinds } from './database/index.js'
import { openSql } from './database/postgres/sql.js'
import { deployKinds } from './deploy/index.js'
import { openHttp } from './network/http.js'
import { openTcp } from './network/tcp.js'
import { openLeftovers } from './shell/leftovers.js'
import { openLiveness } from './shell/liveness.js'
import { openRepository } from './shell/repository.js'
import { openShell } from './shell/run.js'
import type { Terminal } from './terminal/terminal.js'

/** What an entry decides: how it speaks, whom it may ask, and what hears of masks and of the execution. */
export type Surface = Readonly<{
  terminal: Terminal
  interview: Interview
  signal: AbortSignal
  /** Tells the runner, where there is one. */
  onMask(value: string): void
  onOpened(record: ExecutionRecord): void
}>

/** The one composition root: every port meets its adapter here. Nothing is opened before it is needed. */
export function openShop(
  host: Host,
  request: Pick<Request, 'ledger' | 'command' | 'checklist'>,
  surface: Surface
): Shop & Readonly<{ close(): Promise<void> }> {
  const actions = actionsOf(host.env)
  const { clock } = host
  const redactor = createRedactor(host.secrets)
  const shell = openShell({ redactor, clock, inActions: actions !== undefined, onMask: surface.onMask })
  const repository = openRepository({ folder: host.folder, shell, env: inheritedBy(host.env), signal: surface.signal })
  const runner = host.env['RUNNER_NAME'] || undefined
  const run = actions && { runId: actions.runId, runAttempt: actions.runAttempt, ...(runner && { runner }) }
  const machine = host.liveness ?? openLiveness(run)
  const { terminal, signal } = surface
  const mask = (value: string) => {
    redactor.add(value)
    surface.onMask(value)
  }
  for (const token of [host.gitHubToken, host.membersToken]) if (token !== undefined && token !== '') mask(token)
  const identity = once(() => identify(host, repository))
  const front = openFront(
    {
      ...{ host, actions, machine, signal },
      repository: async () => host.env['GITHUB_REPOSITORY'] || (await repository.name()),
      say: line => terminal.say(line)
    },
    request.command
  )
  const { ledger: onBranch, comments, ...gitHub } = front
  const clerk =
    front.signOffs &&
    openClerk({
      ...{ pages: front.signOffs.pages, redact: redactor.redact, clock, otherwise: surface.interview },
      say: line => terminal.say(line)
    })
  const interview = patient(clerk?.interview ?? surface.interview, { herald: () => herald, clock })
  const kinds = kindsFor(host, shell, clock, interview)
  const told: Event[] = []
  const herald = openHerald({
    ...{ host, redactor, mask, told, comments, http: openHttp(), kinds: () => kinds },
    invocation: invocationOf(request, { actions })
  })
  const liveness = concealing(front.liveness, async () => ledger.asked() && (await ledger()).keeps === 'verdicts')
  const ledger = once(async () =>
    herald.watching(await openLedger({ host, request, identity, liveness: front.liveness, mask, onBranch }))
  )
  return {
    ...{ host, actions, clock, shell, redactor, repository, liveness, interview, terminal, signal, mask, identity },
    ...{ kinds, told, herald },
    leftovers: openLeftovers({ redactor, clock }),
    ...gitHub,
    ...(clerk && { clerk }),
    liveness,
    seen: {},
    missedDeployments: [],
    noted: new Set<string>(),
    ledger,
    ledgerDatabase: async () => await databaseOf(await ledger()),
    opened: surface.onOpened,
    close: async () => {
      terminal.close()
      if (ledger.asked())
        await ledger()
          .then(opened => opened.close())
          .catch(() => {})
    }
  }
}

/** Every kind that a checklist may name, in the order of the reference. */
export function kindsFor(host: Host, shell: Shell, clock: Clock, interview: Interview): readonly AnyKind[] {
  const baseEnv = inheritedBy(host.env)
  return [
    ...checkKinds({ clock, shell, http: openHttp(), tcp: openTcp(), sql: openSql(), interview, baseEnv }),
    ...databaseKinds({
      shell,
      clock,
      baseEnv,
      defaultStore: join(defaultFolder(host), 'backups'),
      program: import.meta.url
    }),
    ...deployKinds({ shell, baseEnv })
  ]
}

type Wanted = Readonly<{
  host: Host
  request: Pick<Request, 'ledger'>
  identity: () => Promise<Identity>
  liveness: Liveness
  mask(value: string): void
  onBranch: Front['ledger']
}>

async function openLedger({ request, identity, ...rest }: Wanted): Promise<Ledger> {
  const { repository } = await identity()
  return await chooseLedger({ ...rest, wanted: request.ledger, repository })
}

/** A ledger in a database says which one; a file lies in none. */
async function databaseOf(
  ledger: Ledger
): Promise<Readonly<{ systemIdentifier: string; databaseOid: number }> | undefined> {
  return 'identity' in ledger && typeof ledger.identity === 'function' ? await ledger.identity() : undefined
}
