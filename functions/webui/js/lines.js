/** The lines in reading order, each with how sure the service is and a button that copies it. */
import { copyText } from "./clipboard.js";
import { byId, make } from "./dom.js";
import { word } from "./language.js";
import { sureness } from "./sureness.js";

/** @typedef {import("./api.js").Line} Line */

/** @param {Line[]} lines */
export function showLines(lines) {
  byId("lines").replaceChildren(...lines.map(row));
}

/**
 * @param {Line} line
 * @param {number} index
 */
function row(line, index) {
  const item = make("li", { className: "line" }, [
    make("span", { className: "line-text", dir: "auto" }, [line.text]),
    confidence(line),
    copyButton(line.text, index),
  ]);
  item.dataset.line = String(index);
  item.dataset.sure = sureness(line.confidence);
  return item;
}

/** @param {Line} line */
function confidence({ confidence: likelihood, model }) {
  const percent = `${Math.floor(likelihood * 100)}%`;
  const element = make("span", { className: "line-confidence" }, [percent]);
  const reader = model ? ` · ${word(`model_${model}`, {}, model)}` : "";
  element.title = word("confidence", { percent }) + reader;
  return element;
}

/**
 * @param {string} text
 * @param {number} index
 */
function copyButton(text, index) {
  const button = make("button", { type: "button", className: "line-copy" });
  button.setAttribute("aria-label", word("copyLine", { n: index + 1 }));
  button.title = button.ariaLabel ?? "";
  button.addEventListener("click", () => copyText(text, button));
  return button;
}
