/** A line and its box belong together: pointing at one lights the other. */
import { byId } from "./dom.js";

export function startLink() {
  const frame = byId("frame");
  const lines = byId("lines");
  for (const kind of ["pointerover", "focusin", "click"]) {
    lines.addEventListener(kind, (event) => light(lineOf(event)));
    frame.addEventListener(kind, (event) => {
      const index = lineOf(event);
      light(index);
      if (index !== null) reveal(lines, index);
    });
  }
  for (const area of [frame, lines]) area.addEventListener("pointerleave", () => light(null));
}

/** @param {Event} event */
function lineOf(event) {
  const target = /** @type {Element} */ (event.target);
  return target.closest("[data-line]")?.getAttribute("data-line") ?? null;
}

/** @param {string | null} index */
function light(index) {
  for (const element of document.querySelectorAll("[data-line]")) {
    element.classList.toggle("lit", element.getAttribute("data-line") === index);
  }
}

/**
 * Scroll the list, never the page: the picture must not run away from the pointer.
 * @param {HTMLElement} lines
 * @param {string} index
 */
function reveal(lines, index) {
  const row = /** @type {HTMLElement | null} */ (lines.querySelector(`[data-line="${index}"]`));
  if (!row || lines.scrollHeight <= lines.clientHeight) return;
  const top = row.offsetTop;
  if (top < lines.scrollTop || top + row.offsetHeight > lines.scrollTop + lines.clientHeight) {
    lines.scrollTop = top - (lines.clientHeight - row.offsetHeight) / 2;
  }
}
