/** Wheel, pointers and keys on the stage: zoom, pan, turn. */

/** @typedef {import("./stage.js").Stage} Stage */
/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./view.js").Spot} Spot */

/** A notch of a mouse's wheel is 100 to 120 pixels, or 3 lines. */
const WHEEL = 0.0022;
const LINE = 36;
const STEP = 1.25;
const KEY_PAN = 60;

/** A pointer that moves less has clicked. */
const STILL = 4;

/**
 * @param {Stage} stage
 * @param {Desk} desk
 */
export function startGestures(stage, desk) {
  stage.element.addEventListener("wheel", (event) => onWheel(stage, event), { passive: false });
  stage.element.addEventListener("keydown", (event) => onKey(stage, event));
  stage.element.addEventListener("dblclick", (event) => {
    if (desk.tool.get() === "move") stage.zoom(STEP * STEP, stage.spotOf(event));
  });
  startPointers(stage, desk);
  stage.view.on((view) => stage.element.classList.toggle("zoomed", Boolean(view && !view.fitted)));
}

/**
 * Farther than the whole picture there is nothing: the wheel then scrolls the page.
 * @param {Stage} stage
 * @param {WheelEvent} event
 */
function onWheel(stage, event) {
  const { deltaX, deltaY, deltaMode, ctrlKey, shiftKey } = event;
  const unit = deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : LINE;
  const before = stage.view.get();
  if (shiftKey) stage.pan({ x: -(deltaX + deltaY) * unit, y: 0 });
  else if (Math.abs(deltaX) > Math.abs(deltaY)) stage.pan({ x: -deltaX * unit, y: 0 });
  // Browsers tell a pinch on a touchpad as a wheel with the control key, in small steps.
  else stage.zoom(Math.exp(-deltaY * unit * WHEEL * (ctrlKey ? 4 : 1)), stage.spotOf(event));
  const after = stage.view.get();
  const still = before?.scale === after?.scale && before?.x === after?.x;
  if (ctrlKey || !still) event.preventDefault();
}

/**
 * @param {Stage} stage
 * @param {KeyboardEvent} event
 */
function onKey(stage, event) {
  if (event.target !== stage.element || event.ctrlKey || event.metaKey || event.altKey) return;
  const act = {
    "+": () => stage.zoom(STEP),
    "=": () => stage.zoom(STEP),
    "-": () => stage.zoom(1 / STEP),
    0: stage.fit,
    1: () => stage.zoomTo(1),
    t: stage.turn,
    ArrowLeft: () => stage.pan({ x: KEY_PAN, y: 0 }),
    ArrowRight: () => stage.pan({ x: -KEY_PAN, y: 0 }),
    ArrowUp: () => stage.pan({ x: 0, y: KEY_PAN }),
    ArrowDown: () => stage.pan({ x: 0, y: -KEY_PAN }),
  }[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
}

/**
 * One pointer drags; two pinch. A finger on a picture that is seen whole scrolls the page, as
 * the style sheet's touch-action says.
 * @param {Stage} stage
 * @param {Desk} desk
 */
function startPointers(stage, desk) {
  /** @type {Map<number, Spot>} */
  const held = new Map();
  let moved = 0;
  const { element } = stage;
  element.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    held.set(event.pointerId, stage.spotOf(event));
    moved = 0;
  });
  element.addEventListener("pointermove", (event) => {
    const before = held.get(event.pointerId);
    if (!before) return;
    const now = stage.spotOf(event);
    moved += Math.abs(now.x - before.x) + Math.abs(now.y - before.y);
    if (held.size === 2) pinch(stage, held, event.pointerId, now);
    else if (desk.tool.get() === "move" && moved > STILL) {
      // Held from the first move, not from the press: a click must still reach its box.
      if (!element.hasPointerCapture(event.pointerId)) element.setPointerCapture(event.pointerId);
      element.classList.add("dragged");
      stage.pan({ x: now.x - before.x, y: now.y - before.y });
    }
    held.set(event.pointerId, now);
  });
  for (const end of ["pointerup", "pointercancel", "pointerleave"]) {
    element.addEventListener(end, (event) => {
      const { pointerId } = /** @type {PointerEvent} */ (event);
      if (end === "pointerleave" && element.hasPointerCapture(pointerId)) return;
      held.delete(pointerId);
      element.classList.remove("dragged");
    });
  }
  element.addEventListener(
    "touchmove",
    (event) => {
      if (event.touches.length > 1) event.preventDefault();
    },
    { passive: false },
  );
}

/**
 * @param {Stage} stage
 * @param {Map<number, Spot>} held
 * @param {number} pointer The one that moves.
 * @param {Spot} now
 */
function pinch(stage, held, pointer, now) {
  const before = held.get(pointer);
  const other = [...held].find(([id]) => id !== pointer)?.[1];
  if (!before || !other) return;
  const apart = (/** @type {Spot} */ spot) => Math.hypot(spot.x - other.x, spot.y - other.y);
  const middle = { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 };
  if (apart(before) > 0) stage.zoom(apart(now) / apart(before), middle);
  stage.pan({ x: (now.x - before.x) / 2, y: (now.y - before.y) / 2 });
}
