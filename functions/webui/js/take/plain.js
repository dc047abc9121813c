/** Text without what breaks lines or formats. */

const CONTROLS = /[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]+/gu;
const BREAKS = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/;

/**
 * The text on one line: what is no character of a text becomes a space.
 * @param {string} text
 */
export function plain(text) {
  return text.replace(CONTROLS, " ").trim();
}

/** @param {string} text */
export function linesOf(text) {
  const lines = text.split(BREAKS);
  return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
}
