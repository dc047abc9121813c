/** How sure a line must be: those under it are greyed or left out, and counted. */
import { make } from "../dom.js";
import { word } from "../language.js";

/** @typedef {import("../viewer/desk.js").Desk} Desk */

/**
 * @param {Desk} desk
 * @returns {{element: HTMLElement, redraw: () => void}}
 */
export function createThreshold(desk) {
  const slider = make("input", { type: "range", id: "threshold", min: "0", max: "100", value: "0" });
  const name = make("label", { htmlFor: "threshold" });
  const count = make("span", { id: "threshold-count", className: "threshold-count" });
  const leave = make("input", { type: "checkbox", id: "leave-out" });
  const leaveName = make("span");
  const leaveLabel = make("label", { className: "leave-out" }, [leave, leaveName]);
  const element = make("div", { className: "threshold" }, [name, slider, count, leaveLabel]);

  const redraw = () => {
    const { level, leaveOut } = desk.threshold.get();
    const lines = desk.item.get()?.answer?.text ?? [];
    const n = lines.filter(({ confidence }) => confidence < level).length;
    const percent = `${Math.round(level * 100)}%`;
    name.textContent = word("threshold");
    leaveName.textContent = word("leaveOut");
    leaveLabel.title = word("leaveOutHelp");
    const said = leaveOut ? "underLeft" : "under";
    count.textContent = word(level === 0 ? "underNone" : said, { n, total: lines.length, percent });
    slider.value = String(Math.round(level * 100));
    slider.style.setProperty("--part", percent);
    slider.setAttribute("aria-valuetext", count.textContent);
    leave.checked = leaveOut;
    leave.disabled = level === 0;
  };
  slider.addEventListener("input", () => {
    desk.threshold.set({ ...desk.threshold.get(), level: Number(slider.value) / 100 });
  });
  leave.addEventListener("change", () => {
    desk.threshold.set({ ...desk.threshold.get(), leaveOut: leave.checked });
  });
  let answer = desk.item.get()?.answer;
  desk.item.on((item) => {
    if (item?.answer !== answer) redraw();
    answer = item?.answer;
  });
  desk.threshold.on(redraw);
  return { element, redraw };
}
