/** Option values as form fields: what they are by default, what was chosen, what cannot be right. */

/** @typedef {import("../api.js").Option} Option */

const NUMBER = String.raw`\s*\d+(?:\.\d+)?\s*`;
const AREA = `${NUMBER}(?:[,，]${NUMBER}){3}`;
const SPAN = String.raw`\s*\d+\s*(?:-\s*\d*\s*)?`;

/** What a value must look like, by the option's type; any other is left to the service to judge. */
const SHAPES = /** @type {Record<string, RegExp>} */ ({
  area: new RegExp(`^${AREA}$`),
  areas: new RegExp(`^${AREA}(?:[;；]${AREA})*[;；]?\\s*$`),
  pages: new RegExp(`^${SPAN}(?:[,，]${SPAN})*$`),
  integer: /^\s*-?\d+\s*$/,
});

/**
 * A default as a form field would say it.
 * @param {unknown} value
 */
export function plain(value) {
  if (Array.isArray(value)) return value.join("\n");
  return value === null || value === undefined ? "" : String(value);
}

/** @param {Option} option */
export function isList(option) {
  return Array.isArray(option.default) && option.type !== "areas";
}

/**
 * Whether the service would surely refuse the value; an empty one leaves it the default.
 * @param {Option} option
 * @param {string} value
 */
export function isMistaken({ type, min, max }, value) {
  if (value.trim() === "") return false;
  if (SHAPES[type] && !SHAPES[type].test(value)) return true;
  if (type !== "integer" && type !== "number") return false;
  return !(Number(value) >= (min ?? -Infinity) && Number(value) <= (max ?? Infinity));
}
