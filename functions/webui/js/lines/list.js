/** The lines of the answer, one a row. */
import { make } from "../dom.js";
import { word } from "../language.js";
import { textOf } from "../viewer/desk.js";
import { editRow } from "./edit.js";
import { growing } from "./growing.js";
import { createRow, setText } from "./row.js";

/** @typedef {import("../viewer/desk.js").Desk} Desk */
/** @typedef {ReturnType<typeof import("./edit.js").createEdits>} Edits */

/**
 * @typedef {object} List
 * @property {HTMLElement} element
 * @property {() => void} redraw Draws it afresh.
 * @property {(index: number) => HTMLElement | null} row Builds what comes before it, too.
 * @property {(index: number) => void} edit
 * @property {(query: string) => void} mark
 */

/**
 * @param {Desk} desk
 * @param {Edits} edits
 * @returns {List}
 */
export function createList(desk, edits) {
  const element = make("ol", { id: "lines", className: "lines" });
  let query = "";
  let grown = { reach: (/** @type {number} */ _) => {}, stop: () => {} };
  let shown = { answer: desk.item.get()?.answer ?? null, edits: desk.item.get()?.edits };

  /** @param {number} index */
  const row = (index) => {
    grown.reach(index);
    return /** @type {HTMLElement | null} */ (element.querySelector(`[data-line="${index}"]`));
  };

  /** @param {HTMLElement} line */
  const say = (line) => {
    const item = desk.item.get();
    const index = Number(line.dataset.line);
    if (!item) return;
    const was = item.edits.has(index) ? (item.answer?.text[index]?.text ?? "") : null;
    setText(line, textOf(item, index), was, query);
  };

  /** @param {number} index */
  const edit = (index) => {
    const [item, line] = [desk.item.get(), row(index)];
    if (!item || !line) return;
    editRow(line, textOf(item, index), (text) => {
      const now = desk.item.get();
      if (now?.id === item.id && now.answer === item.answer) edits.put(now, index, text);
    });
  };

  /** @param {number} index */
  const build = (index) => {
    const lines = desk.item.get()?.answer?.text ?? [];
    const made = createRow(lines[index], index, {
      text: () => textOf(/** @type {import("../types.js").Item} */ (desk.item.get()), index),
      edit: () => edit(index),
      restore() {
        const item = desk.item.get();
        if (item) edits.put(item, index, null);
        row(index)?.focus();
      },
    });
    if (index === 0) made.tabIndex = 0;
    say(made);
    shade(made, desk);
    const paged = (desk.item.get()?.answer?.pages ?? []).length > 1;
    const begins = paged && lines[index].page !== lines[index - 1]?.page;
    return begins ? [pageMark(desk, lines[index].page ?? 1), made] : [made];
  };

  const redraw = () => {
    const item = desk.item.get();
    grown.stop();
    shown = { answer: item?.answer ?? null, edits: item?.edits };
    element.setAttribute("aria-label", word("lines"));
    element.scrollTop = 0;
    grown = growing(element, item?.answer?.text.length ?? 0, build);
  };
  const rows = () => /** @type {NodeListOf<HTMLElement>} */ (element.querySelectorAll(".line"));

  desk.item.on((item) => {
    if ((item?.answer ?? null) !== shown.answer) return redraw();
    if (item?.edits === shown.edits) return;
    const touched = new Set([...(shown.edits?.keys() ?? []), ...(item?.edits.keys() ?? [])]);
    shown = { ...shown, edits: item?.edits };
    for (const line of rows()) if (touched.has(Number(line.dataset.line))) say(line);
  });
  desk.threshold.on(() => rows().forEach((line) => shade(line, desk)));
  desk.page.on((page) => {
    for (const mark of element.querySelectorAll(".page-mark button")) {
      mark.setAttribute("aria-current", String(mark.getAttribute("data-page") === String(page)));
    }
  });
  return {
    element,
    redraw,
    row,
    edit,
    mark(text) {
      query = text;
      rows().forEach(say);
    },
  };
}

/**
 * @param {HTMLElement} line
 * @param {Desk} desk
 */
function shade(line, desk) {
  const { level, leaveOut } = desk.threshold.get();
  const told = desk.item.get()?.answer?.text[Number(line.dataset.line)];
  const under = told !== undefined && told.confidence < level;
  line.classList.toggle("under", under);
  line.hidden = under && leaveOut;
}

/**
 * @param {Desk} desk
 * @param {number} page
 */
function pageMark(desk, page) {
  const button = make("button", { type: "button" }, [word("page", { page })]);
  button.dataset.page = String(page);
  button.setAttribute("aria-current", String(desk.page.get() === page));
  button.addEventListener("click", () => desk.page.set(page));
  return make("li", { className: "page-mark" }, [button]);
}
