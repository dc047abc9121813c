/** A failure in words: what is wrong, and what to do next. */
import { currentLanguage, word } from "./language.js";

/**
 * @param {import("./api.js").ApiError} error
 * @returns {{said: string, next: string, code: string}} `next` is "" where there is nothing to do;
 *   `code` is for whoever looks for the request in a log.
 */
export function errorWords({ code, words, values, requestId }) {
  return {
    said: words?.[currentLanguage()] || word(code, values),
    next: word(`next_${code}`, values, ""),
    code: [code, requestId].filter(Boolean).join(" · "),
  };
}
