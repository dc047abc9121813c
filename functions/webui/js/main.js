/** The page put together: files come in, wait their turn, are read, and are looked at. */
import { apiUrl, fetchOffer } from "./api.js";
import { byId } from "./dom.js";
import { startHistory } from "./history/start.js";
import { startIntake } from "./intake/start.js";
import { createItems, isBusy } from "./items.js";
import { withdraw } from "./jobs.js";
import { startKeys } from "./keys.js";
import { inEveryLanguage, startLanguage, word } from "./language.js";
import { askForKey, currentKey, startKey } from "./options/key.js";
import { chosenOptions, drawOptions } from "./options/panel.js";
import { createPictures } from "./pictures.js";
import { startQueue } from "./queue/start.js";
import { createReader } from "./reader.js";
import { startSamples } from "./samples.js";
import { createWay } from "./send.js";
import { createStore } from "./store.js";
import { startTheme } from "./theme.js";
import { startViewer } from "./viewer/start.js";

/** @typedef {import("./types.js").Item} Item */
/** @typedef {import("./api.js").Offer} Offer */

/** More files are left for later: each is a row, and a call of the service. */
const MOST_FILES = 1000;

/** What the service offers; null where it did not say. */
const offering = fetchOffer().catch(() => null);
const offer = createStore(/** @type {Offer | null} */ (null));

const items = createItems();
const pictures = createPictures(items);
const reader = createReader(items, createWay(() => offering, ask, pictures.open));

/** @param {Offer | null} told */
function ask(told) {
  return { fields: chosenOptions(told?.options ?? []), key: currentKey() };
}

/**
 * @param {File[]} files
 * @param {number} [leftOut] How many were no pictures or documents.
 */
function take(files, leftOut = 0) {
  const room = Math.max(0, MOST_FILES - items.items.get().length);
  items.add(files.slice(0, room));
  const rest = leftOut + Math.max(0, files.length - room);
  notice(rest > 0 ? "leftOut" : null, rest);
  reader.fill();
}

/** Says what the page has to say beside the files' own states; again in the other language. */
let noticed = () => "";

/**
 * @param {string | null} key
 * @param {number} [n]
 */
function notice(key, n = 0) {
  noticed = () => (key ? word(key, { n }) : "");
  byId("notice").textContent = noticed();
  if (key) byId("status").textContent = noticed();
}

/** @param {Item} item */
function read(item) {
  forget(item);
  reader.read(item);
}

/** @param {Item} item The service keeps nothing of what the page has let go. */
function forget({ jobId }) {
  if (jobId) withdraw(jobId, currentKey());
}

/** The item that was asked for last, in case its picture takes longer than the next one's. */
let wanted = "";

/** @param {string} id */
async function select(id) {
  wanted = id;
  const item = items.get(id);
  if (item) await pictures.open(item);
  if (wanted === id) items.select(id);
}

/** @param {string} id */
function remove(id) {
  const item = items.get(id);
  if (!item) return;
  reader.stop(id);
  items.remove(id);
  pictures.close(item);
  forget(item);
  const next = items.current.get();
  if (next) pictures.open(next);
}

const actions = {
  select,
  remove,
  cancel: reader.cancel,
  retry: (/** @type {string} */ id) => {
    const item = items.get(id);
    if (item) read(item);
  },
  retryAll: () => {
    const again = items.items.get().filter(({ status }) => ["failed", "cancelled"].includes(status));
    again.forEach(read);
  },
  clear: () => [...items.items.get()].reverse().forEach(({ id }) => remove(id)),
};

/** @param {Item | null} item */
function stateOf(item) {
  if (!item) return "empty";
  return isBusy(item) ? "busy" : item.status;
}

function showState() {
  const state = stateOf(items.current.get());
  document.body.dataset.state = state;
  byId("choose").textContent = word(state === "empty" ? "choose" : "another");
  byId("result").hidden = state === "empty";
  byId("result").setAttribute("aria-busy", String(state === "busy"));
}

/** Whoever lacks a key is led to where it goes, once a failure. */
function watchForKey() {
  /** @type {unknown} */
  let asked = null;
  items.current.on((item) => {
    if (!item?.error || item.error === asked) return;
    asked = item.error;
    if (item.error.code === "unauthorized") askForKey();
  });
}

async function startOptions() {
  const told = await offering;
  offer.set(told);
  byId("options-note").hidden = told !== null;
  if (!told) return;
  inEveryLanguage(() => {
    drawOptions(told.options);
    byId("limits").textContent = limitsOf(told);
  });
}

/** @param {Offer} told */
function limitsOf({ inputs, limits, jobs }) {
  if (!inputs?.length || !limits) return "";
  const most = (jobs && limits.job_bytes) || limits.bytes;
  const size = `${Math.floor(most / 100_000) / 10} MB`;
  const kinds = inputs.map((input) => input.replace(/^.*\//, "").toUpperCase());
  return word("limits", { inputs: kinds.join(" "), size });
}

function start() {
  startViewer({ item: items.current, offer, change: items.change, read });
  startQueue(items, actions);
  startSamples(take, () => notice("sampleMissing"));
  startHistory(items, (item) => {
    items.put(item);
    pictures.open(item);
  });
  startLanguage();
  startTheme();
  startKeys();
  startKey();
  startIntake(take, () => notice("nothingPasted"));
  byId("docs").setAttribute("href", apiUrl("api/docs"));
  byId("options").addEventListener("submit", (event) => {
    event.preventDefault();
    const item = items.current.get();
    if (item) read(item);
  });
  items.current.on(showState);
  inEveryLanguage(() => {
    showState();
    byId("notice").textContent = noticed();
  });
  watchForKey();
  startOptions();
}

start();
