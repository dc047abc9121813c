/** The place where the picture lies: it follows the item, the page and the view. */
import { make } from "../dom.js";
import { word } from "../language.js";
import { createStore } from "../store.js";
import { pageOf, sizeOf } from "./desk.js";
import { asTurn, fit, pan, settle, toPicture, toStage, transformOf, zoom } from "./view.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./view.js").View} View */
/** @typedef {import("./view.js").Size} Size */
/** @typedef {import("./view.js").Spot} Spot */

/** Stage pixels around a fitted picture. */
const MARGIN = 12;

/**
 * @typedef {object} Stage
 * @property {HTMLElement} element
 * @property {HTMLElement} frame Of the shown picture's size; what lies over it goes in here.
 * @property {import("../store.js").Store<View | null>} view Null while there is nothing to see.
 * @property {() => Size | null} size
 * @property {() => void} fit
 * @property {() => void} turn
 * @property {(factor: number, spot?: Spot) => void} zoom About a spot, or about the middle.
 * @property {(scale: number) => void} zoomTo
 * @property {(by: Spot) => void} pan
 * @property {(event: {clientX: number, clientY: number}) => Spot} spotOf Within the stage.
 * @property {(spot: Spot) => Spot} inPicture
 * @property {(spot: Spot) => void} bring A place of the picture into sight.
 */

/**
 * @param {Desk} desk
 * @returns {Stage}
 */
export function createStage(desk) {
  const frame = make("div", { id: "frame", className: "frame" });
  const scan = make("div", { className: "scan", ariaHidden: "true" });
  const element = make("div", { id: "stage", className: "stage", tabIndex: 0 }, [frame, scan]);
  element.setAttribute("role", "group");
  /** @type {Stage["view"]} */
  const view = createStore(/** @type {View | null} */ (null));
  /** @type {Map<string, View["turn"]>} */
  const turns = new Map();

  const size = () => sizeOf(desk.item.get(), desk.page.get());
  const place = () => `${desk.item.get()?.id} ${desk.page.get()}`;
  const room = () => ({
    width: Math.max(1, element.clientWidth - 2 * MARGIN),
    height: Math.max(1, element.clientHeight - 2 * MARGIN),
  });
  /** @param {(view: View, size: Size, room: Size) => View} next */
  const move = (next) => {
    const [now, extent] = [view.get(), size()];
    if (now && extent) view.set(next(now, extent, room()));
  };
  const turn = () => {
    const page = pageOf(desk.item.get(), desk.page.get());
    return turns.get(place()) ?? asTurn(page?.angle ?? 0);
  };
  const fitNow = () => {
    const extent = size();
    view.set(extent && fit(extent, room(), turn()));
  };

  let shown = "";
  const follow = () => {
    const extent = size();
    const now = `${place()} ${extent?.width}×${extent?.height} ${turn()}`;
    if (now !== shown) fitNow();
    shown = now;
  };
  desk.item.on(follow);
  desk.page.on(follow);
  view.on((now) => lay(frame, now, size()));
  new ResizeObserver(() => {
    if (view.get()?.fitted) fitNow();
    else move(settle);
  }).observe(element);

  return {
    element,
    frame,
    view,
    size,
    fit: fitNow,
    turn() {
      turns.set(place(), asTurn(turn() + 90));
      follow();
    },
    zoom: (factor, spot) =>
      move((now, extent, space) => zoom(now, factor, spot ?? middle(space), extent, space)),
    zoomTo: (scale) =>
      move((now, extent, space) => zoom(now, scale / now.scale, middle(space), extent, space)),
    pan: (by) => move((now, extent, space) => pan(now, by, extent, space)),
    spotOf({ clientX, clientY }) {
      const { left, top } = element.getBoundingClientRect();
      const { clientLeft, clientTop } = element;
      return { x: clientX - left - clientLeft - MARGIN, y: clientY - top - clientTop - MARGIN };
    },
    inPicture(spot) {
      const [now, extent] = [view.get(), size()];
      return now && extent ? toPicture(now, spot, extent) : { x: 0, y: 0 };
    },
    bring: (spot) =>
      move((now, extent, space) => {
        const at = toStage(now, spot, extent);
        const seen = at.x >= 0 && at.y >= 0 && at.x <= space.width && at.y <= space.height;
        const { x, y } = middle(space);
        return seen ? now : pan(now, { x: x - at.x, y: y - at.y }, extent, space);
      }),
  };
}

/** @param {Size} room */
function middle({ width, height }) {
  return { x: width / 2, y: height / 2 };
}

/**
 * The frame gets its size instead of a CSS scale: lines drawn over it then keep their width.
 * @param {HTMLElement} frame
 * @param {View | null} view
 * @param {Size | null} size
 */
function lay(frame, view, size) {
  frame.classList.toggle("waiting", !view);
  if (!view || !size) return;
  frame.style.width = `${size.width * view.scale}px`;
  frame.style.height = `${size.height * view.scale}px`;
  frame.style.transform = transformOf({ ...view, x: view.x + MARGIN, y: view.y + MARGIN }, size);
}

/**
 * Put the item's picture into the frame, if it is not there already.
 * @param {Stage} stage
 * @param {Desk} desk
 */
export function startPicture(stage, desk) {
  const draw = () => {
    const item = desk.item.get();
    const image = desk.page.get() === 1 ? (item?.image ?? null) : null;
    const old = stage.frame.querySelector("img");
    stage.element.setAttribute("aria-label", word("stage"));
    if (image) image.alt = word("picture");
    if (old === image) return;
    old?.remove();
    if (image) stage.frame.prepend(image);
    if (image) image.draggable = false;
  };
  desk.item.on(draw);
  desk.page.on(draw);
  return draw;
}
