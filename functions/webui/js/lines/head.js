/** What is said about the file: being read and how far, failed and why, read and how fast. */
import { errorWords } from "../advice.js";
import { ApiError } from "../api.js";
import { byId, make } from "../dom.js";
import { word } from "../language.js";
import { shareDone, stateWords } from "../queue/state.js";
import { icon } from "../svg.js";

/** @typedef {import("../types.js").Item} Item */
/** @typedef {import("../viewer/desk.js").Desk} Desk */

/**
 * @param {Desk} desk
 * @param {HTMLElement[]} acts What can be done with the text.
 * @returns {{head: HTMLElement, notes: HTMLElement, timings: HTMLElement, redraw: () => void}}
 */
export function createHead(desk, acts) {
  const count = make("h2", { id: "count" });
  const facts = make("p", { id: "facts", className: "reading-facts" });
  const tools = make("div", { className: "reading-acts" }, acts);
  const head = make("div", { className: "reading-head" }, [make("div", {}, [count, facts]), tools]);
  const bar = make("progress", { id: "reading-progress", hidden: true });
  const alert = createAlert(desk);
  const warnings = make("ul", { id: "warnings", className: "warnings", hidden: true });
  const timings = make("dl", { id: "timings", className: "timings", hidden: true });
  let said = "";

  /** @param {string} text Said aloud once, not at every progress. */
  const announce = (text) => {
    if (text !== said) byId("status").textContent = text;
    said = text;
  };
  const redraw = () => {
    const item = desk.item.get();
    if (!item) return;
    count.textContent = titleOf(item);
    facts.textContent = factsOf(item);
    announce(spoken(item));
    tools.hidden = !item.answer?.text.length;
    alert.show(item.status === "failed" ? (item.error ?? new ApiError("page_error")) : null);
    showProgress(bar, item);
    showNotes(warnings, item.answer ? notesOf(item) : []);
    showTimings(timings, item.answer?.timings);
  };
  desk.item.on(redraw);
  return {
    head,
    notes: make("div", {}, [bar, alert.element, warnings]),
    timings,
    redraw() {
      alert.name();
      redraw();
    },
  };
}

/** @param {Desk} desk */
function createAlert(desk) {
  const text = make("p", { id: "alert-text" });
  const next = make("p", { id: "alert-next", className: "alert-next" });
  const code = make("p", { id: "alert-code", className: "alert-code" });
  const again = make("button", { type: "button", className: "quiet small", id: "try-again" });
  const element = make("div", { id: "alert", className: "alert", hidden: true }, [text, next, again, code]);
  element.setAttribute("role", "alert");
  again.addEventListener("click", () => {
    const item = desk.item.get();
    if (item) desk.read(item);
  });
  return {
    element,
    name() {
      again.replaceChildren(icon("turn"), word("tryAgain"));
    },
    /** @param {ApiError | null} error */
    show(error) {
      element.hidden = error === null;
      const words = error ? errorWords(error) : { said: "", next: "", code: "" };
      text.textContent = words.said;
      next.textContent = words.next;
      code.textContent = words.code;
    },
  };
}

/** @param {Item} item */
function titleOf({ status, answer, file }) {
  if (status === "failed") return word("failed", { name: file.name });
  if (status === "cancelled") return word("cancelled");
  if (status === "waiting") return word("state_waiting");
  return answer ? countOf(answer.text.length) : word("reading");
}

/** @param {number} n */
function countOf(n) {
  if (n === 0) return word("nothing");
  return n === 1 ? word("countOne") : word("count", { n });
}

/** @param {Item} item */
function factsOf(item) {
  const { status, answer, file, held, progress, sent } = item;
  if (status === "failed") return "";
  const known = held || progress !== null || sent !== null;
  if (!answer) return known ? `${file.name} · ${stateWords(item)}` : file.name;
  const profile = answer.profile ? word(`value_${answer.profile}`, {}, answer.profile) : "";
  return word("facts", { time: answer.total_time.toFixed(2), profile });
}

/** @param {Item} item */
function spoken({ status, answer, file }) {
  if (status === "failed") return "";
  if (status === "cancelled") return word("cancelled");
  if (!answer) return word("readingFile", { name: file.name });
  const time = answer.total_time.toFixed(2);
  return word("done", { count: countOf(answer.text.length), time });
}

/**
 * @param {HTMLProgressElement} bar
 * @param {Item} item
 */
function showProgress(bar, item) {
  const share = shareDone(item);
  bar.hidden = typeof share !== "number";
  bar.value = share ?? 0;
  bar.setAttribute("aria-label", word("progressOf", { name: item.file.name }));
}

/**
 * @param {Item} item
 * @returns {string[]}
 */
function notesOf({ answer, scale }) {
  const { width, height } = answer?.pages?.[0] ?? { width: 0, height: 0 };
  return [
    ...(answer?.text.length ? [] : [word("nothingHelp")]),
    ...(scale < 1 ? [word("shrunk", { width, height })] : []),
    ...(answer?.warnings ?? []).map(warningOf),
  ];
}

/**
 * A warning may name a page: "page_failed:3".
 * @param {string} warning
 */
function warningOf(warning) {
  const [code, page = ""] = warning.split(":");
  return word(code, { page });
}

/**
 * @param {HTMLElement} list
 * @param {string[]} notes
 */
function showNotes(list, notes) {
  list.replaceChildren(...notes.map((note) => make("li", {}, [note])));
  list.hidden = notes.length === 0;
}

/**
 * @param {HTMLElement} list
 * @param {Record<string, number> | undefined} timings
 */
function showTimings(list, timings) {
  const stages = Object.entries(timings ?? {});
  const longest = Math.max(0, ...stages.map(([, seconds]) => seconds));
  const rows = stages.map(([stage, seconds]) => {
    const bar = make("span", { className: "timing-bar", ariaHidden: "true" });
    bar.style.setProperty("--part", String(longest ? seconds / longest : 0));
    return make("div", {}, [
      make("dt", {}, [word(`stage_${stage}`, {}, stage)]),
      make("dd", {}, [bar, `${seconds.toFixed(3)} s`]),
    ]);
  });
  list.replaceChildren(...rows);
  list.hidden = rows.length === 0;
}
