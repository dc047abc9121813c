/** The key that a service may ask for: it lives in this tab's storage and nowhere else. */
import { byId } from "../dom.js";

const STORED = "wenyun-key";

export function startKey() {
  const input = keyInput();
  try {
    input.value = sessionStorage.getItem(STORED) ?? "";
    input.addEventListener("input", () => sessionStorage.setItem(STORED, input.value));
  } catch {
    // Storage may be forbidden: the key then lasts as long as the page.
  }
}

export function currentKey() {
  return keyInput().value.trim();
}

/** The service wants a key: show where it goes. */
export function askForKey() {
  /** @type {HTMLDetailsElement} */ (byId("more")).open = true;
  keyInput().focus();
}

function keyInput() {
  return /** @type {HTMLInputElement} */ (byId("key"));
}
