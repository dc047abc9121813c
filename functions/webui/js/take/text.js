/** The tree as plain text: line by line, or as paragraphs. */
import { joinLines } from "./join.js";
import { plain } from "./plain.js";

/** @typedef {import("./tree.js").Page} Page */
/** @typedef {import("./tree.js").Block} Block */

/**
 * A line a line, an empty line between blocks and pages, as the service's own text is.
 * @param {Page[]} pages
 */
export function asText(pages) {
  return blocksOf(pages, (block) => block.lines.map(({ text }) => text).join("\n"));
}

/**
 * A paragraph a line; a table's cells with tabs between, as spreadsheets take them.
 * @param {Page[]} pages
 */
export function asParagraphs(pages) {
  return blocksOf(pages, paragraph);
}

/**
 * Every line and nothing else.
 * @param {Page[]} pages
 */
export function asLines(pages) {
  return pages
    .flatMap(({ blocks }) => blocks.flatMap(({ lines }) => lines.map(({ text }) => text)))
    .join("\n");
}

/**
 * @param {Page[]} pages
 * @param {(block: Block) => string} write
 */
function blocksOf(pages, write) {
  const blocks = pages.flatMap((page) => page.blocks).filter(({ lines }) => lines.length > 0);
  return blocks.length ? `${blocks.map(write).join("\n\n")}\n` : "";
}

/** @param {Block} block */
function paragraph({ type, lines, cells }) {
  if (type === "table" && cells.length) return rows(cells).join("\n");
  const texts = lines.map(({ text }) => plain(text)).filter(Boolean);
  return type === "table" || type === "figure" ? texts.join("\n") : joinLines(texts);
}

/** @param {import("../api.js").Cell[]} cells */
function rows(cells) {
  return gridOf(cells).map((row) => row.map((text) => plain(text)).join("\t"));
}

/**
 * The texts of a table by row and column.
 * @param {import("../api.js").Cell[]} cells
 * @returns {string[][]}
 */
export function gridOf(cells) {
  const height = Math.max(...cells.map(({ row }) => row)) + 1;
  const width = Math.max(...cells.map(({ col }) => col)) + 1;
  const grid = Array.from({ length: height }, () => Array.from({ length: width }, () => ""));
  for (const { row, col, text } of cells) grid[row][col] = text;
  return grid;
}
