/**
 * Words of what comes in: files, jobs, samples, history, in its two languages. `{name}` is filled in.
 * @type {import("../types.js").Lexicon}
 */
export const queue = {
  en: {},
  zh: {},
};
