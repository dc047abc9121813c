/** The head of the queue: how many are read, and what can be done with all of them. */
import { make } from "../dom.js";
import { isBusy } from "../items.js";
import { word } from "../language.js";
import { icon } from "../svg.js";

/** @typedef {import("../types.js").Item} Item */

const UNREAD = ["failed", "cancelled"];

/** @param {import("./start.js").Actions} actions */
export function createHead({ move, retryAll, clear }) {
  const title = make("h2", { className: "queue-title" });
  const before = button("queue-before", () => move(-1), "p");
  const after = button("queue-after", () => move(1), "n");
  before.append(icon("before"));
  after.append(icon("after"));
  const retry = button("link", retryAll);
  const empty = button("link", clear);
  const element = make("div", { className: "queue-head" }, [title, before, after, retry, empty]);
  return {
    element,
    /**
     * @param {Item[]} items
     * @param {string | null} selected
     */
    draw(items, selected) {
      const read = items.filter(({ status }) => status === "done").length;
      const unread = items.filter(({ status }) => UNREAD.includes(status)).length;
      title.textContent = word("queueCount", { read, all: items.length });
      retry.textContent = word("retryAll", { n: unread });
      retry.hidden = unread === 0 || items.some(isBusy);
      empty.textContent = word("clearQueue");
      before.hidden = after.hidden = items.length < 2;
      say(before, word("fileBefore"), items[0]?.id === selected);
      say(after, word("fileAfter"), items.at(-1)?.id === selected);
    },
  };
}

/**
 * @param {string} className
 * @param {() => void} act
 * @param {string} [key] The key of the keyboard that does the same.
 */
function button(className, act, key) {
  const element = make("button", { type: "button", className });
  if (key) element.dataset.key = key;
  element.addEventListener("click", () => {
    if (element.getAttribute("aria-disabled") !== "true") act();
  });
  return element;
}

/**
 * At an end of the list the button stays, lest it take the focus with it.
 * @param {HTMLButtonElement} element
 * @param {string} words
 * @param {boolean} off
 */
function say(element, words, off) {
  element.title = words;
  element.setAttribute("aria-label", words);
  element.setAttribute("aria-disabled", String(off));
}
