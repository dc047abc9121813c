/**
 * Words of what comes out: the picture, its lines, downloads, in its two languages. `{name}` is filled in.
 * @type {import("../types.js").Lexicon}
 */
export const viewer = {
  en: {},
  zh: {},
};
