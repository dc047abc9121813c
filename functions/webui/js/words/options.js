/**
 * Words of the options, areas and the key, in its two languages. `{name}` is filled in.
 * @type {import("../types.js").Lexicon}
 */
export const options = {
  en: {},
  zh: {},
};
