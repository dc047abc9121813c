/** One control for an option, whatever its type. */
import { AREA_TYPES } from "../areas.js";
import { make } from "../dom.js";
import { currentLanguage, word } from "../language.js";
import { isList, isMistaken, plain } from "./values.js";

/** @typedef {import("../api.js").Option} Option */

/** More values than these are a list to open. */
const MOST_SEGMENTS = 4;

const EXAMPLES = /** @type {Record<string, string>} */ ({
  area: "x,y,w,h",
  areas: "x,y,w,h; x,y,w,h",
  pages: "1-3,7",
});

/**
 * @param {Option} option
 * @param {string} value
 * @returns {HTMLElement}
 */
export function control(option, value) {
  if (option.enum && option.enum.length > MOST_SEGMENTS) return list(option, option.enum, value);
  if (option.enum) return segments(option, option.enum, value);
  if (option.type === "boolean") return flag(option, value);
  return isList(option) ? lines(option, value) : field(option, value);
}

/**
 * @param {Option} option
 * @param {string[]} values
 * @param {string} chosen
 */
function segments(option, values, chosen) {
  const buttons = values.map((value) =>
    make("label", {}, [
      make("input", { type: "radio", name: option.name, value, checked: value === chosen }),
      make("span", {}, [word(`value_${value}`, {}, value)]),
    ]),
  );
  const group = make("fieldset", { className: "field" }, [
    make("legend", {}, [title(option)]),
    make("div", { className: "segments" }, buttons),
    help(option),
  ]);
  group.title = helpText(option);
  group.setAttribute("aria-describedby", `help-${option.name}`);
  return group;
}

/**
 * @param {Option} option
 * @param {string[]} values
 * @param {string} chosen
 */
function list(option, values, chosen) {
  const choices = values.map((value) =>
    make("option", { value, selected: value === chosen }, [word(`value_${value}`, {}, value)]),
  );
  return labelled(option, make("select", {}, choices));
}

/**
 * @param {Option} option
 * @param {string} value
 */
function flag(option, value) {
  const input = make("input", { type: "checkbox", name: option.name, checked: value === "true" });
  input.setAttribute("role", "switch");
  input.setAttribute("aria-describedby", `help-${option.name}`);
  return make("div", { className: "field" }, [
    make("label", { className: "flag" }, [input, make("span", {}, [title(option)])]),
    help(option),
  ]);
}

/**
 * @param {Option} option
 * @param {string} value
 */
function lines(option, value) {
  const area = make("textarea", { value, rows: 3, spellcheck: false });
  return labelled(option, area, word("onePerLine"));
}

/**
 * @param {Option} option
 * @param {string} value
 */
function field(option, value) {
  const input = make("input", { value, spellcheck: false });
  input.autocomplete = option.type === "password" ? "new-password" : "off";
  input.placeholder = EXAMPLES[option.type] ?? "";
  if (option.type === "password") input.type = "password";
  if (["integer", "number"].includes(option.type)) {
    input.type = "number";
    input.min = plain(option.min);
    input.max = plain(option.max);
    input.step = option.type === "integer" ? "1" : "any";
  }
  return labelled(option, input, AREA_TYPES.includes(option.type) ? word("areaNote") : "");
}

/**
 * @param {Option} option
 * @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} input
 * @param {string} [note] Said after the service's own help.
 */
function labelled(option, input, note = "") {
  const complaint = make("p", { className: "complaint", id: `wrong-${option.name}`, hidden: true });
  input.id = `option-${option.name}`;
  input.name = option.name;
  input.setAttribute("aria-describedby", `wrong-${option.name} help-${option.name}`);
  input.addEventListener("change", () => complain(option, input, complaint));
  input.addEventListener("input", () => {
    if (!complaint.hidden) complain(option, input, complaint);
  });
  const label = make("label", { htmlFor: input.id }, [title(option)]);
  return make("div", { className: "field" }, [label, input, complaint, help(option, note)]);
}

/**
 * @param {Option} option
 * @param {HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement} input
 * @param {HTMLElement} complaint
 */
function complain(option, input, complaint) {
  const wrong = isMistaken(option, input.value);
  input.setAttribute("aria-invalid", String(wrong));
  complaint.hidden = !wrong;
  complaint.textContent = wrong ? mistake(option) : "";
}

/** @param {Option} option */
function mistake({ type, min, max }) {
  if (type !== "integer" && type !== "number") return word(`wrong_${type}`, {}, word("wrong"));
  return min === null || max === null ? word("wrong_number") : word("wrong_range", { min, max });
}

/** @param {Option} option */
function title(option) {
  return option.title?.[currentLanguage()] ?? option.name;
}

/**
 * The service's help calls values by their names; the controls beside it say them in words.
 * @param {Option} option
 */
function helpText(option) {
  const text = option.help?.[currentLanguage()] ?? "";
  return text.replace(/\w+(?= or \w+:|[:：])/g, (name) =>
    option.enum?.includes(name) ? word(`value_${name}`, {}, name) : name,
  );
}

/**
 * @param {Option} option
 * @param {string} [note]
 */
function help(option, note = "") {
  const said = [helpText(option), note].filter(Boolean).join(" ");
  return make("p", { className: "help", id: `help-${option.name}` }, [said]);
}
