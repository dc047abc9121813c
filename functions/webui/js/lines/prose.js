/** The answer as running text: titles, paragraphs, lists and tables, as they stand on the page. */
import { make } from "../dom.js";
import { word } from "../language.js";
import { joinLines } from "../take/join.js";
import { plain } from "../take/plain.js";
import { treeOf } from "../take/tree.js";
import { growing } from "./growing.js";
import { setMarked } from "./marked.js";

/** @typedef {import("../viewer/desk.js").Desk} Desk */
/** @typedef {import("../take/tree.js").Block} Block */

/**
 * @param {Desk} desk
 * @returns {{element: HTMLElement, redraw: () => void, mark: (query: string) => void,
 *   reveal: (index: number) => HTMLElement | null}}
 */
export function createProse(desk) {
  const element = make("div", { id: "prose", className: "prose", tabIndex: 0 });
  element.setAttribute("role", "group");
  let query = "";
  let grown = { reach: (/** @type {number} */ _) => {}, stop: () => {} };
  /** @type {Array<{page: number, begins: boolean, block: Block}>} */
  let blocks = [];
  /** @type {unknown[]} */
  let drawn = [];

  const redraw = () => {
    const item = desk.item.get();
    grown.stop();
    blocks = [];
    element.setAttribute("aria-label", word("modeText"));
    if (!item?.answer || desk.mode.get() !== "text") return element.replaceChildren();
    const pages = treeOf(item.answer, item.edits, keeps(desk));
    blocks = pages.flatMap(({ page, blocks: own }) =>
      own
        .filter(({ lines }) => lines.length)
        .map((block, at) => ({ page, begins: at === 0 && pages.length > 1, block })),
    );
    grown = growing(element, blocks.length, (at) => build(blocks[at], query));
  };
  const follow = () => {
    const item = desk.item.get();
    const now = [item?.answer, item?.edits, desk.threshold.get(), desk.mode.get()];
    if (now.some((part, at) => part !== drawn[at])) redraw();
    drawn = now;
  };
  for (const store of [desk.item, desk.threshold, desk.mode]) store.on(follow);
  return {
    element,
    redraw,
    mark(text) {
      query = text;
      redraw();
    },
    reveal(index) {
      const at = blocks.findIndex(({ block }) => block.lines.some((line) => line.index === index));
      if (at >= 0) grown.reach(at);
      return element.querySelector(`[data-lines~="${index}"]`);
    },
  };
}

/**
 * Which lines the threshold leaves in.
 * @param {Desk} desk
 */
export function keeps(desk) {
  const { level, leaveOut } = desk.threshold.get();
  return (/** @type {number} */ confidence) => !leaveOut || confidence >= level;
}

/**
 * @param {{page: number, begins: boolean, block: Block}} part
 * @param {string} query
 */
function build({ page, begins, block }, query) {
  const element = block.type === "table" && block.cells.length ? table(block, query) : text(block, query);
  element.dataset.lines = block.lines.map(({ index }) => index).join(" ");
  element.classList.add("prose-block");
  element.dataset.type = block.type;
  const mark = make("p", { className: "prose-page" }, [word("page", { page })]);
  return begins ? [mark, element] : [element];
}

/**
 * @param {Block} block
 * @param {string} query
 */
function text({ type, lines }, query) {
  const texts = lines.map((line) => plain(line.text));
  const said = type === "figure" || type === "table" ? texts.join("\n") : joinLines(texts);
  const element = make(type === "title" ? "h3" : "p", { dir: "auto" });
  setMarked(element, said, query);
  return element;
}

/**
 * @param {Block} block
 * @param {string} query
 */
function table({ cells }, query) {
  const height = Math.max(...cells.map(({ row }) => row)) + 1;
  const rows = Array.from({ length: height }, (_, at) => {
    const own = cells.filter(({ row }) => row === at).toSorted((a, b) => a.col - b.col);
    return make("tr", {}, own.map((cell) => {
      const element = make("td", { rowSpan: cell.row_span, colSpan: cell.col_span, dir: "auto" });
      setMarked(element, cell.text, query);
      return element;
    }));
  });
  return make("div", { className: "prose-table" }, [
    make("table", {}, [make("tbody", {}, rows)]),
  ]);
}
