/** Puts what was read into the history, and what was corrected since. */
import { changeEntry, keepEntry } from "./shelf.js";

/**
 * @typedef {import("../types.js").Item} Item
 * @typedef {import("./shelf.js").Draft} Draft
 *
 * What of an item was written, and the entry that it is in; null once that was thrown away.
 * @typedef {{answer: Item["answer"], edits: Item["edits"], entry: Promise<number> | null}} Kept
 */

/** Milliseconds: someone who corrects lines is not written down letter by letter. */
const SETTLED = 400;

/** @param {(wrote: boolean) => void} tell After each writing; false where there was no room. */
export function createKeeper(tell) {
  /** @type {Map<string, Kept>} */
  const kept = new Map();
  /** @type {Map<string, number>} */
  const settling = new Map();
  const told = (/** @type {Promise<unknown>} */ writing) =>
    writing.then(
      () => tell(true),
      () => tell(false),
    );

  /** @param {Item} item */
  function rewrite(item) {
    clearTimeout(settling.get(item.id));
    const write = () => {
      const entry = kept.get(item.id)?.entry;
      if (entry) told(entry.then((id) => changeEntry({ ...draftOf(item), id })));
    };
    settling.set(item.id, setTimeout(write, SETTLED));
  }

  return {
    /** @param {Item} item Kept if it is read and not kept yet. */
    keep(item) {
      const { answer, edits } = item;
      const known = kept.get(item.id);
      if (item.status !== "done" || !answer) return;
      if (known?.answer !== answer) {
        const entry = keepEntry(draftOf(item));
        kept.set(item.id, { answer, edits, entry });
        told(entry);
      } else if (known.edits !== edits) {
        kept.set(item.id, { ...known, edits });
        rewrite(item);
      }
    },
    /**
     * @param {Item} item That came out of an entry.
     * @param {number} id
     */
    know({ id: item, answer, edits }, id) {
      kept.set(item, { answer, edits, entry: Promise.resolve(id) });
    },
    /**
     * @param {number | null} gone An entry that was thrown away, or null for all of them: an item
     *   of the queue does not bring it back.
     */
    async forget(gone) {
      for (const [item, one] of kept) {
        const id = await one.entry;
        if (gone === null || id === gone) kept.set(item, { ...one, entry: null });
      }
    },
  };
}

/**
 * @param {Item} item
 * @returns {Draft}
 */
function draftOf({ file, scale, options, answer, edits }) {
  if (!answer) throw new Error("only what was read is kept");
  const { name, type } = file;
  const whole = { name, type, file, scale, options, answer };
  return { ...whole, at: Date.now(), edits: [...edits] };
}
