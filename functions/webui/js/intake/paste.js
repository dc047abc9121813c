/** Pictures and files from the clipboard: by the keys, or by a button where there are none. */
import { byId } from "../dom.js";

/** @typedef {import("./start.js").Take} Take */

const PICTURE = /^image\/(png|jpeg|webp|gif|bmp)$/;
const EDITABLE = "textarea, input:not([type=radio], [type=checkbox], [type=range])";

let pasted = 0;

/**
 * @param {Take} take
 * @param {() => void} nothing Told where the clipboard holds no picture.
 */
export function startPasting(take, nothing) {
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    const words = event.clipboardData?.types.includes("text/plain");
    const target = /** @type {Element} */ (event.target);
    // Office programs put a picture of their words beside the words.
    if (files.length === 0 || (words && target.closest?.(EDITABLE))) return;
    event.preventDefault();
    take(files.map(named));
  });
  const button = byId("paste");
  button.hidden = !navigator.clipboard?.read || !matchMedia("(pointer: coarse)").matches;
  button.addEventListener("click", async () => {
    const files = await readClipboard().catch(() => []);
    if (files.length > 0) take(files);
    else nothing();
  });
}

/** @returns {Promise<File[]>} */
async function readClipboard() {
  /** @type {File[]} */
  const files = [];
  for (const item of await navigator.clipboard.read()) {
    const type = item.types.find((one) => PICTURE.test(one));
    if (type) files.push(named(new File([await item.getType(type)], "image.png", { type })));
  }
  return files;
}

/**
 * Every picture on a clipboard is called image.png; in a queue they need names of their own.
 * @param {File} file
 */
function named(file) {
  if (!/^image\.\w+$/.test(file.name)) return file;
  pasted += 1;
  const { type, lastModified } = file;
  return new File([file], file.name.replace("image", `pasted-${pasted}`), { type, lastModified });
}
