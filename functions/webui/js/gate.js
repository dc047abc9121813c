/** Lets so many through at once; the others wait in the order in which they came. */

/** @param {number} most */
export function createGate(most) {
  let inside = 0;
  /** @type {Array<() => void>} */
  const waiting = [];

  function leave() {
    inside -= 1;
    waiting.shift()?.();
  }

  return {
    /**
     * @template T
     * @param {AbortSignal} signal Leaves the line.
     * @param {() => Promise<T>} work
     * @returns {Promise<T>}
     */
    async through(signal, work) {
      while (inside >= most) {
        await /** @type {Promise<void>} */ (new Promise((resolve) => waiting.push(resolve)));
      }
      inside += 1;
      try {
        signal.throwIfAborted();
        return await work();
      } finally {
        leave();
      }
    },
  };
}
