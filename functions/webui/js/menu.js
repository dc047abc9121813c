/** A button that opens a list of choices; Escape, a click elsewhere and a choice close it. */
import { make } from "./dom.js";
import { icon } from "./svg.js";

/**
 * @param {{id: string, picture: import("./svg.js").Icon}} look
 * @returns {{element: HTMLDetailsElement, name: (text: string) => void,
 *   fill: (children: Node[]) => void, close: () => void}}
 */
export function createMenu({ id, picture }) {
  const label = make("span", { className: "menu-name" });
  const summary = make("summary", { className: "quiet small" }, [icon(picture), label]);
  const sheet = make("div", { className: "menu-sheet" });
  const element = make("details", { id, className: "menu" }, [summary, sheet]);
  const close = () => {
    element.open = false;
  };
  element.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !element.open) return;
    event.stopPropagation();
    close();
    summary.focus();
  });
  document.addEventListener("pointerdown", (event) => {
    if (element.open && !element.contains(/** @type {Node} */ (event.target))) close();
  });
  element.addEventListener("focusout", (event) => {
    const to = /** @type {Node | null} */ (event.relatedTarget);
    if (to && !element.contains(to)) close();
  });
  return {
    element,
    name: (text) => (label.textContent = text),
    fill: (children) => sheet.replaceChildren(...children),
    close,
  };
}

/**
 * @param {string} text
 * @param {() => void} act
 * @param {string} [hint]
 */
export function choice(text, act, hint = "") {
  const parts = [make("span", {}, [text])];
  if (hint) parts.push(make("small", {}, [hint]));
  const button = make("button", { type: "button", className: "menu-choice" }, parts);
  button.addEventListener("click", act);
  return button;
}
