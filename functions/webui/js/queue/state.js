/** Where an item stands, in words and as a share. */
import { errorWords } from "../advice.js";
import { word } from "../language.js";

/** @typedef {import("../types.js").Item} Item */

/** @param {Item} item */
export function stateWords(item) {
  if (item.held) return word("state_held");
  if (item.status === "failed" && item.error) return errorWords(item.error).said;
  if (item.status === "done" && item.answer) return doneWords(item.answer);
  if (item.status === "sending" && item.sent !== null) {
    return word("state_sent", { percent: Math.floor(item.sent * 100) });
  }
  if (item.status === "reading" && item.progress) return pagesWords(item.progress);
  return word(`state_${item.status}`);
}

/**
 * @param {Item} item
 * @returns {number | null | undefined} From 0 to 1; null while busy without an end in sight;
 *   undefined for an item that nobody works on.
 */
export function shareDone({ status, sent, progress }) {
  if (status === "sending") return sent;
  if (status !== "reading") return undefined;
  return progress?.total ? progress.done / progress.total : null;
}

/** @param {import("../types.js").Answer} answer */
function doneWords({ text, total_time: seconds }) {
  const key = text.length === 0 ? "state_empty" : text.length === 1 ? "state_line" : "state_lines";
  return word(key, { n: text.length, time: seconds.toFixed(seconds < 10 ? 1 : 0) });
}

/** @param {import("../types.js").Progress} progress */
function pagesWords({ done, total }) {
  return total === null ? word("state_counting") : word("state_pages", { done, total });
}
