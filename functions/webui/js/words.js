/** Every word of the page in its two languages; each part of the page has a file of its own. */
import { options } from "./words/options.js";
import { page } from "./words/page.js";
import { queue } from "./words/queue.js";
import { viewer } from "./words/viewer.js";

/** @type {import("./types.js").Lexicon} */
export const WORDS = {
  en: { ...page.en, ...queue.en, ...viewer.en, ...options.en },
  zh: { ...page.zh, ...queue.zh, ...viewer.zh, ...options.zh },
};
