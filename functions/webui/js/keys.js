/**
 * Single keys for what is done often. An element says its own key in `data-key`: pressing it clicks
 * what can be clicked and goes to what can be typed in, wherever the element is to be seen.
 */
import { byId, make } from "./dom.js";
import { inEveryLanguage, word } from "./language.js";

/** The keys in the order of the help, each with the name of its words there. */
const KEYS = [
  ["o", "key_open"],
  ["n", "key_next"],
  ["p", "key_previous"],
  ["r", "key_again"],
  ["c", "key_copy"],
  ["/", "key_find"],
  ["d", "key_download"],
  ["+", "key_closer"],
  ["-", "key_farther"],
  ["0", "key_fit"],
  ["t", "key_turn"],
  ["]", "key_page_next"],
  ["[", "key_page_previous"],
  ["?", "key_help"],
];

/** Keys that are one to whoever presses them without the shift key. */
const SAME = /** @type {Record<string, string>} */ ({ "=": "+", _: "-" });

/** Where keys are typed, or mean something else. */
const TYPING =
  "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]";

const STORED = "wenyun-keys";

export function startKeys() {
  const dialog = /** @type {HTMLDialogElement} */ (byId("help"));
  const wanted = /** @type {HTMLInputElement} */ (byId("keys-wanted"));
  wanted.checked = stored();
  wanted.addEventListener("change", () => keep(wanted.checked));
  byId("help-open").addEventListener("click", () => dialog.showModal());
  byId("help-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  document.addEventListener("keydown", (event) => {
    if (wanted.checked && !dialog.open) press(event);
  });
  inEveryLanguage(showKeys);
}

/** @param {KeyboardEvent} event */
function press(event) {
  const { target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.isComposing || document.querySelector("dialog[open]")) return;
  if (target instanceof Element && target.closest(TYPING)) return;
  const element = owner(SAME[event.key] ?? event.key.toLowerCase());
  if (!element) return;
  event.preventDefault();
  if (element.matches(TYPING)) element.focus();
  else element.click();
}

/**
 * Who answers to the key now.
 * @param {string} key
 */
function owner(key) {
  const all = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-key]"));
  return [...all].find(
    (element) => element.dataset.key === key && element.getClientRects().length > 0 && !isOff(element),
  );
}

/** @param {HTMLElement} element */
function isOff(element) {
  return element.matches(":disabled, [aria-disabled=true]");
}

function showKeys() {
  const rows = KEYS.map(([key, words]) =>
    make("div", {}, [
      make("dt", {}, [make("kbd", {}, [key.toUpperCase()])]),
      make("dd", {}, [word(words)]),
    ]),
  );
  byId("keys").replaceChildren(...rows);
}

/** @param {boolean} on */
function keep(on) {
  try {
    localStorage.setItem(STORED, on ? "on" : "off");
  } catch {
    // Storage may be forbidden: the choice then lasts as long as the page.
  }
}

function stored() {
  try {
    return localStorage.getItem(STORED) !== "off";
  } catch {
    return true;
  }
}
