/** Text with what is looked for marked in it. */
import { make } from "../dom.js";

/**
 * @param {HTMLElement} element
 * @param {string} text
 * @param {string} query
 */
export function setMarked(element, text, query) {
  element.replaceChildren(...pieces(text, query));
}

/**
 * @param {string} text
 * @param {string} query
 * @returns {Array<Node | string>}
 */
function pieces(text, query) {
  const places = placesOf(text, query);
  let from = 0;
  const parts = places.flatMap((at) => {
    const before = text.slice(from, at);
    from = at + query.length;
    return [before, make("mark", {}, [text.slice(at, from)])];
  });
  return [...parts, text.slice(from)].filter((part) => part !== "");
}

/**
 * Where a query stands in a text, in any case of its letters.
 * @param {string} text
 * @param {string} query
 * @returns {number[]}
 */
export function placesOf(text, query) {
  const [hay, needle] = [fold(text), fold(query)];
  // Letters that grow when their case is folded would shift every place behind them.
  if (!needle || hay.length !== text.length || needle.length !== query.length) {
    return query && text.includes(query) ? [text.indexOf(query)] : [];
  }
  const places = [];
  for (let at = hay.indexOf(needle); at >= 0; at = hay.indexOf(needle, at + needle.length)) {
    places.push(at);
  }
  return places;
}

/** @param {string} text */
function fold(text) {
  return text.toLowerCase();
}
