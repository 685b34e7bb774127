export type EndSignal = 'SIGINT' | 'SIGTERM' | 'SIGHUP'

/** The part of the process object that is needed. */
export type SignalSource = Readonly<{
  on(signal: EndSignal, listener: () => void): unknown
  off(signal: EndSignal, listener: () => void): unknown
}>

const END_SIGNALS: readonly EndSignal[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/**
 * Calls the handler each time that somebody asks this process to end; until the returned function is called, the process
 * does not end by itself then. GitHub's runner sends SIGINT, after 7.5 s SIGTERM, after 2.5 s more it kills.
 */
export function onSignals(source: SignalSource, handler: (signal: EndSignal) => void): () => void {
  const listeners = END_SIGNALS.map(signal => ({ signal, listener: () => handler(signal) }))
  for (const { signal, listener } of listeners) source.on(signal, listener)
  return () => {
    for (const { signal, listener } of listeners) source.off(signal, listener)
  }
}
