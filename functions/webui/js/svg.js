/** Elements of drawings: the page's icons and what lies over a picture. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * @template {keyof SVGElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, string | number>} attributes
 * @param {Array<Node | string>} [children]
 * @returns {SVGElementTagNameMap[T]}
 */
export function draw(tag, attributes, children = []) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** Strokes on a field of 20 × 20. */
const ICONS = {
  minus: "M5 10h10",
  plus: "M5 10h10M10 5v10",
  fit: "M3 7V4a1 1 0 0 1 1-1h3M13 3h3a1 1 0 0 1 1 1v3M17 13v3a1 1 0 0 1-1 1h-3M7 17H4a1 1 0 0 1-1-1v-3",
  turn: "M16.5 9A6.5 6.5 0 1 0 15 14.2M16.8 4.5V9h-4.5",
  move: "M10 2.5v15M2.5 10h15M7.8 4.7 10 2.5l2.2 2.2M7.8 15.3 10 17.5l2.2-2.2M4.7 7.8 2.5 10l2.2 2.2M15.3 7.8 17.5 10l-2.2 2.2",
  region: "M4 4h3M4 4v3M16 4h-3M16 4v3M4 16h3M4 16v-3M16 16h-3M16 16v-3M7.5 8.5h5M7.5 11.5h3",
  ignore: "M4 4h12v12H4zM4 16 16 4M4 10l6-6M10 16l6-6",
  layout: "M3.5 4.5h13v11h-13zM3.5 8.5h13M9 8.5v7",
  before: "m12 5-5 5 5 5",
  after: "m8 5 5 5-5 5",
  stop: "M6.5 6.5h7v7h-7z",
  close: "m5.5 5.5 9 9M14.5 5.5l-9 9",
  pen: "m4 16 .8-3.4L13.4 4a1.4 1.4 0 0 1 2 0l.6.6a1.4 1.4 0 0 1 0 2L7.4 15.2zM12 5.5l2.5 2.5",
  undo: "M7 5 3.5 8.5 7 12M3.5 8.5H12a4.5 4.5 0 0 1 0 9H8",
  copy: "M7.5 7.5h8.5v9H7.5zM12.5 7.5V4H4v9h3.5",
  done: "m4.5 10.5 3.7 3.7 7.3-8",
  down: "M10 3.5v9M6.3 9 10 12.7 13.7 9M4 16.5h12",
  code: "m7 6-4 4 4 4M13 6l4 4-4 4",
  find: "M9 3.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11M13 13l4 4",
  open: "m6 8 4 4 4-4",
};

/** @typedef {keyof typeof ICONS} Icon */

/** @param {Icon} name */
export function icon(name) {
  return draw("svg", { viewBox: "0 0 20 20", class: "icon", "aria-hidden": "true" }, [
    draw("path", { d: ICONS[name] }),
  ]);
}
