/** Waiting: for some time, and for a service that is busy. */
import { ApiError } from "./api.js";

const PASSING = ["busy", "throttled"];
const ATTEMPTS = 5;

/** Seconds to wait where the service does not say how long, doubled each time. */
const FIRST = 1;
const LONGEST = 30;

/**
 * @param {number} ms
 * @param {AbortSignal} signal Ends the wait: the promise is then rejected.
 * @returns {Promise<void>}
 */
export function pause(ms, signal) {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", stop);
      resolve();
    }, ms);
    signal.addEventListener("abort", stop, { once: true });
  });
}

/**
 * Try again while the service says that it is busy, when it says.
 * @template T
 * @param {() => Promise<T>} attempt
 * @param {AbortSignal} signal
 * @param {(held: boolean) => void} tell Whether it is being waited for.
 * @returns {Promise<T>}
 */
export async function patiently(attempt, signal, tell) {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const passes = error instanceof ApiError && PASSING.includes(error.code);
      if (!passes || tries === ATTEMPTS) throw error;
      tell(true);
      const seconds = error.retryAfter || FIRST * 2 ** (tries - 1);
      await pause(1000 * Math.min(LONGEST, seconds), signal);
      tell(false);
    }
  }
}
