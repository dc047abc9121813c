/**
 * The tree as Markdown (CommonMark, tables as GitHub writes them), letter for letter what the
 * service writes. Text stands for itself: every mark that could become markup is escaped.
 */
import { joinLines } from "./join.js";
import { linesOf, plain } from "./plain.js";
import { gridOf } from "./text.js";

/** @typedef {import("./tree.js").Page} Page */
/** @typedef {import("./tree.js").Block} Block */
/** @typedef {import("../api.js").Cell} Cell */

const INLINE = /([\\`*_[\]<>|~$&^{}])/g;
const AT_START = /^([#+=:-])/;
const NUMBERED = /^(\p{Nd}{1,9})([.)])(?=\s|$)/u;
const BULLET = /^(?:[-–—•●○■□◆◇▪▶►‣⁃∙◦·*†‡+])\s*/u;
const ITEM_NUMBER = /^(\p{Nd}{1,9})\s?[.．、)）]\s*(?=\S)/u;
const HTML = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#x27;" };

/** @param {Page[]} pages */
export function asMarkdown(pages) {
  let titled = false;
  const written = pages.map((page) => {
    const text = pageText(page, titled);
    titled ||= page.blocks.some(({ type }) => type === "title");
    return text;
  });
  const text = written.filter(Boolean).join("\n\n---\n\n");
  return text && `${text}\n`;
}

/**
 * Text that Markdown shows as it is, at the start of a line too.
 * @param {string} text
 */
export function escape(text) {
  return plain(text).replace(INLINE, "\\$1").replace(AT_START, "\\$1").replace(NUMBERED, "$1\\$2");
}

/**
 * @param {Page} page
 * @param {boolean} titled
 */
function pageText({ blocks }, titled) {
  let [written, before, headed] = ["", "", titled];
  for (const block of blocks) {
    const text = blockText(block, headed);
    headed ||= block.type === "title";
    if (text === null) continue;
    const tight = before === "list" && block.type === "list";
    written += (written && (tight ? "\n" : "\n\n")) + text;
    before = block.type;
  }
  return written;
}

/**
 * Null where the block has no text.
 * @param {Block} block
 * @param {boolean} titled
 * @returns {string | null}
 */
function blockText({ type, lines, cells }, titled) {
  if (type === "table" && cells.length) return table(cells);
  const texts = lines.map((line) => plain(line.text));
  const text = joinLines(texts);
  if (!text) return null;
  if (type === "title") return `${titled ? "##" : "#"} ${escape(text)}`;
  if (type === "list") return item(text);
  if (type === "table" || type === "figure") return texts.filter(Boolean).map(escape).join("\\\n");
  return escape(text);
}

/**
 * A list's item under its own number, or under a dash where it had a bullet.
 * @param {string} text
 */
function item(text) {
  const number = ITEM_NUMBER.exec(text);
  if (number) return `${number[1]}. ${escape(text.slice(number[0].length))}`;
  return `- ${escape(text.replace(BULLET, "")) || escape(text)}`;
}

/** @param {Cell[]} cells */
function table(cells) {
  const spans = cells.some((cell) => cell.row_span > 1 || cell.col_span > 1);
  return spans ? htmlTable(cells) : pipeTable(cells);
}

/**
 * The first row is the head: this kind of table has to have one.
 * @param {Cell[]} cells
 */
function pipeTable(cells) {
  const [head, ...body] = gridOf(cells).map((row) => pipes(row.map(cellText)));
  const width = Math.max(...cells.map(({ col }) => col)) + 1;
  return [head, pipes(Array.from({ length: width }, () => "---")), ...body].join("\n");
}

/** @param {string[]} texts */
function pipes(texts) {
  return `| ${texts.join(" | ")} |`;
}

/** @param {string} text */
function cellText(text) {
  return linesOf(text).filter(plain).map(escape).join("<br>");
}

/**
 * Cells that span rows or columns can only be written so. No empty line may stand in it.
 * @param {Cell[]} cells
 */
function htmlTable(cells) {
  const height = Math.max(...cells.map(({ row }) => row)) + 1;
  const rows = Array.from({ length: height }, (_, row) =>
    cells.filter((cell) => cell.row === row).toSorted((a, b) => a.col - b.col),
  );
  const body = rows.map((row) => `<tr>${row.map(htmlCell).join("")}</tr>`);
  return ["<table>", ...body, "</table>"].join("\n");
}

/** @param {Cell} cell */
function htmlCell({ text, row_span, col_span }) {
  const spans = [
    row_span > 1 ? ` rowspan="${row_span}"` : "",
    col_span > 1 ? ` colspan="${col_span}"` : "",
  ].join("");
  const parts = linesOf(text).map((part) =>
    plain(part).replace(/[&<>"']/g, (mark) => HTML[/** @type {keyof typeof HTML} */ (mark)]),
  );
  return `<td${spans}>${parts.join("<br>")}</td>`;
}
