/** One row of the queue: what the file looks like, how far it is, and what can be done with it. */
import { make } from "../dom.js";
import { isBusy } from "../items.js";
import { word } from "../language.js";
import { icon } from "../svg.js";
import { shareDone, stateWords } from "./state.js";
import { thumbOf } from "./thumbs.js";

/**
 * @typedef {import("../types.js").Item} Item
 * @typedef {{select: (id: string) => void, cancel: (id: string) => void,
 *   retry: (id: string) => void, remove: (id: string) => void}} Actions
 * @typedef {{element: HTMLLIElement, open: HTMLButtonElement, draw: (item: Item) => void,
 *   mark: (on: boolean) => void}} Row
 */

/** Letters at a name's end that stay when it is cut: photos differ there. */
const TAIL = 9;

/**
 * @param {Item} item
 * @param {Actions} actions
 * @returns {Row}
 */
export function createRow({ id, file }, actions) {
  const state = make("span", { className: "job-state" });
  const open = make("button", { type: "button", className: "job-open", title: file.name }, [
    thumbOf(file),
    make("span", { className: "job-words" }, [nameOf(file), state]),
  ]);
  const bar = make("progress", { className: "job-bar", max: 1 });
  const act = button("job-act");
  const remove = button("job-remove");
  const shapes = { cancel: icon("stop"), retry: icon("turn") };
  remove.append(icon("close"));
  const element = make("li", { className: "job" }, [open, act, remove, bar]);
  element.dataset.item = id;
  open.addEventListener("click", () => actions.select(id));
  act.addEventListener("click", () => {
    if (element.dataset.act === "cancel") actions.cancel(id);
    else actions.retry(id);
  });
  remove.addEventListener("click", () => actions.remove(id));

  return {
    element,
    open,
    mark(on) {
      // One row is in the way of the Tab key: the one that is looked at.
      for (const each of [open, act, remove]) each.tabIndex = on ? 0 : -1;
      if (on) open.setAttribute("aria-current", "true");
      else open.removeAttribute("aria-current");
    },
    draw(item) {
      const { name } = file;
      const busy = isBusy(item);
      element.dataset.status = item.status;
      element.dataset.act = busy ? "cancel" : "retry";
      act.replaceChildren(shapes[busy ? "cancel" : "retry"]);
      state.textContent = stateWords(item);
      state.title = item.error ? state.textContent : "";
      say(act, word(busy ? "cancelFile" : "retryFile", { name }));
      act.hidden = item.status === "done";
      say(remove, word("removeFile", { name }));
      remove.hidden = busy;
      drawBar(bar, shareDone(item), word("progressOf", { name }));
    },
  };
}

/**
 * @param {HTMLProgressElement} bar
 * @param {number | null | undefined} share
 * @param {string} name
 */
function drawBar(bar, share, name) {
  bar.hidden = share === undefined;
  bar.setAttribute("aria-label", name);
  if (typeof share === "number") bar.value = share;
  else bar.removeAttribute("value");
}

/** @param {string} className */
function button(className) {
  return make("button", { type: "button", className });
}

/**
 * @param {HTMLButtonElement} element
 * @param {string} words
 */
function say(element, words) {
  element.title = words;
  element.setAttribute("aria-label", words);
}

/** @param {File} file */
function nameOf({ name }) {
  const cut = name.length > 2 * TAIL ? name.length - TAIL : name.length;
  return make("span", { className: "job-name" }, [
    make("span", { className: "job-stem" }, [name.slice(0, cut)]),
    make("span", { className: "job-tail" }, [name.slice(cut)]),
  ]);
}
