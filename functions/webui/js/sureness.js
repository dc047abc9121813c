/** How sure a line is, in three steps, for its colour in the list and over the picture. */

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
