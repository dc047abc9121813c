/**
 * How a picture lies in its stage: pure arithmetic, no elements.
 *
 * @typedef {{width: number, height: number}} Size
 * @typedef {{x: number, y: number}} Spot
 * @typedef {0 | 90 | 180 | 270} Turn
 *
 * `scale` is stage pixels a unit of the picture; `x` and `y` are where the turned picture's top
 * left corner lies in the stage; `fitted` follows the stage's size until someone zooms.
 * @typedef {{scale: number, x: number, y: number, turn: Turn, fitted: boolean}} View
 */

/** Above this height over width a picture is fitted by its width: a receipt, a long screenshot. */
const LONG = 2.2;

/** A small picture is enlarged so far, and no further, to fit. */
const ENLARGED = 2;

const CLOSEST = 12;

/** Stage pixels of a picture that stay in sight however far it is dragged. */
const IN_SIGHT = 48;

/**
 * @param {Size} size
 * @param {Turn} turn
 * @returns {Size}
 */
export function turned({ width, height }, turn) {
  return turn % 180 ? { width: height, height: width } : { width, height };
}

/**
 * The whole picture, or the whole width of a long one.
 * @param {Size} size
 * @param {Size} room
 * @param {Turn} turn
 * @returns {View}
 */
export function fit(size, room, turn) {
  const { width, height } = turned(size, turn);
  const wide = Math.min(room.width / width, ENLARGED);
  const whole = Math.min(wide, room.height / height);
  const scale = height > LONG * width ? Math.max(whole, Math.min(wide, 1)) : whole;
  return settle({ scale, x: 0, y: 0, turn, fitted: true }, size, room);
}

/**
 * The view with its scale in bounds, and the picture where it can be seen: in the middle where it
 * is smaller than the stage.
 * @param {View} view
 * @param {Size} size
 * @param {Size} room
 * @returns {View}
 */
export function settle(view, size, room) {
  const { width, height } = turned(size, view.turn);
  const x = settleAxis(view.x, width * view.scale, room.width);
  const y = settleAxis(view.y, height * view.scale, room.height);
  return { ...view, x, y };
}

/**
 * @param {number} at
 * @param {number} length
 * @param {number} room
 */
function settleAxis(at, length, room) {
  if (length <= room) return (room - length) / 2;
  const slack = Math.min(IN_SIGHT, room / 4);
  return Math.min(slack, Math.max(room - length - slack, at));
}

/**
 * Nearer or farther, with what lies at `spot` of the stage staying there.
 * @param {View} view
 * @param {number} factor
 * @param {Spot} spot
 * @param {Size} size
 * @param {Size} room
 * @returns {View}
 */
export function zoom(view, factor, spot, size, room) {
  const { width, height } = turned(size, view.turn);
  const least = Math.min(1, room.width / width, room.height / height);
  const scale = Math.min(CLOSEST, Math.max(least, view.scale * factor));
  const grown = scale / view.scale;
  const x = spot.x - (spot.x - view.x) * grown;
  const y = spot.y - (spot.y - view.y) * grown;
  return settle({ ...view, scale, x, y, fitted: false }, size, room);
}

/**
 * @param {View} view
 * @param {Spot} by
 * @param {Size} size
 * @param {Size} room
 * @returns {View}
 */
export function pan(view, by, size, room) {
  const moved = settle({ ...view, x: view.x + by.x, y: view.y + by.y }, size, room);
  return moved.x === view.x && moved.y === view.y ? view : { ...moved, fitted: false };
}

/**
 * The place in the picture that lies at a place of the stage.
 * @param {View} view
 * @param {Spot} spot
 * @param {Size} size
 * @returns {Spot}
 */
export function toPicture({ scale, x, y, turn }, spot, { width, height }) {
  const across = (spot.x - x) / scale;
  const down = (spot.y - y) / scale;
  if (turn === 90) return { x: down, y: height - across };
  if (turn === 180) return { x: width - across, y: height - down };
  if (turn === 270) return { x: width - down, y: across };
  return { x: across, y: down };
}

/**
 * The place in the stage where a place of the picture lies.
 * @param {View} view
 * @param {Spot} spot
 * @param {Size} size
 * @returns {Spot}
 */
export function toStage({ scale, x, y, turn }, spot, { width, height }) {
  const [across, down] = {
    0: [spot.x, spot.y],
    90: [height - spot.y, spot.x],
    180: [width - spot.x, height - spot.y],
    270: [spot.y, width - spot.x],
  }[turn];
  return { x: x + across * scale, y: y + down * scale };
}

/**
 * The CSS transform of an element of the picture's size whose origin is its top left corner.
 * @param {View} view
 * @param {Size} size
 */
export function transformOf({ scale, x, y, turn }, { width, height }) {
  const [right, down] = {
    0: [0, 0],
    90: [height * scale, 0],
    180: [width * scale, height * scale],
    270: [0, width * scale],
  }[turn];
  return `translate(${x + right}px, ${y + down}px) rotate(${turn}deg)`;
}

/**
 * @param {number} degrees
 * @returns {Turn}
 */
export function asTurn(degrees) {
  const quarter = ((Math.round(degrees / 90) % 4) + 4) % 4;
  return /** @type {Turn} */ (quarter * 90);
}
