/** The pictures in memory: those that are looked at or read, and a few more. */
import { isBusy } from "./items.js";
import { kindOf } from "./kinds.js";
import { closePicture, openPicture } from "./picture.js";

/** @typedef {import("./types.js").Item} Item */

/** A photo is some megabytes, and a queue may hold hundreds. */
const KEPT = 6;

/** @param {import("./items.js").Items} items */
export function createPictures(items) {
  /** Files that the browser cannot show. */
  const hopeless = new WeakSet();
  /** @type {Map<string, Promise<HTMLImageElement | null>>} */
  const opening = new Map();
  /** Ids of items with a picture, the one that was asked for last at the end. */
  const open = /** @type {Set<string>} */ (new Set());

  /** @param {Item} item */
  async function decode({ id, file }) {
    // Safari shows the first page of a PDF as a picture; here it is a document.
    const image = (await kindOf(file)) === "application/pdf" ? null : await openPicture(file);
    opening.delete(id);
    if (!image) hopeless.add(file);
    if (!items.get(id)) closePicture(image);
    else if (image) items.patch(id, { image });
    return image;
  }

  function trim() {
    for (const id of [...open]) {
      if (open.size <= KEPT) return;
      const item = items.get(id);
      if (item && (id === items.selected.get() || isBusy(item))) continue;
      open.delete(id);
      closePicture(item?.image ?? null);
      if (item) items.patch(id, { image: null });
    }
  }

  return {
    /**
     * The item's picture; null where the browser cannot show the file.
     * @param {Item} item
     */
    async open(item) {
      const known = items.get(item.id)?.image ?? item.image;
      if (!known && hopeless.has(item.file)) return null;
      const pending = known ?? opening.get(item.id) ?? decode(item);
      if (pending instanceof Promise) opening.set(item.id, pending);
      const image = await pending;
      open.delete(item.id);
      if (image) open.add(item.id);
      trim();
      return image;
    },
    /** @param {Item} item That leaves the queue. */
    close(item) {
      open.delete(item.id);
      closePicture(item.image);
    },
  };
}
