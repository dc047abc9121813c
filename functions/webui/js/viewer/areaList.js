/** The drawn areas as numbers: to see, to type, to remove, and to read the picture again with. */
import { make } from "../dom.js";
import { word } from "../language.js";
import { icon } from "../svg.js";
import { listed, middleArea, sameAreas, withArea, withoutArea } from "./areas.js";

/** @typedef {import("./areas.js").Area} Area */
/** @typedef {import("./areas.js").Areas} Areas */
/** @typedef {import("./areas.js").Slot} Slot */
/** @typedef {import("./desk.js").Desk} Desk */

const SIDES = /** @type {const} */ (["areaX", "areaY", "areaWidth", "areaHeight"]);
const BUSY = ["waiting", "sending", "reading"];

/**
 * @param {Desk} desk
 * @param {import("./stage.js").Stage} stage
 * @returns {{element: HTMLElement, redraw: () => void}}
 */
export function createAreaList(desk, stage) {
  const element = make("section", { id: "areas", className: "areas-panel", hidden: true });
  /** Areas that an answer was read with, to know when reading again would change something. @type {WeakMap<object, Areas>} */
  const readWith = new WeakMap();
  let drawn = "";

  const redraw = () => {
    const item = desk.item.get();
    if (item?.answer && !readWith.has(item.answer)) readWith.set(item.answer, item.areas);
    const tool = desk.tool.get();
    const areas = item?.areas ?? { region: null, ignore: [] };
    const before = item?.answer ? readWith.get(item.answer) : undefined;
    const changed = before !== undefined && !sameAreas(areas, before);
    element.hidden = !item || (tool === "move" && listed(areas).length === 0 && !changed);
    if (element.hidden || !item) return element.replaceChildren();
    const focused = placeOf(document.activeElement, element);
    element.setAttribute("aria-label", word("areas"));
    element.replaceChildren(
      make("p", { className: "areas-hint" }, [word(hintOf(tool, item))]),
      make("div", { className: "areas-list" }, listed(areas).map(({ slot, area }) => row(desk, slot, area))),
      foot(desk, stage, changed),
    );
    if (focused) focusAt(focused, element);
  };
  const follow = () => {
    const item = desk.item.get();
    const now = JSON.stringify([item?.id, item?.areas, item?.status, desk.tool.get()]);
    if (now !== drawn || (item?.answer && !readWith.has(item.answer))) redraw();
    drawn = now;
  };
  desk.item.on(follow);
  desk.tool.on(follow);
  return { element, redraw };
}

/**
 * @param {import("./desk.js").Tool} tool
 * @param {import("../types.js").Item} item
 */
function hintOf(tool, { areas, image, answer }) {
  if (tool === "region") return "hintRegion";
  if (tool === "ignore") return "hintIgnore";
  if (listed(areas).length === 0) return "hintNoAreas";
  return image && (answer?.pages?.length ?? 1) === 1 ? "hintAreas" : "hintPages";
}

/**
 * @param {Desk} desk
 * @param {Slot} slot
 * @param {Area} area
 */
function row(desk, slot, area) {
  const name = slot === "region" ? word("region") : word("ignored", { n: slot + 1 });
  const fields = SIDES.map((side, index) => {
    const input = make("input", { type: "number", min: "0", step: "1", value: String(area[index]) });
    input.setAttribute("aria-label", `${name}: ${word(side)}`);
    input.dataset.place = `${slot} ${side}`;
    input.addEventListener("change", () => retype(desk, slot, index, input));
    return make("label", {}, [make("span", {}, [word(side)]), input]);
  });
  const remove = make("button", { type: "button", className: "tool" }, [icon("close")]);
  remove.setAttribute("aria-label", word("removeArea", { name }));
  remove.title = word("removeArea", { name });
  remove.addEventListener("click", () => {
    const item = desk.item.get();
    if (item) desk.change({ ...item, areas: withoutArea(item.areas, slot) });
  });
  const title = make("strong", { className: slot === "region" ? "is-region" : "is-ignored" }, [name]);
  const group = make("div", { className: "area" }, [title, ...fields, remove]);
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", name);
  return group;
}

/**
 * @param {Desk} desk
 * @param {Slot} slot
 * @param {number} index
 * @param {HTMLInputElement} input
 */
function retype(desk, slot, index, input) {
  const item = desk.item.get();
  const old = item && listed(item.areas).find((one) => one.slot === slot)?.area;
  if (!item || !old) return;
  const least = index < 2 ? 0 : 1;
  const value = Math.max(least, Math.round(Number(input.value) || 0));
  const area = /** @type {Area} */ (old.map((side, at) => (at === index ? value : side)));
  desk.change({ ...item, areas: withArea(item.areas, slot, area) });
}

/**
 * @param {Desk} desk
 * @param {import("./stage.js").Stage} stage
 * @param {boolean} changed
 */
function foot(desk, stage, changed) {
  const add = (/** @type {"region" | "ignore"} */ slot) => {
    const button = make("button", { type: "button", className: "link" }, [word(`add_${slot}`)]);
    button.dataset.place = `add ${slot}`;
    button.addEventListener("click", () => {
      const [item, size] = [desk.item.get(), stage.size()];
      if (item && size) desk.change({ ...item, areas: withArea(item.areas, slot, middleArea(size)) });
    });
    return button;
  };
  const item = desk.item.get();
  const region = item?.areas.region;
  const again = make("button", { type: "button", className: "primary small", id: "read-areas" }, [
    word(region ? "readRegion" : "readWithout"),
  ]);
  again.hidden = !changed;
  again.disabled = item !== null && BUSY.includes(item.status);
  again.addEventListener("click", () => {
    const now = desk.item.get();
    desk.tool.set("move");
    if (now) desk.read(now);
  });
  return make("div", { className: "areas-foot" }, [
    ...(region ? [] : [add("region")]),
    add("ignore"),
    again,
  ]);
}

/**
 * Which of the fields has the focus, to give it back when they are drawn anew.
 * @param {Element | null} active
 * @param {HTMLElement} inside
 */
function placeOf(active, inside) {
  return inside.contains(active) ? (active?.getAttribute("data-place") ?? "add ignore") : null;
}

/**
 * @param {string} place
 * @param {HTMLElement} inside
 */
function focusAt(place, inside) {
  const fields = /** @type {NodeListOf<HTMLElement>} */ (inside.querySelectorAll("[data-place]"));
  const wanted = [...fields].find((field) => field.dataset.place === place);
  (wanted ?? fields[fields.length - 1])?.focus();
}
