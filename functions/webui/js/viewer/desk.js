/**
 * What the parts of the viewer share about the file that is looked at.
 *
 * @typedef {import("../types.js").Item} Item
 * @typedef {import("../types.js").Area} Area
 * @typedef {import("../api.js").Page} Page
 * @typedef {import("./view.js").View} View
 * @typedef {import("./view.js").Size} Size
 * @typedef {"move" | "region" | "ignore"} Tool
 *
 * How the text is shown and copied: line by line, or as paragraphs and tables.
 * @typedef {"lines" | "text"} Mode
 *
 * Lines under `level` (0 to 1) are shown greyed, or left out of the list, copies and downloads.
 * @typedef {{level: number, leaveOut: boolean}} Threshold
 */
import { createStore } from "../store.js";

/**
 * @typedef {object} Desk
 * @property {import("../store.js").Store<Item | null>} item
 * @property {(item: Item) => void} change
 * @property {(item: Item) => void} read
 * @property {import("../store.js").Store<number>} page The number of the page in the stage.
 * @property {import("../store.js").Store<readonly number[]>} lit Lines that are pointed at.
 * @property {import("../store.js").Store<Tool>} tool
 * @property {import("../store.js").Store<boolean>} layout Whether blocks and cells are drawn.
 * @property {import("../store.js").Store<Threshold>} threshold
 * @property {import("../store.js").Store<Mode>} mode
 */

/**
 * @param {{item: Desk["item"], change: Desk["change"], read: Desk["read"]}} given
 * @returns {Desk}
 */
export function createDesk({ item, change, read }) {
  return {
    item,
    change,
    read,
    page: createStore(1),
    lit: createStore(/** @type {readonly number[]} */ ([])),
    tool: createStore(/** @type {Tool} */ ("move")),
    layout: createStore(false),
    threshold: createStore(/** @type {Threshold} */ ({ level: 0, leaveOut: false })),
    mode: createStore(/** @type {Mode} */ ("lines")),
  };
}

/**
 * Another file, or another answer, begins at its first page. To be called before any other part
 * listens to the item, so that none draws a page that is not there.
 * @param {Desk} desk
 */
export function startPage({ item, page }) {
  let [id, answer] = ["", item.get()?.answer];
  item.on((now) => {
    const pages = now?.answer?.pages?.map((one) => one.page) ?? [];
    const gone = now?.answer !== answer && !pages.includes(page.get());
    if (now?.id !== id || gone) page.set(pages[0] ?? 1);
    [id, answer] = [now?.id ?? "", now?.answer];
  });
}

/**
 * The size that a page's picture is drawn and areas are counted in: the file's pixels, or the
 * answer's own units where the browser shows no picture. Null while neither is known.
 * @param {Item | null} item
 * @param {number} page
 * @returns {Size | null}
 */
export function sizeOf(item, page) {
  if (item?.image && page === 1) {
    const { naturalWidth: width, naturalHeight: height } = item.image;
    if (width && height) return { width, height };
  }
  const told = pageOf(item, page);
  return told?.width && told.height ? { width: told.width, height: told.height } : null;
}

/**
 * @param {Item | null} item
 * @param {number} page
 * @returns {Page | undefined}
 */
export function pageOf(item, page) {
  return item?.answer?.pages?.find((one) => one.page === page);
}

/**
 * What the item's line says: as it was read, or as a person put it right.
 * @param {Item} item
 * @param {number} index
 */
export function textOf(item, index) {
  return item.edits.get(index) ?? item.answer?.text[index]?.text ?? "";
}
