/**
 * Lines of a paragraph joined to running text, as the service joins them in its Markdown: nothing
 * between Han characters or beside full-width marks, a space between Latin words, between Han and
 * Latin what the paragraph does elsewhere. A hyphen at a line's end goes where the break put it:
 * before a lower-case letter, behind a word that has no other hyphen. Addresses stay whole.
 */

const HAN = "\\u2e80-\\u2fdf\\u3005-\\u3007\\u3021-\\u3029\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff";
const HIGH = "\\u{20000}-\\u{3ffff}";
const WORD = "\\p{L}\\p{Nl}\\p{No}";

/** Written without spaces: Han, kana, and marks of full width. */
const WIDE = new RegExp(`^[${HAN}\\u3000-\\u3004\\u3008-\\u3020\\uff00-\\uff9f${HIGH}]`, "u");
const LETTER = new RegExp(`[${HAN}${HIGH}]`, "u");

/** Marks of both scripts: beside Han they are of full width. */
const DOUBLE = "“”‘’…—·";
const HYPHENS = "-\u2010";
const SOFT = "\u00ad";
const BOUNDARY = new RegExp(`[${HAN}]( ?)[A-Za-z0-9]|[A-Za-z0-9%]( ?)[${HAN}]`, "gu");

/** A line that ends with a word of letters alone and a hyphen. */
const BROKEN = new RegExp(`(?:^|[\\s(\\[“"'/])([${WORD}]+)[${HYPHENS}]$`, "u");
const HYPHENED = new RegExp(`[${WORD}]+(?:[${HYPHENS}][${WORD}]+)+`, "gu");
const FIRST_WORD = new RegExp(`^[${WORD}]+`, "u");

/** Words that keep their hyphen before another: self-, well-. */
const KEPT = ["all", "cross", "ex", "half", "quasi", "self", "well"];

const ADDRESS = /(?:https?:\/\/|ftp:\/\/|www\.)\S*$|\S+@\S*$/iu;
const OPEN_END = /[/.?#=&_%@~+:-]$/u;
const OPEN_START = /^[/?#=&_%@~+.][\p{L}\p{N}_/%]/u;

/**
 * One paragraph of the lines' texts.
 * @param {string[]} texts
 */
export function joinLines(texts) {
  const lines = texts.map((text) => text.trim()).filter(Boolean);
  const spaced = spacedBoundaries(lines);
  const words = new Set(lines.join(" ").match(HYPHENED) ?? []);
  let joined = lines[0] ?? "";
  for (let at = 1; at < lines.length; at += 1) {
    const [before, after] = [lines[at - 1], lines[at]];
    const [kept, between] = seam(before, after, spaced, words);
    joined = joined.slice(0, joined.length - (before.length - kept.length)) + between + after;
  }
  return joined;
}

/**
 * The first line without a hyphen that goes, and what stands between it and the next.
 * @param {string} before
 * @param {string} after
 * @param {boolean} spaced
 * @param {Set<string>} words
 */
function seam(before, after, spaced, words) {
  if (before.endsWith(SOFT)) return [before.slice(0, -1), ""];
  if (inAddress(before, after)) return [before, ""];
  if (HYPHENS.includes(before.slice(-1)) && before.length > 1 && !/\s.$/u.test(before)) {
    return [hyphenGoes(before, after, words) ? before.slice(0, -1) : before, ""];
  }
  return [before, between(before, after, spaced)];
}

/**
 * @param {string} before
 * @param {string} after
 * @param {boolean} spaced
 */
function between(before, after, spaced) {
  const [last, first] = [[...before].at(-1) ?? "", [...after][0]];
  const [left, right] = [WIDE.test(last), WIDE.test(first)];
  if (left || right) {
    return left !== right && spaced && speaks(last) && speaks(first) ? " " : "";
  }
  if (DOUBLE.includes(last) || DOUBLE.includes(first)) {
    const near = [[...before].slice(-4).join(""), [...after].slice(0, 4).join("")];
    return near.every((part) => LETTER.test(part)) ? "" : besideDash(before);
  }
  return last === "/" && !/\s.$/u.test(before) ? "" : " ";
}

/**
 * Nothing behind a dash that leans on its word: "quick—and", else a space.
 * @param {string} before
 */
function besideDash(before) {
  return before.endsWith("—") && !/\s.$/u.test(before) ? "" : " ";
}

/** @param {string} char */
function speaks(char) {
  return /[\p{L}\p{N}%(]/u.test(char);
}

/**
 * Whether the break put the hyphen there: "recog-" before "nised".
 * @param {string} before
 * @param {string} after
 * @param {Set<string>} words
 */
function hyphenGoes(before, after, words) {
  const word = BROKEN.exec(before)?.[1];
  const rest = FIRST_WORD.exec(after)?.[0];
  if (!word || !rest || !/^\p{Ll}/u.test(after)) return false;
  const next = after.charAt(rest.length);
  if (next !== "" && HYPHENS.includes(next)) return false;
  return !KEPT.includes(word.toLowerCase()) && !words.has(`${word}-${rest}`);
}

/**
 * Whether a web or mail address runs over the break.
 * @param {string} before
 * @param {string} after
 */
function inAddress(before, after) {
  if (!ADDRESS.test(before) || !/^[\x00-\x7f]/.test(after)) {
    return /\S@$/u.test(before) || /^@[\p{L}\p{N}_]+\.[\p{L}\p{N}_]/u.test(after);
  }
  return (OPEN_END.test(before) || OPEN_START.test(after)) && !before.endsWith(":");
}

/**
 * Whether the paragraph puts spaces between Han and Latin more often than not.
 * @param {string[]} lines
 */
function spacedBoundaries(lines) {
  const found = lines.flatMap((line) => [...line.matchAll(BOUNDARY)]);
  const spaced = found.filter(([, before, after]) => before || after).length;
  return spaced > found.length - spaced;
}
