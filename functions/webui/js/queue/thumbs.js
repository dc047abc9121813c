/** A small picture for each row that comes into view; documents show their kind instead. */
import { make } from "../dom.js";

/** Pixels of the longer side, for screens of two dots a pixel. */
const SIDE = 88;

/** One after the other: each decodes a whole photo. */
let last = Promise.resolve();

/** @type {WeakMap<Element, File>} */
const files = new WeakMap();

const watcher = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    const file = files.get(target);
    if (!isIntersecting || !file) continue;
    watcher.unobserve(target);
    last = last.then(() => fillIn(target, file)).catch(() => {});
  }
});

/** @param {File} file */
export function thumbOf(file) {
  const extension = /\.(\w{1,4})$/.exec(file.name)?.[1] ?? "";
  const thumb = make("span", { className: "job-thumb", ariaHidden: "true" }, [extension]);
  files.set(thumb, file);
  watcher.observe(thumb);
  return thumb;
}

/**
 * @param {Element} thumb
 * @param {File} file
 */
async function fillIn(thumb, file) {
  if (!thumb.isConnected || !/^image\//.test(file.type)) return;
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
  const canvas = make("canvas", {
    width: Math.max(1, Math.round(bitmap.width * scale)),
    height: Math.max(1, Math.round(bitmap.height * scale)),
  });
  const context = canvas.getContext("2d");
  if (context) context.imageSmoothingQuality = "high";
  context?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  thumb.replaceChildren(canvas);
}
