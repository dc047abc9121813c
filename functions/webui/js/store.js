/** A value that is replaced, never changed, and whose readers are told. */

/**
 * @template T
 * @typedef {{get: () => T, set: (next: T) => void, on: (reader: (value: T) => void) => () => void}} Store
 */

/**
 * @template T
 * @param {T} value
 * @returns {Store<T>} `on` calls its reader now and at every change, and returns what ends that.
 */
export function createStore(value) {
  /** @type {Set<(value: T) => void>} */
  const readers = new Set();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const reader of [...readers]) reader(value);
    },
    on(reader) {
      readers.add(reader);
      reader(value);
      return () => readers.delete(reader);
    },
  };
}
