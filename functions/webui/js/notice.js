/** What the page has to say beside the files' own states. */
import { byId } from "./dom.js";
import { inEveryLanguage, word } from "./language.js";

let words = () => "";

/**
 * @param {string | null} key null takes back what was said.
 * @param {number} [n]
 */
export function notice(key, n = 0) {
  words = () => (key ? word(key, { n }) : "");
  byId("notice").textContent = words();
  if (key) byId("status").textContent = words();
}

export function startNotice() {
  inEveryLanguage(() => (byId("notice").textContent = words()));
}
