/** The page's language: the browser's at first, then what was chosen. */
import { WORDS } from "./words.js";

/** @typedef {"en" | "zh"} Language */

const STORED = "wenyun-language";
/** @type {Array<() => void>} */
const listeners = [];
/** @type {Language} */
let language = stored() ?? preferred();

/** @returns {Language} */
export function currentLanguage() {
  return language;
}

/**
 * A word of the page in the current language, or `otherwise` where the page has none.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 * @param {string} [otherwise]
 */
export function word(key, values = {}, otherwise = key) {
  const text = WORDS[language][key] ?? otherwise;
  return text.replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/**
 * Run now, and again whenever the language changes.
 * @param {() => void} draw
 */
export function inEveryLanguage(draw) {
  listeners.push(draw);
  draw();
}

/** @param {Language} chosen */
export function setLanguage(chosen) {
  language = chosen;
  try {
    localStorage.setItem(STORED, chosen);
  } catch {
    // Storage may be forbidden: the choice then lasts as long as the page.
  }
  listeners.forEach((draw) => draw());
}

/** Put words into the elements of index.html that name one, and make the switch work. */
export function startLanguage() {
  const buttons = /** @type {NodeListOf<HTMLButtonElement>} */ (
    document.querySelectorAll("[data-lang]")
  );
  for (const button of buttons) {
    button.addEventListener("click", () =>
      setLanguage(/** @type {Language} */ (button.dataset.lang)),
    );
  }
  inEveryLanguage(() => {
    document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
    document.title = word("title");
    for (const button of buttons) {
      button.setAttribute("aria-pressed", String(button.dataset.lang === language));
    }
    translateMarked();
  });
}

function translateMarked() {
  for (const element of document.querySelectorAll("[data-t]")) {
    element.textContent = word(element.getAttribute("data-t") ?? "");
  }
  for (const element of document.querySelectorAll("[data-t-label]")) {
    element.setAttribute("aria-label", word(element.getAttribute("data-t-label") ?? ""));
  }
}

/** @returns {Language | null} */
function stored() {
  try {
    const value = localStorage.getItem(STORED);
    return value === "en" || value === "zh" ? value : null;
  } catch {
    return null;
  }
}

/** @returns {Language} */
function preferred() {
  const first = navigator.languages.find((tag) => /^(zh|en)\b/i.test(tag));
  return first?.toLowerCase().startsWith("zh") ? "zh" : "en";
}
