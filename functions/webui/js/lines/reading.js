/** The column of the text: what is said about it, how it is shown, and what can be taken away. */
import { make } from "../dom.js";
import { word } from "../language.js";
import { currentKey } from "../options/key.js";
import { icon } from "../svg.js";
import { createCopying } from "../take/copying.js";
import { createDownloads } from "../take/downloads.js";
import { createEdits } from "./edit.js";
import { createFind } from "./find.js";
import { createHead } from "./head.js";
import { createList } from "./list.js";
import { createProse } from "./prose.js";
import { createThreshold } from "./threshold.js";
import { startWalk } from "./walk.js";

/** @typedef {import("../viewer/desk.js").Desk} Desk */
/** @typedef {import("../viewer/desk.js").Mode} Mode */

const MODES = /** @type {Mode[]} */ (["lines", "text"]);

/**
 * @param {Desk} desk
 * @param {import("../store.js").Store<import("../api.js").Offer | null>} offer
 * @param {(index: number) => void} show Brings a line's box into sight.
 */
export function createReading(desk, offer, show) {
  const edits = createEdits(desk);
  const list = createList(desk, edits);
  const prose = createProse(desk);
  const reveal = (/** @type {number} */ index) => {
    const found = desk.mode.get() === "lines" ? list.row(index) : prose.reveal(index);
    if (found) scrollTo(found, desk.mode.get() === "lines" ? list.element : prose.element);
  };
  const find = createFind(desk, {
    mark(query) {
      list.mark(query);
      prose.mark(query);
    },
    show(index) {
      reveal(index);
      show(index);
    },
  });
  const threshold = createThreshold(desk);
  const copying = createCopying(desk);
  const downloads = createDownloads(desk, offer);
  const request = createRequestButton(desk);
  const undo = createUndo(desk, edits);
  const head = createHead(desk, [copying.element, downloads.element, request.element]);
  const modes = createModes(desk);
  const bar = make("div", { className: "reading-bar" }, [
    make("div", { className: "reading-row" }, [modes.element, find.element, undo.element]),
    threshold.element,
  ]);
  const text = make("div", { className: "reading-text" }, [list.element, prose.element]);
  startWalk(desk, list);
  desk.mode.on((mode) => {
    list.element.hidden = mode !== "lines";
    prose.element.hidden = mode !== "text";
  });
  desk.item.on((item) => {
    bar.hidden = !item?.answer?.text.length;
  });
  return {
    elements: [head.head, head.notes, bar, text, head.timings],
    text,
    reveal,
    redraw() {
      for (const part of [head, modes, find, threshold, copying, downloads, request, undo]) {
        part.redraw();
      }
      list.redraw();
      prose.redraw();
    },
  };
}

/** @param {Desk} desk */
function createModes(desk) {
  const names = MODES.map(() => make("span"));
  const inputs = MODES.map((value) => make("input", { type: "radio", name: "reading-mode", value }));
  const labels = MODES.map((_, at) => make("label", {}, [inputs[at], names[at]]));
  const element = make("div", { className: "segments", id: "modes" }, labels);
  element.setAttribute("role", "radiogroup");
  for (const input of inputs) {
    input.addEventListener("change", () => desk.mode.set(/** @type {Mode} */ (input.value)));
  }
  desk.mode.on((mode) => {
    for (const input of inputs) input.checked = input.value === mode;
  });
  return {
    element,
    redraw() {
      element.setAttribute("aria-label", word("modes"));
      names[0].textContent = word("modeLines");
      names[1].textContent = word("modeText");
    },
  };
}

/** @param {Desk} desk */
function createRequestButton(desk) {
  const element = make("button", { type: "button", className: "quiet small", id: "take-request" });
  element.addEventListener("click", async () => {
    const { openRequest } = await import("../take/requestDialog.js");
    const item = desk.item.get();
    if (item) openRequest(item, currentKey() !== "");
  });
  return {
    element,
    redraw() {
      element.replaceChildren(icon("code"), make("span", { className: "menu-name" }, [word("code")]));
      element.setAttribute("aria-label", word("request"));
      element.title = word("request");
    },
  };
}

/**
 * The last edit taken back, by button or by the keys that do so everywhere.
 * @param {Desk} desk
 * @param {ReturnType<typeof createEdits>} edits
 */
function createUndo(desk, edits) {
  const element = make("button", { type: "button", className: "quiet small", id: "undo-edit" });
  element.append(icon("undo"));
  element.addEventListener("click", () => edits.undo());
  desk.item.on(() => {
    element.hidden = !edits.canUndo();
  });
  document.addEventListener("keydown", (event) => {
    const undoes = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key === "z";
    const target = /** @type {Element | null} */ (event.target);
    if (!undoes || target?.closest("input, textarea, select, dialog")) return;
    if (edits.undo()) event.preventDefault();
  });
  return {
    element,
    redraw() {
      element.setAttribute("aria-label", word("undoEdit"));
      element.title = word("undoEdit");
    },
  };
}

/**
 * Scroll the list, never the page: the picture must not run away from the pointer.
 * @param {HTMLElement} row
 * @param {HTMLElement} list
 */
function scrollTo(row, list) {
  if (list.scrollHeight <= list.clientHeight) return;
  const top = row.offsetTop;
  if (top < list.scrollTop || top + row.offsetHeight > list.scrollTop + list.clientHeight) {
    list.scrollTop = top - (list.clientHeight - row.offsetHeight) / 2;
  }
}
