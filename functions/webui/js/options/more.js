/** What is under "More options": open it lies over the picture, so that it closes as a menu does. */
import { byId } from "../dom.js";

export function startMore() {
  const more = /** @type {HTMLDetailsElement} */ (byId("more"));
  more.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !more.open) return;
    event.preventDefault();
    more.open = false;
    more.querySelector("summary")?.focus();
  });
  document.addEventListener("pointerdown", ({ target }) => {
    const lies = getComputedStyle(byId("more-body")).position === "absolute";
    if (more.open && lies && target instanceof Node && !more.contains(target)) more.open = false;
  });
  // Reading with what was chosen there shows the picture again.
  byId("options").addEventListener("submit", () => {
    if (getComputedStyle(byId("more-body")).position === "absolute") more.open = false;
  });
}
