/** The history as it is shown: a switch, the entries by day, and a button that clears them. */
import { byId, make } from "../dom.js";
import { currentLanguage, word } from "../language.js";
import { icon } from "../svg.js";

/**
 * @typedef {import("./shelf.js").Entry} Entry
 * @typedef {{wanted: (on: boolean) => void, open: (entry: Entry) => void,
 *   drop: (entry: Entry) => void, clear: () => void}} Actions
 */

/**
 * @param {boolean} on Whether a history is wanted.
 * @param {Actions} actions
 */
export function createPanel(on, actions) {
  const wanted = make("input", { type: "checkbox", id: "history-on", checked: on });
  const label = make("span");
  const help = make("p", { className: "help", id: "history-help" });
  const list = make("ul", { className: "history-list" });
  const clear = make("button", { type: "button", className: "link", id: "history-clear" });
  let sure = false;
  wanted.setAttribute("aria-describedby", help.id);
  wanted.addEventListener("change", () => actions.wanted(wanted.checked));
  clear.addEventListener("click", () => {
    if (sure) actions.clear();
    ask(!sure);
  });
  clear.addEventListener("blur", () => ask(false));
  const flag = make("label", { className: "flag" }, [wanted, label]);
  byId("history").append(make("div", { className: "history-head" }, [flag, clear]), help, list);

  /** @param {boolean} again Clearing is asked twice, in the same place. */
  function ask(again) {
    sure = again;
    clear.textContent = word(again ? "historySure" : "historyClear");
  }

  return {
    wanted: () => wanted.checked,
    /**
     * @param {Entry[]} entries
     * @param {boolean} full Whether the browser has no room for more.
     */
    draw(entries, full) {
      label.textContent = word("historyKeep");
      help.textContent = word(full ? "historyFull" : "historyHelp");
      ask(false);
      clear.hidden = entries.length === 0;
      list.replaceChildren(...entries.map((entry) => rowOf(entry, actions)));
    },
  };
}

/**
 * @param {Entry} entry
 * @param {Actions} actions
 */
function rowOf(entry, actions) {
  const { name, at, answer } = entry;
  const open = make("button", { type: "button", className: "history-open" }, [
    make("span", { className: "history-name" }, [name]),
    make("span", { className: "history-facts" }, [
      word("historyFacts", { when: moment(at), n: answer.text.length }),
    ]),
    make("span", { className: "history-text", dir: "auto" }, [firstWords(entry)]),
  ]);
  const drop = make("button", { type: "button", className: "job-remove" }, [icon("close")]);
  drop.title = word("historyDrop", { name });
  drop.setAttribute("aria-label", drop.title);
  open.addEventListener("click", () => actions.open(entry));
  drop.addEventListener("click", () => actions.drop(entry));
  return make("li", {}, [open, drop]);
}

/** @param {number} at */
function moment(at) {
  const how = /** @type {const} */ ({ dateStyle: "medium", timeStyle: "short" });
  return new Intl.DateTimeFormat(currentLanguage() === "zh" ? "zh-CN" : "en", how).format(at);
}

/** @param {Entry} entry */
function firstWords({ answer, edits }) {
  const edited = new Map(edits);
  const lines = answer.text.slice(0, 6).map(({ text }, index) => edited.get(index) ?? text);
  return lines.join(" · ").slice(0, 160);
}
