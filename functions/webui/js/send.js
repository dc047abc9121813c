/** One item's way to the service and back: as a picture, or as a job. */
import { ApiError, readPicture } from "./api.js";
import { areaFields, scaleAreas } from "./areas.js";
import { countPages } from "./documents.js";
import { createGate } from "./gate.js";
import { readAsJob } from "./jobs.js";
import { kindOf } from "./kinds.js";
import { patiently } from "./patience.js";
import { pack } from "./picture.js";
import { WORDS } from "./words.js";

/**
 * @typedef {import("./types.js").Item} Item
 * @typedef {import("./api.js").Offer} Offer
 * @typedef {import("./reader.js").Tell} Tell
 * @typedef {{fields: Record<string, string>, key: string}} Asked
 * @typedef {{item: Item, kind: string, offer: Offer | null, asked: Asked, signal: AbortSignal,
 *   tell: Tell}} Trip
 */

/** A picture that would lose more than this share of its sides is better sent whole, as a job. */
const WORTH_A_JOB = 0.7;

const DOCUMENTS = ["application/pdf", "image/tiff"];

/** A PDF's job makes a searchable one by itself, where the PDF allows; others must ask. */
const AS_PDF = { format: "json,text,pdf" };

/**
 * Jobs at once. Each that is watched holds one of the six connections that a browser has for a
 * host over HTTP/1.1, and pictures need some too.
 */
const jobs = createGate(3);

/** A document that a request was refused for can still be a job. */
const TOO_MUCH = ["too_many_pages", "file_too_large", "time_limit"];

/**
 * @param {() => Promise<Offer | null>} offering
 * @param {(offer: Offer | null) => Asked} ask What the page asks for now.
 * @param {(item: Item) => Promise<HTMLImageElement | null>} open
 * @returns {import("./reader.js").Way}
 */
export function createWay(offering, ask, open) {
  return async (waiting, signal, tell) => {
    const item = { ...waiting, image: await open(waiting) };
    const offer = await offering();
    const asked = ask(offer);
    asked.fields = { ...asked.fields, ...areaFields(item.areas) };
    return send({ item, kind: await kindOf(item.file), offer, asked, signal, tell });
  };
}

/** @param {Trip} trip */
async function send(trip) {
  const { kind, item: { file, image } } = trip;
  if (file.size === 0) throw new ApiError("empty_file");
  if (kind === "image/heic" && !image) throw heic();
  const limits = trip.offer?.limits ?? null;
  const readable = trip.offer?.inputs?.includes(kind) ?? true;
  const paged = !image || DOCUMENTS.includes(kind);
  if (paged && (await isLong(file, kind, trip.offer))) return sendAsJob(trip);
  const parcel = await pack(file, image, limits, readable);
  const loses = parcel.scale < WORTH_A_JOB && readable && withinPixels(image, limits);
  if (trip.offer?.jobs && loses) return sendAsJob(trip);
  if (limits && parcel.blob.size > limits.bytes) throw tooLarge(file, limits.bytes);
  return sendPicture(trip, parcel);
}

/**
 * @param {Trip} trip
 * @param {import("./picture.js").Parcel} parcel
 * @returns {Promise<Partial<Item>>}
 */
async function sendPicture(trip, { blob, name, scale }) {
  const { asked, offer, signal, tell } = trip;
  const options = scaleAreas(asked.fields, offer?.options ?? [], scale);
  tell({ scale });
  const sent = (/** @type {number} */ part) => tell(leaving(part));
  try {
    const answer = await patiently(
      () => readPicture(blob, name, options, asked.key, signal, sent),
      signal,
      (held) => tell({ held }),
    );
    return { answer, options };
  } catch (error) {
    const tooMuch = error instanceof ApiError && TOO_MUCH.includes(error.code);
    if (offer?.jobs && tooMuch && scale === 1) return sendAsJob(trip);
    throw error;
  }
}

/**
 * @param {Trip} trip
 * @returns {Promise<Partial<Item>>}
 */
async function sendAsJob({ item, kind, offer, asked, signal, tell }) {
  const most = offer?.limits?.job_bytes;
  if (most && item.file.size > most) throw tooLarge(item.file, most);
  const report = {
    sent: (/** @type {number} */ part) => tell(leaving(part)),
    progress: (/** @type {import("./types.js").Progress} */ progress) =>
      tell({ status: "reading", sent: null, progress }),
  };
  const options = { ...asked.fields, ...(kind === "application/pdf" ? {} : AS_PDF) };
  report.progress({ done: 0, total: null });
  const got = await jobs.through(signal, () =>
    patiently(
      () => readAsJob(item.file, options, asked.key, signal, report),
      signal,
      (held) => tell({ held }),
    ),
  );
  return { ...got, options: asked.fields };
}

/**
 * Whether a document takes longer than a request may last.
 * @param {File} file
 * @param {string} kind
 * @param {Offer | null} offer
 */
async function isLong(file, kind, offer) {
  if (!offer?.jobs) return false;
  if (file.size > offer.limits.bytes) return true;
  const most = offer.limits.sync_pages ?? 1;
  const pages = await countPages(file, kind, most + 1);
  return pages === null || pages > most;
}

/**
 * @param {HTMLImageElement | null} image
 * @param {import("./api.js").Limits | null} limits
 */
function withinPixels(image, limits) {
  return !image || !limits || image.naturalWidth * image.naturalHeight <= limits.pixels;
}

/**
 * @param {number} part
 * @returns {Partial<Item>}
 */
function leaving(part) {
  return part < 1 ? { status: "sending", sent: part } : { status: "reading", sent: null };
}

/**
 * @param {File} file
 * @param {number} most
 */
function tooLarge(file, most) {
  const values = { size: megabytes(file.size), most: megabytes(most) };
  return new ApiError("file_too_large", { values });
}

/** @param {number} bytes */
function megabytes(bytes) {
  return Math.ceil(bytes / 100_000) / 10;
}

function heic() {
  return new ApiError("unsupported_image", { words: { en: WORDS.en.heic, zh: WORDS.zh.heic } });
}
