/** How sure a line is, in three steps that colours and words follow. */

/** From here up a line is sure; under the second it is not. */
const SURE = 0.9;
const UNSURE = 0.7;

/**
 * @param {number} confidence
 * @returns {"high" | "middling" | "low"}
 */
export function sureness(confidence) {
  if (confidence >= SURE) return "high";
  return confidence >= UNSURE ? "middling" : "low";
}

/**
 * Rounded down: a line is never called surer than it is.
 * @param {number} confidence
 */
export function percentOf(confidence) {
  return `${Math.floor(confidence * 100)}%`;
}
