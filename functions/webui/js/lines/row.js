/** One line of the list: its text, how sure it is, and what can be done with it. */
import { copyText } from "../clipboard.js";
import { make } from "../dom.js";
import { word } from "../language.js";
import { icon } from "../svg.js";
import { setMarked } from "./marked.js";
import { percentOf, sureness } from "./sureness.js";

/** @typedef {import("../api.js").Line} Line */

/**
 * @param {Line} line
 * @param {number} index
 * @param {{text: () => string, edit: () => void, restore: () => void}} acts
 */
export function createRow(line, index, { text, edit, restore }) {
  const n = index + 1;
  const copy = button("line-copy", "copy", word("copyLine", { n }));
  copy.append(icon("done"));
  copy.addEventListener("click", () => copyText(text(), copy));
  const pen = button("line-edit", "pen", word("editLine", { n }));
  pen.addEventListener("click", edit);
  const back = button("line-restore", "undo", word("restoreLine", { n }));
  back.addEventListener("click", restore);
  const row = make("li", { className: "line", tabIndex: -1 }, [
    make("span", { className: "line-text", dir: "auto" }),
    confidence(line),
    make("span", { className: "line-acts" }, [back, pen, copy]),
  ]);
  row.dataset.line = String(index);
  row.dataset.number = String(n);
  row.dataset.sure = sureness(line.confidence);
  return row;
}

/**
 * @param {HTMLElement} row
 * @param {string} text
 * @param {string | null} was What was read, where a person has put something else in its place.
 * @param {string} query
 */
export function setText(row, text, was, query) {
  const shown = /** @type {HTMLElement} */ (row.querySelector(".line-text"));
  setMarked(shown, text, query);
  row.classList.toggle("edited", was !== null);
  shown.title = was === null ? "" : word("wasRead", { text: was });
  const back = /** @type {HTMLElement} */ (row.querySelector(".line-restore"));
  back.hidden = was === null;
}

/** @param {Line} line */
function confidence({ confidence: likelihood, model }) {
  const percent = percentOf(likelihood);
  const reader = model ? ` · ${word(`model_${model}`, {}, model)}` : "";
  const element = make("span", { className: "line-confidence" }, [percent]);
  element.title = word("confidence", { percent }) + reader;
  return element;
}

/**
 * Out of the tab order: the arrow keys walk along a row, and Tab past the whole list.
 * @param {string} className
 * @param {import("../svg.js").Icon} picture
 * @param {string} name
 */
function button(className, picture, name) {
  const element = make("button", { type: "button", className, tabIndex: -1, title: name });
  element.setAttribute("aria-label", name);
  element.append(icon(picture));
  return element;
}
