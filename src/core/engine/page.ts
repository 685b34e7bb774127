import { guarded, type Workshop } from './run-item.js'

/** The checklist's own command for calling a person, if it has one, and what it is run with. */
export type Page = Readonly<{
  text: string | undefined
  folder: string
  /** Declared names with their values. */
  names: Readonly<Record<string, string>>
  /** What failed; redacted already. */
  message: string
}>

const LONGEST_MS = 60_000

/** Tells a person, by the checklist's own command. That this fails is said and changes nothing. */
export async function page({ text, folder, names, message }: Page, workshop: Workshop): Promise<void> {
  if (text === undefined)
    return workshop.say('monitor', `nobody is paged, because the checklist names no \`page\`: ${message}`)
  const { outcome, detail } = await guarded(workshop, 'monitor', async () => {
    const { code } = await workshop.shell.run({
      what: { text, shell: 'sh' },
      env: { ...workshop.baseEnv, ...names, DEPLOY_FAILURE: message },
      folder,
      timeoutMs: LONGEST_MS,
      signal: workshop.signal,
      onAbort: 'end',
      onLine: line => workshop.say('monitor', line)
    })
    return { outcome: code === 0 ? 'pass' : 'fail', detail: `ended with ${code}` }
  })
  if (outcome !== 'pass') workshop.say('monitor', `the page command ${detail}: a person must be told some other way`)
}
