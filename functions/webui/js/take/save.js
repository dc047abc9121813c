/** Saving a file from the page. */
import { make } from "../dom.js";

/** Browsers read the address some time after the click. */
const KEPT_MS = 60_000;

/**
 * @param {Blob} blob
 * @param {string} name
 */
export function saveBlob(blob, name) {
  const href = URL.createObjectURL(blob);
  const link = make("a", { href, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(href), KEPT_MS);
}

/**
 * "invoice.png" as another kind of file: "invoice.txt".
 * @param {string} name
 * @param {string} ending
 */
export function renamed(name, ending) {
  return `${name.replace(/\.[^./\\]{1,5}$/, "") || "text"}.${ending}`;
}
