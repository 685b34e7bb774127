/** Asks the service which release it is, ten times a second, until stopped. */
export function watchVersion(port) {
  const releases = []
  let [answers, misses, over] = [0, 0, false]

  async function watch() {
    while (!over) {
      const release = await ask(port)
      if (release === undefined) misses += 1
      else answers += 1
      if (release !== undefined && releases.at(-1) !== release) releases.push(release)
      await new Promise(resolve => setTimeout(resolve, 100))
    }
  }
  const watching = watch()
  return {
    stop: async () => {
      over = true
      await watching
      return { releases, answers, misses }
    }
  }
}

async function ask(port) {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/version`, { signal: AbortSignal.timeout(2_000) })
    return (await answer.json()).release
  } catch {
    return undefined
  }
}
