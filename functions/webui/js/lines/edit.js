/** A line's text typed anew, in its place. */
import { make } from "../dom.js";
import { word } from "../language.js";

/** @typedef {import("../viewer/desk.js").Desk} Desk */
/** @typedef {import("../types.js").Item} Item */
/** @typedef {import("../types.js").Item["edits"]} Edits */

/** Steps back that are kept for a file. */
const KEPT = 200;

/**
 * Enter keeps what was typed, Escape does not, and leaving the field keeps it too.
 * @param {HTMLElement} row
 * @param {string} text
 * @param {(text: string) => void} keep
 */
export function editRow(row, text, keep) {
  const shown = /** @type {HTMLElement} */ (row.querySelector(".line-text"));
  if (row.querySelector(".line-field")) return;
  const field = make("textarea", { className: "line-field", value: text, rows: 1, dir: "auto" });
  field.spellcheck = false;
  field.setAttribute("aria-label", word("editLine", { n: row.dataset.number ?? "" }));
  let open = true;
  /** @param {boolean} keeps */
  const close = (keeps) => {
    if (!open) return;
    open = false;
    const typed = field.value.replace(/\s*[\r\n]+\s*/g, " ");
    field.remove();
    shown.hidden = false;
    if (keeps && typed !== text) keep(typed);
  };
  field.addEventListener("keydown", (event) => {
    // An Enter that chooses a word of an input method is not ours.
    if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    close(event.key === "Enter");
    row.focus();
  });
  field.addEventListener("blur", () => close(true));
  shown.hidden = true;
  shown.after(field);
  field.focus();
  field.select();
}

/**
 * The edits of the items, with the way back.
 * @param {Desk} desk
 */
export function createEdits(desk) {
  /** @type {Map<string, Edits[]>} */
  const past = new Map();

  /**
   * @param {Item} item
   * @param {number} index
   * @param {string | null} text Null puts back what was read.
   */
  function put(item, index, text) {
    const edits = new Map(item.edits);
    if (text === null || text === item.answer?.text[index]?.text) edits.delete(index);
    else edits.set(index, text);
    past.set(item.id, [...(past.get(item.id) ?? []), item.edits].slice(-KEPT));
    desk.change({ ...item, edits });
  }

  /** @returns {boolean} Whether there was anything to take back. */
  function undo() {
    const item = desk.item.get();
    const steps = past.get(item?.id ?? "") ?? [];
    const last = steps.at(-1);
    if (!item?.answer || !last) return false;
    past.set(item.id, steps.slice(0, -1));
    desk.change({ ...item, edits: last });
    return true;
  }

  let answer = desk.item.get()?.answer;
  desk.item.on((item) => {
    // What is read anew begins without a past.
    if (item && item.answer === null && answer !== item.answer) past.delete(item.id);
    answer = item?.answer;
  });
  return { put, undo, canUndo: () => (past.get(desk.item.get()?.id ?? "")?.length ?? 0) > 0 };
}
