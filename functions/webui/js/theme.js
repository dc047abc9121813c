/** Dark, light, or as the system: the dark colours are a stylesheet of their own, switched whole. */
import { byId } from "./dom.js";
import { inEveryLanguage, word } from "./language.js";

/** @typedef {"system" | "light" | "dark"} Theme */

const STORED = "wenyun-theme";
/** @type {Theme[]} */
const THEMES = ["system", "light", "dark"];
/** When the dark colours hold. */
const MEDIA = { system: "(prefers-color-scheme: dark)", light: "not all", dark: "all" };

let theme = stored();

/** Make the button go round the themes. */
export function startTheme() {
  byId("theme").addEventListener("click", () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length];
    keep();
    show();
    byId("status").textContent = word(`theme_${theme}`);
  });
  inEveryLanguage(show);
}

function show() {
  /** @type {HTMLLinkElement} */ (byId("dark")).media = MEDIA[theme];
  const button = byId("theme");
  button.dataset.theme = theme;
  button.title = word(`theme_${theme}`);
  button.setAttribute("aria-label", word(`theme_${theme}`));
}

function keep() {
  try {
    localStorage.setItem(STORED, theme);
  } catch {
    // Storage may be forbidden: the choice then lasts as long as the page.
  }
}

/** @returns {Theme} */
function stored() {
  try {
    return THEMES.find((one) => one === localStorage.getItem(STORED)) ?? "system";
  } catch {
    return "system";
  }
}
