/** What can be done with the files, by whichever part of the page. */
import { withdraw } from "./jobs.js";
import { notice } from "./notice.js";
import { currentKey } from "./options/key.js";

/** @typedef {import("./types.js").Item} Item */

/** More files are left for later: each is a row, and a call of the service. */
const MOST_FILES = 1000;

const UNREAD = ["failed", "cancelled"];

/**
 * @param {import("./items.js").Items} items
 * @param {ReturnType<typeof import("./pictures.js").createPictures>} pictures
 * @param {ReturnType<typeof import("./reader.js").createReader>} reader
 */
export function createActions(items, pictures, reader) {
  /** The item that was asked for last, in case its picture takes longer than the next one's. */
  let wanted = "";

  /**
   * @param {File[]} files
   * @param {number} [leftOut] How many were no pictures or documents.
   */
  function take(files, leftOut = 0) {
    const room = Math.max(0, MOST_FILES - items.items.get().length);
    items.add(files.slice(0, room));
    const rest = leftOut + Math.max(0, files.length - room);
    notice(rest > 0 ? "leftOut" : null, rest);
    reader.fill();
  }

  /** @param {Item} item Read, or read again. */
  function read(item) {
    forget(item);
    reader.read(item);
  }

  /** @param {string} id */
  async function select(id) {
    wanted = id;
    const item = items.get(id);
    if (item) await pictures.open(item);
    if (wanted === id) items.select(id);
  }

  /** @param {number} step 1 for the next file, -1 for the one before. */
  function move(step) {
    const all = items.items.get();
    const place = all.findIndex(({ id }) => id === items.selected.get());
    const to = all[place + step];
    if (to) select(to.id);
  }

  /** @param {string} id */
  function remove(id) {
    const item = items.get(id);
    if (!item) return;
    items.remove(id);
    letGo(item);
    const next = items.current.get();
    if (next) pictures.open(next);
  }

  function clear() {
    notice(null);
    const all = items.items.get();
    items.clear();
    all.forEach(letGo);
  }

  /** @param {Item} item */
  function letGo(item) {
    reader.stop(item.id);
    pictures.close(item);
    forget(item);
  }

  return {
    take,
    read,
    select,
    move,
    remove,
    clear,
    cancel: reader.cancel,
    /** @param {string} id */
    retry(id) {
      const item = items.get(id);
      if (item) read(item);
    },
    retryAll() {
      items.items
        .get()
        .filter(({ status }) => UNREAD.includes(status))
        .forEach(read);
    },
    /** @param {Item} item One that is read already. */
    show(item) {
      items.put(item);
      pictures.open(item);
    },
  };
}

/** @param {Item} item The service keeps nothing of what the page has let go. */
function forget({ jobId }) {
  if (jobId) withdraw(jobId, currentKey());
}
