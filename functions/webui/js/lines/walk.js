/** The list by keyboard: one stop of the Tab key, arrows inside. */
import { copyText } from "../clipboard.js";
import { textOf } from "../viewer/desk.js";

/** @typedef {import("../viewer/desk.js").Desk} Desk */
/** @typedef {import("./list.js").List} List */

/**
 * @param {Desk} desk
 * @param {List} list
 */
export function startWalk(desk, list) {
  const { element } = list;
  element.addEventListener("focusin", (event) => {
    const row = rowOf(event.target);
    if (!row) return;
    for (const old of element.querySelectorAll('[tabindex="0"]')) old.setAttribute("tabindex", "-1");
    row.tabIndex = 0;
  });
  element.addEventListener("keydown", (event) => {
    const row = rowOf(event.target);
    const field = event.target instanceof HTMLTextAreaElement;
    if (!row || field || event.altKey) return;
    const act = action(desk, list, row, event);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
  element.addEventListener("dblclick", (event) => {
    const row = rowOf(event.target);
    const onText = event.target instanceof Element && event.target.closest(".line-text");
    if (row && onText) list.edit(Number(row.dataset.line));
  });
}

/**
 * @param {Desk} desk
 * @param {List} list
 * @param {HTMLElement} row
 * @param {KeyboardEvent} event
 * @returns {(() => void) | null}
 */
function action(desk, list, row, event) {
  const index = Number(row.dataset.line);
  const command = event.ctrlKey || event.metaKey;
  if (command && event.key === "c" && getSelection()?.isCollapsed) {
    const item = desk.item.get();
    const button = /** @type {HTMLElement} */ (row.querySelector(".line-copy"));
    return () => item && copyText(textOf(item, index), button);
  }
  if (command) return null;
  const last = (desk.item.get()?.answer?.text.length ?? 1) - 1;
  const onRow = event.target === row;
  /** @type {Record<string, () => void>} */
  const acts = {
    ArrowDown: () => go(list, index, 1, last),
    ArrowUp: () => go(list, index, -1, last),
    Home: () => go(list, -1, 1, last),
    End: () => go(list, last + 1, -1, last),
    ArrowRight: () => along(row, 1),
    ArrowLeft: () => along(row, -1),
    F2: () => list.edit(index),
  };
  if (onRow) acts.Enter = () => list.edit(index);
  return acts[event.key] ?? null;
}

/**
 * The next row that is not left out.
 * @param {List} list
 * @param {number} from
 * @param {1 | -1} by
 * @param {number} last
 */
function go(list, from, by, last) {
  for (let index = from + by; index >= 0 && index <= last; index += by) {
    const row = list.row(index);
    if (row && !row.hidden) return row.focus();
  }
}

/**
 * From a row to its buttons, and back.
 * @param {HTMLElement} row
 * @param {1 | -1} by
 */
function along(row, by) {
  const stops = [row, .../** @type {NodeListOf<HTMLElement>} */ (row.querySelectorAll("button:not([hidden])"))];
  const at = stops.findIndex((stop) => stop === document.activeElement);
  stops[Math.min(stops.length - 1, Math.max(0, at + by))]?.focus();
}

/**
 * @param {EventTarget | null} target
 * @returns {HTMLElement | null}
 */
function rowOf(target) {
  return target instanceof Element ? target.closest(".line") : null;
}
