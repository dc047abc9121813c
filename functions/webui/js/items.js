/** The files of the queue: what there is of each, and which one is looked at. */
import { createStore } from "./store.js";

/** @typedef {import("./types.js").Item} Item */
/** @typedef {import("./types.js").Status} Status */
/**
 * @template T
 * @typedef {import("./store.js").Store<T>} Store
 */

/**
 * `selected` is the id of the item looked at, and `current` that item; null where there is none.
 * @typedef {{items: Store<Item[]>, selected: Store<string | null>, current: Store<Item | null>,
 *   add: (files: File[]) => Item[], put: (item: Item) => void, get: (id: string) => Item | null,
 *   change: (item: Item) => void, patch: (id: string, parts: Partial<Item>) => void,
 *   select: (id: string) => void, remove: (id: string) => void, clear: () => void}} Items
 */

/** What an item is before anything was asked about it. */
const UNREAD = Object.freeze({
  status: /** @type {Status} */ ("waiting"),
  sent: null,
  held: false,
  progress: null,
  answer: null,
  error: null,
  scale: 1,
  edits: new Map(),
  results: null,
  jobId: null,
});

let made = 0;

/**
 * @param {File} file
 * @returns {Item}
 */
export function newItem(file) {
  made += 1;
  const areas = { region: null, ignore: [] };
  return { ...UNREAD, id: `item-${made}`, file, image: null, options: {}, areas };
}

/**
 * The same file as if it had never been read; what was drawn on it stays.
 * @param {Item} item
 * @returns {Item}
 */
export function unread(item) {
  return { ...item, ...UNREAD };
}

/** @param {Item} item */
export function isBusy({ status }) {
  return status === "waiting" || status === "sending" || status === "reading";
}

/** @returns {Items} */
export function createItems() {
  /** @type {Store<Item[]>} */
  const items = createStore(/** @type {Item[]} */ ([]));
  const selected = createStore(/** @type {string | null} */ (null));
  const current = createStore(/** @type {Item | null} */ (null));
  const get = (/** @type {string} */ id) => items.get().find((item) => item.id === id) ?? null;
  const look = () => current.set(get(selected.get() ?? ""));
  items.on(look);
  selected.on(look);

  /** @param {Item} item */
  function change(item) {
    items.set(items.get().map((old) => (old.id === item.id ? item : old)));
  }

  /** @param {string} id */
  function remove(id) {
    const before = items.get();
    const place = before.findIndex((item) => item.id === id);
    const next = before[place + 1] ?? before[place - 1];
    if (selected.get() === id) selected.set(next?.id ?? null);
    items.set(before.filter((item) => item.id !== id));
  }

  return {
    items,
    selected,
    current,
    get,
    change,
    remove,
    add(files) {
      const added = files.map(newItem);
      items.set([...items.get(), ...added]);
      if (added.length > 0) selected.set(added[0].id);
      return added;
    },
    put(item) {
      items.set([...items.get(), item]);
      selected.set(item.id);
    },
    patch(id, parts) {
      const item = get(id);
      if (item) change({ ...item, ...parts });
    },
    select(id) {
      if (get(id)) selected.set(id);
    },
    clear() {
      selected.set(null);
      items.set([]);
    },
  };
}
