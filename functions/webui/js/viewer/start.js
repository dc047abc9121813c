/** The item looked at: its picture in #viewer, its text in #reading, and what to take away. */
import { byId } from "../dom.js";
import { inEveryLanguage } from "../language.js";
import { createReading } from "../lines/reading.js";
import { createAreaList } from "./areaList.js";
import { startBoxes } from "./boxes.js";
import { createDesk, pageOf, startPage } from "./desk.js";
import { startDrawing } from "./drawing.js";
import { startGestures } from "./gestures.js";
import { startLink } from "./link.js";
import { createPages } from "./pages.js";
import { createStage, startPicture } from "./stage.js";
import { createTools } from "./tools.js";

/** @typedef {import("../types.js").Item} Item */
/** @typedef {import("../api.js").Offer} Offer */
/**
 * @template T
 * @typedef {import("../store.js").Store<T>} Store
 */

/**
 * `change` puts an item in the place of the one with its id, `read` reads one again with what it
 * now holds (areas, options of the form). `offer` is null until the service has told it, and
 * where it does not.
 * @typedef {{item: Store<Item | null>, offer: Store<Offer | null>, change: (item: Item) => void,
 *   read: (item: Item) => void}} Viewing
 */

/** @param {Viewing} viewing */
export function startViewer(viewing) {
  const desk = createDesk(viewing);
  startPage(desk);
  const stage = createStage(desk);
  const pages = createPages(desk);
  const tools = createTools(desk, stage, pages.element);
  const areas = createAreaList(desk, stage);
  const picture = startPicture(stage, desk);
  const boxes = startBoxes(stage, desk);
  startDrawing(stage, desk);
  startGestures(stage, desk);
  const reading = createReading(desk, viewing.offer, (index) => show(desk, stage, index));
  byId("viewer").append(tools.element, stage.element, areas.element);
  byId("reading").append(...reading.elements);
  startLink(desk, stage.frame, reading.text, reading.reveal);
  followFocus(desk, stage, reading.text);
  viewing.offer.on((told) => tools.offer(told?.options.map(({ name }) => name) ?? []));
  desk.item.on((item) => {
    for (const place of ["viewer", "reading"]) byId(place).dataset.status = item?.status ?? "";
  });
  inEveryLanguage(() => {
    for (const part of [tools, pages, areas, reading]) part.redraw();
    picture();
    boxes();
  });
}

/**
 * Turn to a line's page and bring its box into sight.
 * @param {import("./desk.js").Desk} desk
 * @param {import("./stage.js").Stage} stage
 * @param {number} index
 */
function show(desk, stage, index) {
  const item = desk.item.get();
  const line = item?.answer?.text[index];
  if (!item || !line) return;
  const number = line.page ?? 1;
  desk.page.set(number);
  const size = stage.size();
  const told = pageOf(item, number);
  if (!line.box || !size) return;
  const part = told?.width ? size.width / told.width : 1;
  const middle = (/** @type {0 | 1} */ axis) =>
    (line.box ?? []).reduce((sum, point) => sum + (point[axis] * part) / 4, 0);
  stage.bring({ x: middle(0), y: middle(1) });
  desk.lit.set([index]);
}

/**
 * Pointing lights a box where it is; choosing a line, by click or by key, also goes there.
 * @param {import("./desk.js").Desk} desk
 * @param {import("./stage.js").Stage} stage
 * @param {HTMLElement} text
 */
function followFocus(desk, stage, text) {
  for (const kind of ["focusin", "click"]) {
    text.addEventListener(kind, () => {
      const [first] = desk.lit.get();
      if (first !== undefined) show(desk, stage, first);
    });
  }
}
