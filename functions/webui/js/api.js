/** The service: where it is, what it offers, and a picture's way there and back. */
import { api } from "../config.js";
import { post } from "./post.js";

/**
 * @typedef {{zh: string, en: string}} Words
 * @typedef {{name: string, type: string, enum: string[] | null, default: unknown,
 *   min: number | null, max: number | null, title: Words, help: Words}} Option
 * @typedef {{bytes: number, pixels: number, sync_pages?: number, job_bytes?: number}} Limits
 * @typedef {{options: Option[], limits: Limits, inputs: string[], formats?: string[],
 *   jobs?: boolean}} Offer
 * @typedef {[number, number]} Point
 * @typedef {{text: string, confidence: number, box?: Point[], page?: number, model?: string}} Line
 * @typedef {{text: string, confidence: number, box: Point[]}} Piece
 * @typedef {Piece & {words?: Piece[]}} BlockLine
 * @typedef {{row: number, col: number, row_span: number, col_span: number, text: string,
 *   box: Point[]}} Cell
 * @typedef {{type: string, box: Point[], lines: BlockLine[], cells?: Cell[]}} Block
 * @typedef {{page: number, width: number, height: number, angle: number, blocks?: Block[]}} Page
 * @typedef {{success: true, text: Line[], total_time: number, pages: Page[], profile: string,
 *   warnings: string[], timings?: Record<string, number>}} Answer
 * @typedef {import("./post.js").Sent} Sent
 */

/** A failure in the service's own words, or with a code that words.js knows. */
export class ApiError extends Error {
  /**
   * @param {string} code
   * @param {{words?: Words, status?: number, requestId?: string, retryAfter?: number,
   *   field?: string, values?: Record<string, string | number>}} [more] `field` is the option that is
   *   to blame; `values` fill in the page's own words.
   */
  constructor(code, { words, status, requestId, retryAfter, field, values } = {}) {
    super(words?.en ?? code);
    this.code = code;
    this.words = words ?? null;
    this.status = status ?? 0;
    this.requestId = requestId ?? "";
    this.retryAfter = retryAfter ?? 0;
    this.field = field ?? "";
    /** @type {Record<string, string | number>} */
    this.values = { status: this.status, ...values };
  }
}

/**
 * The address of an API path such as "api/ocr", whatever folder or host serves this page.
 * @param {string} path
 */
export function apiUrl(path) {
  const base = api === "" || api.endsWith("/") ? api : `${api}/`;
  return new URL(path, new URL(base, document.baseURI)).href;
}

/** @returns {Promise<Offer>} */
export async function fetchOffer() {
  const offer = await askJson(apiUrl("api/options"));
  if (!Array.isArray(offer.options)) throw new ApiError("bad_answer", { status: 200 });
  return offer;
}

/**
 * @param {Blob} blob
 * @param {string} name
 * @param {Record<string, string>} options
 * @param {string} key An API key, or "".
 * @param {AbortSignal} signal
 * @param {Sent} [sent] Told how much of the picture has left, from 0 to 1.
 * @returns {Promise<Answer>}
 */
export async function readPicture(blob, name, options, key, signal, sent = () => {}) {
  const body = new FormData();
  for (const [field, value] of Object.entries(options)) body.append(field, value);
  body.append("image", blob, name);
  const answered = await post(apiUrl("api/ocr"), body, keyHeader(key), signal, sent);
  if (!answered) throw new ApiError("network");
  return checkAnswer(jsonOf(answered.text), answered);
}

/**
 * An answer of the reading kind, wherever it came from.
 * @param {any} answer
 * @param {{status: number, header: (name: string) => string | null}} from
 * @returns {Answer}
 */
export function checkAnswer(answer, from) {
  if (from.status >= 300 || answer === null) throw errorOf(answer, from);
  if (!Array.isArray(answer.text)) throw new ApiError("bad_answer", { status: from.status });
  return answer;
}

/**
 * Ask for JSON.
 * @param {string} url
 * @param {RequestInit} [request]
 */
export async function askJson(url, request) {
  const response = await ask(url, request);
  const answer = jsonOf(await response.text().catch(() => ""));
  if (answer === null) throw new ApiError("bad_answer", { status: response.status });
  return answer;
}

/**
 * @param {string} url
 * @param {RequestInit} [request]
 * @returns {Promise<Response>} One that says yes; a refusal is thrown.
 */
export async function ask(url, request) {
  const response = await send(url, request);
  if (response.ok) return response;
  const answer = jsonOf(await response.text().catch(() => ""));
  const header = (/** @type {string} */ name) => response.headers.get(name);
  throw errorOf(answer, { status: response.status, header });
}

/**
 * @param {string} key
 * @returns {Record<string, string>}
 */
export function keyHeader(key) {
  return key ? { "x-api-key": key } : {};
}

/**
 * @param {string} url
 * @param {RequestInit} [request]
 */
async function send(url, request) {
  try {
    return await fetch(url, { credentials: "omit", ...request });
  } catch (error) {
    if (request?.signal?.aborted) throw error;
    throw new ApiError("network");
  }
}

/** @param {string} text */
export function jsonOf(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/**
 * What a refusal says; its words are the service's, or where it says none the page's own.
 * @param {any} answer
 * @param {{status: number, header: (name: string) => string | null}} from
 */
export function errorOf(answer, { status, header }) {
  const error = answer?.error;
  const retryAfter = Number(header("retry-after")) || 0;
  if (!error?.code) return new ApiError("bad_answer", { status, retryAfter });
  return new ApiError(error.code, {
    words: { en: error.message, zh: error.message_zh ?? error.message },
    status,
    requestId: answer.request_id,
    retryAfter,
    field: error.field,
  });
}
