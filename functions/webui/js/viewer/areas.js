/** The areas of an item: the one to read, and those to leave out. Pure, no elements. */

/** @typedef {import("../types.js").Area} Area */
/** @typedef {import("../types.js").Areas} Areas */
/** @typedef {import("../types.js").Item} Item */
/** @typedef {import("./view.js").Size} Size */
/** @typedef {import("./view.js").Spot} Spot */

/** A place among an item's areas: "region", or which of those to leave out. @typedef {"region" | number} Slot */

/** Units of the picture under which a drawn area is a slip of the hand. */
const SMALLEST = 4;

/**
 * The area between two corners, in whole units and inside the picture; null for next to nothing.
 * @param {Spot} from
 * @param {Spot} to
 * @param {Size} size
 * @returns {Area | null}
 */
export function areaBetween(from, to, size) {
  const [left, right] = edges(from.x, to.x, size.width);
  const [top, bottom] = edges(from.y, to.y, size.height);
  const [width, height] = [right - left, bottom - top];
  return width < SMALLEST || height < SMALLEST ? null : [left, top, width, height];
}

/**
 * @param {number} a
 * @param {number} b
 * @param {number} length
 */
function edges(a, b, length) {
  const within = (/** @type {number} */ at) => Math.round(Math.min(length, Math.max(0, at)));
  return [within(Math.min(a, b)), within(Math.max(a, b))];
}

/**
 * The middle of the picture, for someone who types where an area lies.
 * @param {Size} size
 * @returns {Area}
 */
export function middleArea({ width, height }) {
  const part = (/** @type {number} */ length, /** @type {number} */ of) => Math.round(length * of);
  return [part(width, 0.25), part(height, 0.25), part(width, 0.5), part(height, 0.5)];
}

/**
 * @param {Areas} areas
 * @returns {Array<{slot: Slot, area: Area}>}
 */
export function listed({ region, ignore }) {
  const left = ignore.map((area, slot) => ({ slot, area }));
  return region ? [{ slot: "region", area: region }, ...left] : left;
}

/**
 * @param {Areas} areas
 * @param {Slot | "ignore"} slot "ignore" adds one more to leave out.
 * @param {Area} area
 * @returns {Areas}
 */
export function withArea(areas, slot, area) {
  if (slot === "region") return { ...areas, region: area };
  if (slot === "ignore") return { ...areas, ignore: [...areas.ignore, area] };
  return { ...areas, ignore: areas.ignore.with(slot, area) };
}

/**
 * @param {Areas} areas
 * @param {Slot} slot
 * @returns {Areas}
 */
export function withoutArea(areas, slot) {
  if (slot === "region") return { ...areas, region: null };
  return { ...areas, ignore: areas.ignore.filter((_, index) => index !== slot) };
}

/**
 * @param {Areas} a
 * @param {Areas} b
 */
export function sameAreas(a, b) {
  return JSON.stringify(a) === JSON.stringify(b);
}
