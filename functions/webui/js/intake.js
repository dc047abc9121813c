/** The three ways a picture comes in: chosen, dropped, pasted. */
import { byId } from "./dom.js";

/** @param {(file: File) => void} take */
export function startIntake(take) {
  startChoosing(take);
  startDropping(take);
  document.addEventListener("paste", (event) => {
    const file = event.clipboardData?.files[0];
    if (!file) return;
    event.preventDefault();
    take(file);
  });
}

/** @param {(file: File) => void} take */
function startChoosing(take) {
  const input = /** @type {HTMLInputElement} */ (byId("file"));
  byId("intake").addEventListener("click", (event) => {
    if (event.target !== input) input.click();
  });
  input.addEventListener("change", () => {
    const file = input.files?.[0];
    // Emptied, so that choosing the same file again is a change.
    input.value = "";
    if (file) take(file);
  });
}

/** @param {(file: File) => void} take */
function startDropping(take) {
  const veil = (/** @type {boolean} */ on) => document.body.classList.toggle("dropping", on);
  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    veil(true);
  });
  document.addEventListener("dragleave", (event) => {
    if (event.relatedTarget === null) veil(false);
  });
  document.addEventListener("drop", (event) => {
    veil(false);
    const file = event.dataTransfer?.files[0];
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (file) take(file);
  });
}
