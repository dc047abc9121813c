/** History in this browser, for those who want one. */
import { newItem } from "../items.js";
import { inEveryLanguage } from "../language.js";
import { createKeeper } from "./keeper.js";
import { createPanel } from "./panel.js";
import { allEntries, clearEntries, dropEntry } from "./shelf.js";

/**
 * @typedef {import("../types.js").Item} Item
 * @typedef {import("./shelf.js").Entry} Entry
 */

const WANTED = "wenyun-history";

/**
 * @param {import("../items.js").Items} items
 * @param {(item: Item) => void} show Puts an item that is read already into the queue.
 */
export function startHistory(items, show) {
  /** @type {Entry[]} */
  let entries = [];
  let full = false;
  const keeper = createKeeper((wrote) => {
    full = !wrote;
    refresh();
  });
  const keepAll = () => items.items.get().forEach(keeper.keep);

  async function refresh() {
    entries = await allEntries().catch(() => []);
    panel.draw(entries, full);
  }

  const panel = createPanel(stored(), {
    wanted(on) {
      store(on);
      if (on) keepAll();
    },
    open(entry) {
      const item = itemOf(entry);
      keeper.know(item, entry.id);
      show(item);
    },
    async drop({ id }) {
      await keeper.forget(id);
      await dropEntry(id).then(refresh);
    },
    async clear() {
      await keeper.forget(null);
      await clearEntries().then(refresh);
    },
  });
  items.items.on(() => {
    if (panel.wanted()) keepAll();
  });
  inEveryLanguage(() => panel.draw(entries, full));
  refresh();
}

/**
 * @param {Entry} entry
 * @returns {Item}
 */
function itemOf({ name, type, file, scale, options, answer, edits }) {
  const item = newItem(new File(file ? [file] : [], name, { type }));
  return { ...item, status: "done", scale, options, answer, edits: new Map(edits) };
}

function stored() {
  try {
    return localStorage.getItem(WANTED) === "on";
  } catch {
    return false;
  }
}

/** @param {boolean} on */
function store(on) {
  try {
    if (on) localStorage.setItem(WANTED, "on");
    else localStorage.removeItem(WANTED);
  } catch {
    // Storage may be forbidden; a history then is, too.
  }
}
