/** Pointing at a box lights its line, and the other way round. */

/** @typedef {import("./desk.js").Desk} Desk */

const NOTHING = /** @type {readonly number[]} */ (Object.freeze([]));

/**
 * @param {Desk} desk
 * @param {HTMLElement} frame
 * @param {HTMLElement} reading
 * @param {(index: number) => void} reveal Bring a line of the list into sight.
 */
export function startLink(desk, frame, reading, reveal) {
  const light = (/** @type {readonly number[]} */ lines) => {
    if (lines.join() !== desk.lit.get().join()) desk.lit.set(lines);
  };
  for (const kind of ["pointerover", "focusin", "click"]) {
    reading.addEventListener(kind, (event) => light(linesOf(event)));
    frame.addEventListener(kind, (event) => {
      const lines = linesOf(event);
      light(lines);
      if (lines.length) reveal(lines[0]);
    });
  }
  for (const area of [frame, reading]) area.addEventListener("pointerleave", () => light(NOTHING));
  desk.lit.on((lines) => {
    for (const element of [...frame.querySelectorAll(".lit"), ...reading.querySelectorAll(".lit")]) {
      element.classList.remove("lit");
    }
    for (const index of lines) {
      frame.querySelector(`[data-line="${index}"]`)?.classList.add("lit");
      reading.querySelector(`[data-line="${index}"]`)?.classList.add("lit");
    }
    reading.querySelector(`[data-lines~="${lines[0]}"]`)?.classList.add("lit");
  });
}

/**
 * A row and a box are of one line, a paragraph is of several.
 * @param {Event} event
 * @returns {readonly number[]}
 */
function linesOf(event) {
  const target = /** @type {Element} */ (event.target);
  const found = /** @type {HTMLElement | null} */ (target.closest("[data-line], [data-lines]"));
  const lines = found?.dataset.line ?? found?.dataset.lines ?? "";
  return lines ? lines.split(" ").map(Number) : NOTHING;
}
