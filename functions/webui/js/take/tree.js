/**
 * The answer as pages, blocks and lines, with a person's corrections in it: what all exports and
 * the running text are made of.
 *
 * @typedef {import("../api.js").Answer} Answer
 * @typedef {import("../api.js").Point} Point
 * @typedef {import("../api.js").Cell} Cell
 *
 * `index` is the line's place in `answer.text`; `told` is what its block says of it; `edited` says
 * that a person changed it.
 * @typedef {{index: number, text: string, confidence: number, model: string, box: Point[],
 *   edited: boolean, told: import("../api.js").BlockLine | null}} Line
 * @typedef {{type: string, box: Point[], lines: Line[], cells: Cell[]}} Block
 * @typedef {{page: number, blocks: Block[]}} Page
 */

/**
 * @param {Answer} answer
 * @param {ReadonlyMap<number, string>} edits
 * @param {(confidence: number) => boolean} [keeps] Lines that it says no to are left out.
 * @returns {Page[]}
 */
export function treeOf(answer, edits, keeps = () => true) {
  const lines = linesOf(answer, edits);
  return pagesOf(answer, lines).map(({ page, blocks }) => ({
    page,
    blocks: blocks.map((block) => {
      const kept = block.lines.filter(({ confidence }) => keeps(confidence));
      const touched = kept.length < block.lines.length || kept.some(({ edited }) => edited);
      const cells = touched ? block.cells.map((cell) => rewritten(cell, block.lines, kept)) : block.cells;
      return { ...block, lines: kept, cells };
    }),
  }));
}

/**
 * @param {Answer} answer
 * @param {ReadonlyMap<number, string>} edits
 * @returns {Line[]}
 */
function linesOf({ text }, edits) {
  return text.map(({ confidence, model, box, ...line }, index) => ({
    index,
    text: edits.get(index) ?? line.text,
    confidence,
    model: model ?? "",
    box: box ?? [],
    edited: edits.has(index),
    told: null,
  }));
}

/**
 * The lines of `text` are those of the blocks in their order. Should a service think otherwise,
 * each page is one block.
 * @param {Answer} answer
 * @param {Line[]} lines
 * @returns {Page[]}
 */
function pagesOf(answer, lines) {
  const pages = answer.pages ?? [];
  const told = pages.flatMap(({ blocks }) => (blocks ?? []).flatMap((block) => block.lines));
  const agrees =
    told.length === lines.length && told.every(({ text }, at) => text === answer.text[at]?.text);
  return agrees ? withBlocks(pages, lines) : withoutBlocks(answer, lines);
}

/**
 * @param {import("../api.js").Page[]} pages
 * @param {Line[]} lines
 * @returns {Page[]}
 */
function withBlocks(pages, lines) {
  let next = 0;
  return pages.map(({ page, blocks }) => ({
    page,
    blocks: (blocks ?? []).map((block) => {
      const own = block.lines.map((told) => ({ ...lines[next++], told }));
      return { type: block.type, box: block.box, cells: block.cells ?? [], lines: own };
    }),
  }));
}

/**
 * @param {Answer} answer
 * @param {Line[]} lines
 * @returns {Page[]}
 */
function withoutBlocks(answer, lines) {
  const pageOf = (/** @type {Line} */ { index }) => answer.text[index].page ?? 1;
  return [...new Set(lines.map(pageOf))].map((page) => {
    const own = lines.filter((line) => pageOf(line) === page);
    return { page, blocks: [{ type: "text", box: [], cells: [], lines: own }] };
  });
}

/**
 * A cell whose lines were changed says what they say now.
 * @param {Cell} cell
 * @param {Line[]} before
 * @param {Line[]} kept
 * @returns {Cell}
 */
function rewritten(cell, before, kept) {
  const own = within(cell.box, kept);
  const same = own.length === within(cell.box, before).length && !own.some((line) => line.edited);
  return same ? cell : { ...cell, text: own.map(({ text }) => text).join("\n") };
}

/**
 * The lines whose middle lies in a box.
 * @param {Point[]} box
 * @param {Line[]} lines
 */
export function within(box, lines) {
  const [left, top, right, bottom] = bounds(box);
  return lines.filter((line) => {
    const [x0, y0, x1, y1] = bounds(line.box);
    const [x, y] = [(x0 + x1) / 2, (y0 + y1) / 2];
    return left <= x && x <= right && top <= y && y <= bottom;
  });
}

/**
 * Left, top, right, bottom.
 * @param {Point[]} box
 */
export function bounds(box) {
  const [xs, ys] = [box.map(([x]) => x), box.map(([, y]) => y)];
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}
