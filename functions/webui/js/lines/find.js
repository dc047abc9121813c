/** Finding words in the text, from hit to hit. */
import { make } from "../dom.js";
import { word } from "../language.js";
import { textOf } from "../viewer/desk.js";
import { placesOf } from "./marked.js";

/** @typedef {import("../viewer/desk.js").Desk} Desk */

/**
 * @param {Desk} desk
 * @param {{mark: (query: string) => void, show: (index: number) => void}} text
 * @returns {{element: HTMLElement, redraw: () => void}}
 */
export function createFind(desk, { mark, show }) {
  const field = make("input", { type: "search", id: "find", className: "find-field" });
  field.autocomplete = "off";
  field.spellcheck = false;
  field.dataset.key = "/";
  const count = make("span", { className: "find-count" });
  count.setAttribute("aria-live", "polite");
  const element = make("div", { className: "find" }, [field, count]);
  element.setAttribute("role", "search");
  /** @type {number[]} */
  let hits = [];
  let at = -1;

  const say = () => {
    const known = hits.length && at >= 0 ? "findAt" : "findCount";
    count.textContent = field.value ? word(known, { n: at + 1, total: hits.length }) : "";
    element.classList.toggle("vain", field.value !== "" && hits.length === 0);
  };
  const look = () => {
    const item = desk.item.get();
    const query = field.value;
    const found = (/** @type {number} */ index) =>
      item !== null && placesOf(textOf(item, index), query).length > 0;
    hits = query ? [...(item?.answer?.text.keys() ?? [])].filter(found) : [];
    at = -1;
    say();
  };
  /** @param {1 | -1} by */
  const go = (by) => {
    if (!hits.length) return;
    at = at < 0 && by < 0 ? hits.length - 1 : (at + by + hits.length) % hits.length;
    say();
    show(hits[at]);
  };

  let typed = 0;
  field.addEventListener("input", () => {
    clearTimeout(typed);
    typed = setTimeout(() => {
      mark(field.value);
      look();
    }, 120);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      clearTimeout(typed);
      mark(field.value);
      const before = at;
      look();
      at = before < hits.length ? before : -1;
      go(event.shiftKey ? -1 : 1);
    }
    if (event.key === "Escape" && field.value) {
      event.stopPropagation();
      field.value = "";
      mark("");
      look();
    }
  });
  let answer = desk.item.get()?.answer;
  desk.item.on((item) => {
    if (item?.answer === answer) return;
    answer = item?.answer;
    look();
  });
  return {
    element,
    redraw() {
      field.placeholder = word("find");
      field.setAttribute("aria-label", word("find"));
      say();
    },
  };
}
