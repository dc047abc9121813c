/** Pictures to try for whoever has none at hand; each is fetched when it is asked for. */
import { byId, make } from "./dom.js";
import { inEveryLanguage, word } from "./language.js";

const FOLDER = "samples";

/** In the order of their small pictures in samples.webp. */
const SAMPLES = [
  { file: "invoice.webp", type: "image/webp", key: "sample_invoice" },
  { file: "sign.webp", type: "image/webp", key: "sample_sign" },
  { file: "menu.webp", type: "image/webp", key: "sample_menu" },
  { file: "handwriting.webp", type: "image/webp", key: "sample_handwriting" },
  { file: "english.webp", type: "image/webp", key: "sample_english" },
  { file: "contract.pdf", type: "application/pdf", key: "sample_pdf" },
];

/**
 * @param {(files: File[]) => void} take
 * @param {() => void} missing Told where a sample cannot be fetched.
 */
export function startSamples(take, missing) {
  const title = make("h2", { className: "samples-title" });
  const buttons = SAMPLES.map((sample, place) => {
    const label = make("span");
    const picture = make("span", { className: "sample-picture", ariaHidden: "true" });
    picture.dataset.place = String(place);
    const button = make("button", { type: "button", className: "sample" }, [picture, label]);
    button.addEventListener("click", () => fetchSample(sample).then(take, missing));
    inEveryLanguage(() => (label.textContent = word(sample.key)));
    return button;
  });
  inEveryLanguage(() => (title.textContent = word("samplesTitle")));
  byId("samples").append(title, make("div", { className: "samples-row" }, buttons));
}

/**
 * API Gateway gives bytes as bytes to those alone who name their type.
 * @param {{file: string, type: string}} sample
 */
async function fetchSample({ file, type }) {
  const response = await fetch(`${FOLDER}/${file}`, { headers: { accept: type } });
  if (!response.ok) throw new Error(`HTTP ${response.status}`);
  return [new File([await response.blob()], file, { type })];
}
