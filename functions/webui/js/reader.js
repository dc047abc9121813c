/** Reads the files that wait, in their turn: some at once, each to be called off at any time. */
import { ApiError } from "./api.js";
import { isBusy, unread } from "./items.js";

/** @typedef {import("./types.js").Item} Item */
/** @typedef {(parts: Partial<Item>) => void} Tell */
/**
 * Reads one item and tells how far it is; what it gives back becomes part of the item.
 * @typedef {(item: Item, signal: AbortSignal, tell: Tell) => Promise<Partial<Item>>} Way
 */

/** A service on a small machine reads one after the other anyway; two keep the line full. */
const AT_ONCE = 2;

/**
 * @param {import("./items.js").Items} items
 * @param {Way} way
 */
export function createReader(items, way) {
  /** @type {Map<string, AbortController>} */
  const running = new Map();

  /** What is looked at comes first, then the others as they came. */
  function next() {
    const here = [...running.keys()].filter((id) => !items.get(id)?.progress);
    if (here.length >= AT_ONCE) return undefined;
    const waiting = items.items.get().filter(({ status }) => status === "waiting");
    return waiting.find(({ id }) => id === items.selected.get()) ?? waiting[0];
  }

  function fill() {
    for (let item = next(); item; item = next()) run(item);
  }

  /** @param {Item} item */
  async function run(item) {
    const mine = new AbortController();
    running.set(item.id, mine);
    const tell = (/** @type {Partial<Item>} */ parts) => {
      if (mine.signal.aborted) return;
      items.patch(item.id, parts);
      // A job waits in a line of its own, and leaves its place to the next file.
      if (parts.progress) fill();
    };
    tell({ status: "sending" });
    const ended = { sent: null, held: false, progress: null };
    try {
      tell({ ...(await way(item, mine.signal, tell)), ...ended, status: "done" });
    } catch (error) {
      tell({ ...ended, status: "failed", error: asApiError(error) });
      if (!mine.signal.aborted && !(error instanceof ApiError)) reportError(error);
    }
    if (running.get(item.id) === mine) running.delete(item.id);
    fill();
  }

  /** @param {string} id */
  function stop(id) {
    running.get(id)?.abort();
    running.delete(id);
  }

  return {
    fill,
    /** @param {Item} item Read, or read again, with what it holds now. */
    read(item) {
      stop(item.id);
      items.change(unread(item));
      fill();
    },
    /** @param {string} id */
    cancel(id) {
      const item = items.get(id);
      if (!item || !isBusy(item)) return;
      stop(id);
      items.patch(id, { status: "cancelled", sent: null, held: false, progress: null });
      fill();
    },
    /** @param {string} id Of an item that has left the queue. */
    stop(id) {
      stop(id);
      fill();
    },
  };
}

/** @param {unknown} error */
function asApiError(error) {
  return error instanceof ApiError ? error : new ApiError("page_error");
}
