/** Putting text on the clipboard. */
import { byId } from "./dom.js";
import { word } from "./language.js";

/** How long a button says that it has copied. */
const SHOWN_MS = 1600;

/**
 * @param {string} text
 * @param {HTMLElement} button Wears the class "copied" for a moment.
 */
export async function copyText(text, button) {
  const copied = await write(text);
  byId("status").textContent = word(copied ? "copied" : "copyFailed");
  if (!copied) return;
  button.classList.add("copied");
  setTimeout(() => button.classList.remove("copied"), SHOWN_MS);
}

/** @param {string} text */
async function write(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writeByCommand(text);
  }
}

/**
 * Browsers give the clipboard to https and this machine alone; plain http in a home or office
 * network is left with the old command.
 * @param {string} text
 */
function writeByCommand(text) {
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  // Within an open dialog: whatever lies outside it cannot be selected.
  (focused?.closest("dialog") ?? document.body).append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  focused?.focus();
  return done;
}
