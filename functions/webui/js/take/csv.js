/**
 * The tree as CSV (RFC 4180) as the service writes it: a record a line, of a table a record a
 * cell. UTF-8 with a byte order mark, without which Excel reads Chinese as gibberish. A text that
 * a spreadsheet would take for a formula gets a leading apostrophe.
 */
import { plain } from "./plain.js";
import { within } from "./tree.js";

/** @typedef {import("./tree.js").Page} Page */
/** @typedef {import("./tree.js").Block} Block */
/** @typedef {import("./tree.js").Line} Line */
/** @typedef {import("../api.js").Cell} Cell */
/** @typedef {string | number} Field */

const HEAD = [
  ...["page", "block", "type", "line", "row", "col", "row_span", "col_span"],
  ...["text", "confidence", "model", "x1", "y1", "x2", "y2", "x3", "y3", "x4", "y4"],
];
const MARK = "\ufeff";
const FORMULA = /^[\s\u200b]*[=+\-@\uff1d\uff0b\uff0d\uff20|%]/u;

/** `-12.50` is an amount and harmless. */
const NUMBER = /^[+-]?[\p{Nd},]*\.?\p{Nd}+%?$/u;

/** @param {Page[]} pages */
export function asCsv(pages) {
  const records = pages.flatMap(({ page, blocks }) => {
    let line = 0;
    return blocks.flatMap((block, at) =>
      recordsOf(block).map((record) => [page, at + 1, block.type, (line += 1), ...record]),
    );
  });
  return MARK + [HEAD, ...records].map((record) => `${record.map(quoted).join(",")}\r\n`).join("");
}

/**
 * @param {Block} block
 * @returns {Field[][]}
 */
function recordsOf({ cells, lines }) {
  if (!cells.length) {
    return lines.map((line) => ["", "", "", "", safe(line.text), ...sure([line]), ...corners(line)]);
  }
  const inOrder = cells.toSorted((a, b) => a.row - b.row || a.col - b.col);
  return inOrder.map((cell) => [
    ...[cell.row + 1, cell.col + 1, cell.row_span, cell.col_span],
    ...[safe(cell.text), ...sure(within(cell.box, lines)), ...corners(cell)],
  ]);
}

/**
 * The text as no spreadsheet runs it.
 * @param {string} text
 */
export function safe(text) {
  const shown = plain(text);
  return FORMULA.test(shown) && !NUMBER.test(shown) ? `'${shown}` : shown;
}

/**
 * The least confidence of some lines and who read the first.
 * @param {Line[]} lines
 * @returns {Field[]}
 */
function sure(lines) {
  if (!lines.length) return ["", ""];
  return [decimal(Math.min(...lines.map(({ confidence }) => confidence))), lines[0].model];
}

/** @param {Line | Cell} boxed */
function corners({ box }) {
  return box.flat().map(decimal);
}

/** @param {number} value */
function decimal(value) {
  return Number.isInteger(value) ? value.toFixed(1) : String(value);
}

/** @param {Field} field */
function quoted(field) {
  const text = String(field);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
