/** Which page of a document is in the stage. */
import { make } from "../dom.js";
import { word } from "../language.js";
import { icon } from "../svg.js";

/** @typedef {import("./desk.js").Desk} Desk */

/**
 * @param {Desk} desk
 * @returns {{element: HTMLElement, redraw: () => void}}
 */
export function createPages(desk) {
  const before = make("button", { type: "button", className: "tool" }, [icon("before")]);
  const after = make("button", { type: "button", className: "tool" }, [icon("after")]);
  const field = make("input", { type: "number", min: "1", className: "page-number" });
  const total = make("span", { className: "page-total" });
  const element = make("div", { className: "pages", id: "pages" }, [before, field, total, after]);

  before.dataset.key = "[";
  after.dataset.key = "]";

  /** Numbers of the pages that were read; a choice of pages may leave some out. */
  const numbers = () => desk.item.get()?.answer?.pages?.map(({ page }) => page) ?? [];
  const at = () => numbers().indexOf(desk.page.get());
  /** @param {number} by */
  const step = (by) => {
    const next = numbers()[at() + by];
    if (next !== undefined) desk.page.set(next);
  };
  before.addEventListener("click", () => step(-1));
  after.addEventListener("click", () => step(1));
  field.addEventListener("change", () => {
    const wanted = Number(field.value);
    const near = (/** @type {number} */ page) => Math.abs(page - wanted);
    const [first] = numbers().toSorted((a, b) => near(a) - near(b));
    if (first !== undefined) desk.page.set(first);
    field.value = String(desk.page.get());
  });

  const redraw = () => {
    const pages = numbers();
    const last = pages.at(-1) ?? 1;
    element.hidden = pages.length < 2;
    name(before, word("pageBefore"));
    name(after, word("pageAfter"));
    name(field, word("pageNumber", { last }));
    field.value = String(desk.page.get());
    field.max = String(last);
    total.textContent = `/ ${last}`;
    before.disabled = at() <= 0;
    after.disabled = at() >= pages.length - 1;
  };
  let answer = desk.item.get()?.answer;
  desk.item.on((item) => {
    const other = item?.answer !== answer;
    answer = item?.answer;
    if (other) redraw();
  });
  desk.page.on(redraw);
  return { element, redraw };
}

/**
 * @param {HTMLElement} element
 * @param {string} text
 */
function name(element, text) {
  element.setAttribute("aria-label", text);
  element.title = text;
}
