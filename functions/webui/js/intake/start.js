/** The ways in: files are chosen, dropped, pasted, or photographed. */
import { byId } from "../dom.js";
import { startDropping } from "./drop.js";
import { startPasting } from "./paste.js";

/**
 * `leftOut` is how many files of a folder are no pictures or documents.
 * @typedef {(files: File[], leftOut?: number) => void} Take
 */

/**
 * @param {Take} take
 * @param {() => void} nothing Told where the clipboard holds no picture.
 */
export function startIntake(take, nothing) {
  startInput("choose", "file", take);
  startInput("snap", "camera", take);
  // A mouse hints at a desk, where the camera looks at its owner and no `capture` is heeded.
  byId("snap").hidden = !matchMedia("(pointer: coarse)").matches;
  byId("intake").addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (!target.closest("button, input, a")) byId("file").click();
  });
  startDropping(take);
  startPasting(take, nothing);
}

/**
 * @param {string} button
 * @param {string} field
 * @param {Take} take
 */
function startInput(button, field, take) {
  const input = /** @type {HTMLInputElement} */ (byId(field));
  byId(button).addEventListener("click", () => input.click());
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    // Emptied, so that choosing the same file again is a change.
    input.value = "";
    if (files.length > 0) take(files);
  });
}
