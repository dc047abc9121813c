/** The item looked at: its picture in #viewer, its lines in #reading. */
import { byId, make } from "../dom.js";
import { inEveryLanguage, word } from "../language.js";
import { copyText, sayCancelled, sayDone, sayFailed, sayReading } from "../result.js";
import { showBoxes, showPicture, startLink } from "../stage.js";

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
export function startViewer({ item }) {
  mount();
  startLink();
  byId("copy-all").addEventListener("click", () => {
    const lines = item.get()?.answer?.text ?? [];
    copyText(lines.map(({ text }) => text).join("\n"), byId("copy-all"));
  });
  inEveryLanguage(() => draw(item.get()));
  item.on(draw);
}

function mount() {
  byId("viewer").classList.add("stage");
  byId("viewer").append(
    make("div", { className: "frame", id: "frame" }),
    make("div", { className: "scan", ariaHidden: "true" }),
  );
  const copy = make("button", { type: "button", className: "primary", id: "copy-all" });
  copy.dataset.t = "copyAll";
  const alert = make("div", { className: "alert", id: "alert", role: "alert", hidden: true }, [
    make("p", { id: "alert-text" }),
    make("p", { className: "alert-code", id: "alert-code" }),
  ]);
  byId("reading").append(
    make("div", { className: "reading-head" }, [
      make("div", {}, [
        make("h2", { id: "count" }),
        make("p", { className: "reading-facts", id: "facts" }),
      ]),
      copy,
    ]),
    alert,
    make("ul", { className: "warnings", id: "warnings", hidden: true }),
    make("ol", { className: "lines", id: "lines" }),
    make("dl", { className: "timings", id: "timings", hidden: true }),
  );
}

/** @param {Item | null} item */
function draw(item) {
  if (!item) return;
  showPicture(item.image);
  if (item.status === "failed") return sayFailed(item.error, item.file.name);
  if (item.status === "cancelled") return sayCancelled(item.file.name);
  if (!item.answer) return sayReading(item.file.name);
  const { width, height } = item.answer.pages?.[0] ?? { width: 0, height: 0 };
  sayDone(item.answer, item.scale < 1 ? [word("shrunk", { width, height })] : []);
  showBoxes(item.answer, item.image);
}
