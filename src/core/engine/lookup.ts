/** What may be asked of a map that is never changed. A `Map` is one. */
export type Lookup<K, V> = Readonly<{
  size: number
  get(key: K): V | undefined
  has(key: K): boolean
  keys(): Iterable<K>
  values(): Iterable<V>
  [Symbol.iterator](): Iterator<readonly [K, V]>
}>

/** So many entries lie above the others before they are put in one layer again. */
const MOST_ABOVE = 64

const layers = new WeakMap<
  object,
  Readonly<{ below: Lookup<unknown, unknown>; above: ReadonlyMap<unknown, unknown> }>
>()

/**
 * The map with one entry more, or another value, in the order of the first entries; the one that is given stays as it
 * is. A journal of a thousand items makes two thousand of them: a copy of the few newest entries is made each time, and
 * of all of them only now and then.
 */
export function withEntry<K, V>(map: Lookup<K, V>, key: K, value: V): Lookup<K, V> {
  const parts = layers.get(map) as Readonly<{ below: Lookup<K, V>; above: ReadonlyMap<K, V> }> | undefined
  const above = new Map(parts?.above).set(key, value)
  const made = layered(parts?.below ?? map, above)
  return above.size < MOST_ABOVE ? made : new Map(made)
}

function layered<K, V>(below: Lookup<K, V>, above: ReadonlyMap<K, V>): Lookup<K, V> {
  function* entries(): Generator<readonly [K, V]> {
    for (const [key, value] of below) yield [key, above.get(key) ?? value]
    for (const [key, value] of above) if (!below.has(key)) yield [key, value]
  }
  const made: Lookup<K, V> = {
    get size() {
      return below.size + [...above.keys()].filter(key => !below.has(key)).length
    },
    get: key => above.get(key) ?? below.get(key),
    has: key => above.has(key) || below.has(key),
    keys: () => [...entries()].map(([key]) => key),
    values: () => [...entries()].map(([, value]) => value),
    [Symbol.iterator]: entries
  }
  layers.set(made, { below, above })
  return made
}
