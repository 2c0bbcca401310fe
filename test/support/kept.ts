// One record for all tests that leave it as it is.

/** Makes a record for each key once, and gives the same one ever after. */
export function keptBy<K, V>(make: (key: K) => Promise<V>): (key: K) => Promise<V> {
  const kept = new Map<K, Promise<V>>();
  return (key) => {
    const one = kept.get(key) ?? make(key);
    kept.set(key, one);
    return one;
  };
}
