/** What lies over the picture: line boxes, and at wish blocks, cells and words. */
import { make } from "../dom.js";
import { word } from "../language.js";
import { sureness } from "../lines/sureness.js";
import { draw } from "../svg.js";
import { pageOf, sizeOf, textOf } from "./desk.js";
import { sheetWords } from "./sheet.js";

/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../types.js").Item} Item */
/** @typedef {import("../api.js").Point} Point */
/** @typedef {import("../api.js").Page} Page */

/**
 * Keep the boxes of the page in the stage drawn.
 * @param {import("./stage.js").Stage} stage
 * @param {Desk} desk
 * @returns {() => void} Draws them afresh, in another language for example.
 */
export function startBoxes(stage, desk) {
  let drawn = "";
  let edits = desk.item.get()?.edits;
  let answer = desk.item.get()?.answer;
  const redraw = () => {
    const item = desk.item.get();
    [edits, answer] = [item?.edits, item?.answer];
    drawn = `${item?.id} ${desk.page.get()} ${desk.layout.get()}`;
    for (const old of stage.frame.querySelectorAll(".boxes, .sheet-note")) old.remove();
    stage.frame.classList.toggle("sheet", Boolean(item?.answer && !pictured(item, desk)));
    if (item?.answer) stage.frame.append(...overlay(item, desk));
    shade(stage.frame, desk);
  };
  const follow = () => {
    const item = desk.item.get();
    const same = drawn === `${item?.id} ${desk.page.get()} ${desk.layout.get()}`;
    if (!same || item?.edits !== edits || item?.answer !== answer) redraw();
  };
  for (const store of [desk.item, desk.page, desk.layout]) store.on(follow);
  desk.threshold.on(() => shade(stage.frame, desk));
  return redraw;
}

/**
 * @param {Item} item
 * @param {Desk} desk
 */
function pictured(item, desk) {
  return item.image !== null && desk.page.get() === 1;
}

/**
 * @param {Item} item
 * @param {Desk} desk
 * @returns {Element[]}
 */
function overlay(item, desk) {
  const number = desk.page.get();
  const page = pageOf(item, number);
  const extent = page?.width && page.height ? page : sizeOf(item, number);
  if (!extent) return [];
  const svg = draw("svg", {
    viewBox: `0 0 ${extent.width} ${extent.height}`,
    preserveAspectRatio: "none",
    class: "boxes",
    "aria-hidden": "true",
  });
  const sheet = !pictured(item, desk);
  if (page && desk.layout.get()) svg.append(...layout(page));
  item.answer?.text.forEach((line, index) => {
    if (!line.box || (line.page ?? 1) !== number) return;
    if (sheet) svg.append(...sheetWords(textOf(item, index), line.box));
    svg.append(
      draw("polygon", {
        points: corners(line.box),
        "data-line": index,
        "data-sure": sureness(line.confidence),
      }),
    );
  });
  return sheet ? [svg, make("p", { className: "sheet-note" }, [word("sheet")])] : [svg];
}

/**
 * @param {Page} page
 * @returns {SVGElement[]}
 */
function layout(page) {
  return (page.blocks ?? []).flatMap((block) => [
    draw("path", { d: outline(block.box), class: "block", "data-type": block.type }, [
      draw("title", {}, [word(`block_${block.type}`, {}, block.type)]),
    ]),
    ...(block.cells ?? []).map((cell) => draw("path", { d: outline(cell.box), class: "cell" })),
    ...block.lines.flatMap((line) =>
      (line.words ?? []).map(({ box }) => draw("path", { d: outline(box), class: "word" })),
    ),
  ]);
}

/** @param {Point[]} box */
function corners(box) {
  return box.map((point) => point.join(",")).join(" ");
}

/** @param {Point[]} box */
function outline(box) {
  return `M${box.map((point) => point.join(" ")).join("L")}Z`;
}

/**
 * Boxes of lines under the threshold step back.
 * @param {HTMLElement} frame
 * @param {Desk} desk
 */
function shade(frame, desk) {
  const { level, leaveOut } = desk.threshold.get();
  const lines = desk.item.get()?.answer?.text ?? [];
  for (const box of frame.querySelectorAll("polygon")) {
    const line = lines[Number(box.dataset.line)];
    const under = line !== undefined && line.confidence < level;
    box.classList.toggle("under", under);
    box.classList.toggle("left-out", under && leaveOut);
  }
}
