/** The queue: a row a file, in the order in which they came. */
import { byId, make } from "../dom.js";
import { inEveryLanguage } from "../language.js";
import { createFoot } from "./foot.js";
import { createHead } from "./head.js";
import { createRow } from "./row.js";

/**
 * @typedef {import("../types.js").Item} Item
 * @typedef {import("./row.js").Row} Row
 * @typedef {import("./row.js").Actions & {move: (step: number) => void, retryAll: () => void,
 *   clear: () => void}} Actions
 */

/**
 * @param {import("../items.js").Items} items
 * @param {Actions} actions
 */
export function startQueue(items, actions) {
  const list = make("ol", { className: "jobs" });
  const head = createHead(actions);
  const foot = createFoot(items.items.get);
  /** @type {Map<string, {row: Row, drawn: Item | null}>} */
  const rows = new Map();
  byId("queue").append(head.element, list, foot.element);

  /** @param {Item[]} now */
  function draw(now) {
    byId("queue").hidden = now.length === 0;
    head.draw(now, items.selected.get());
    foot.draw(now);
    for (const [id, { row }] of rows) {
      if (now.some((item) => item.id === id)) continue;
      row.element.remove();
      rows.delete(id);
    }
    for (const item of now) drawItem(item);
  }

  /** @param {Item} item */
  function drawItem(item) {
    const known = rows.get(item.id) ?? { row: createRow(item, { ...actions, remove }), drawn: null };
    if (!rows.has(item.id)) list.append(known.row.element);
    if (known.drawn !== item) known.row.draw(item);
    rows.set(item.id, { row: known.row, drawn: item });
  }

  /** @param {string | null} id */
  function mark(id) {
    rows.forEach(({ row }, each) => row.mark(each === id));
    head.draw(items.items.get(), id);
    const row = rows.get(id ?? "")?.row.element;
    if (row) reveal(list, row);
  }

  /** @param {string} id Whoever removes a row by hand stays in the list. */
  function remove(id) {
    actions.remove(id);
    (rows.get(items.selected.get() ?? "")?.row.open ?? byId("choose")).focus();
  }

  items.items.on(draw);
  items.selected.on(mark);
  inEveryLanguage(() => {
    rows.forEach((entry) => (entry.drawn = null));
    draw(items.items.get());
  });
  startKeys(list, items, rows, { ...actions, remove });
}

/**
 * Scroll the list, never the page.
 * @param {HTMLElement} list
 * @param {HTMLElement} row
 */
function reveal(list, row) {
  const top = row.offsetTop - list.offsetTop;
  const last = top + row.offsetHeight - list.clientHeight;
  if (top < list.scrollTop) list.scrollTop = top;
  else if (last > list.scrollTop) list.scrollTop = last;
}

/**
 * Arrows go from row to row.
 * @param {HTMLElement} list
 * @param {import("../items.js").Items} items
 * @param {Map<string, {row: Row}>} rows
 * @param {Actions} actions
 */
function startKeys(list, items, rows, actions) {
  list.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const id = target.closest("li")?.dataset.item;
    if (!id || !target.classList.contains("job-open")) return;
    const all = items.items.get().map((item) => item.id);
    const place = all.indexOf(id);
    const to = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: all.length - 1 };
    const wanted = all[to[/** @type {keyof typeof to} */ (event.key)] ?? -1];
    if (event.key === "Delete") {
      actions.remove(id);
    } else if (wanted) {
      actions.select(wanted);
      rows.get(wanted)?.row.open.focus();
    } else return;
    event.preventDefault();
  });
}
