/** The three ways pictures come in: chosen, dropped, pasted. */
import { byId } from "./dom.js";

/** @param {(files: File[]) => void} take */
export function startIntake(take) {
  startChoosing(take);
  startDropping(take);
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    take(files);
  });
}

/** @param {(files: File[]) => void} take */
function startChoosing(take) {
  const input = /** @type {HTMLInputElement} */ (byId("file"));
  byId("intake").addEventListener("click", (event) => {
    if (event.target !== input) input.click();
  });
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    // Emptied, so that choosing the same file again is a change.
    input.value = "";
    if (files.length > 0) take(files);
  });
}

/** @param {(files: File[]) => void} take */
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
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (files.length > 0) take(files);
  });
}
